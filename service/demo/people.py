"""The people of the story as the service knows them: names and posts come from it, never from the story."""

from dataclasses import dataclass, field

from service.demo.cases import WATCHER
from service.demo.client import Client, Json
from service.demo.telling import Person
from service.domain.texts import say


@dataclass
class People:
    """Looked up once each."""

    client: Client
    _names: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Json] = field(default_factory=dict)
    _places: dict[str, str] = field(default_factory=dict)

    def name(self, login: str) -> str:
        if not self._names:
            self._names = {p["id"]: p["name"] for p in self.client.get(WATCHER, "/people")["items"]}
        return self._names.get(login, login)

    def place(self, organisation: str) -> str:
        """The short name, as people say it."""
        if not self._places:
            self._places = {o["id"]: o["short_name"] for o in self.client.get(WATCHER, "/organisations")["items"]}
        return self._places.get(organisation, organisation)

    def may_take(self, login: str, task: Json) -> bool:
        return self._candidate(login, task) is not None

    def at_task(self, login: str, task: Json) -> Person:
        """The person under the post the task asks for, or under the first post held."""
        me = self._me(login)
        post = self._candidate(login, task) or next(iter(me["posts"]), None)
        if post is None:
            return Person(login, me["name"], say("list.none"), self.place(me["organisation"]))
        return Person(login, me["name"], post["post_name"], self.place(post["organisation"]))

    def _candidate(self, login: str, task: Json) -> Json | None:
        asked = {(c["post"], c["organisation"]) for c in task["candidates"]}
        posts: list[Json] = self._me(login)["posts"]
        return next((p for p in posts if (p["post"], p["organisation"]) in asked), None)

    def _me(self, login: str) -> Json:
        if login not in self._known:
            self._known[login] = self.client.get(login, "/me")
        return self._known[login]
