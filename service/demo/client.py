"""The door as a person uses it: sign in once, act with a token, ask again when the service does not answer."""

import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import httpx

from service.domain.texts import say

BASE = "/api/v1"
TOKEN_DAYS = 200  # the demo clock passes more than a month
LONGEST_PAUSE = 1.0
PAGE = 200
Json = dict[str, Any]


class TourFailed(Exception):
    """The story cannot go on; the message says at what and why, for people."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``body``: the decoded JSON, an empty object when there is none. ``replayed``: it was done by an earlier try."""

    status: int
    body: Json
    replayed: bool = False

    @property
    def detail(self) -> str:
        return str(self.body.get("detail") or self.body.get("title") or self.status)

    @property
    def code(self) -> str:
        return str(self.body.get("code") or "")


@dataclass
class Client:
    """Speaks for many people at one service. ``patience``: seconds a silent service is waited for, as after a restart.

    ``verify``: whose certificates are trusted, over TLS.
    """

    base_url: str
    password: str
    patience: float = 60.0
    verify: ssl.SSLContext | bool = True
    _tokens: dict[str, tuple[str, str]] = field(default_factory=dict)
    _http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.base_url, timeout=30.0, trust_env=False, verify=self.verify)

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Give the tokens back; after a failure too, unless the service is what failed."""
        try:
            if not (kind and issubclass(kind, httpx.TransportError)):
                self._give_back()
        except httpx.TransportError:
            pass  # they run out by themselves
        finally:
            self._http.close()

    def get(self, login: str, path: str, **query: Any) -> Json:
        """The body; anything but success ends the tour."""
        return self._must(self.ask(login, "GET", path, query=query), path)

    def post(self, login: str, path: str, body: Mapping[str, Any] | None = None, *, key: str) -> Answer:
        """The answer whatever it is; sending it again with the same ``key`` does nothing twice."""
        return self.ask(login, "POST", path, body=body, key=key)

    def pages(self, login: str, path: str, **query: Any) -> Iterator[Json]:
        """Every row of a list."""
        after: str | None = None
        while True:
            page = self.get(login, path, limit=PAGE, **query, **({"after": after} if after else {}))
            yield from page["items"]
            after = page.get("next")
            if not after:
                return

    def upload(self, login: str, name: str, content: bytes, *, key: str) -> str:
        """The id of the file."""
        headers = self._headers(login, key)
        answer = self._send("POST", "/files", headers=headers, files={"file": (name, content)})
        return str(self._must(answer, "/files")["id"])

    def ask(
        self, login: str, method: str, path: str, *, body: Mapping[str, Any] | None = None, key: str = "",
        query: Mapping[str, Any] | None = None,
    ) -> Answer:  # fmt: skip
        given = {k: v for k, v in (query or {}).items() if v is not None}
        return self._send(method, path, headers=self._headers(login, key), json=body, params=given)

    def _headers(self, login: str, key: str) -> dict[str, str]:
        found = {"Authorization": f"Bearer {self._token(login)}"}
        return found | {"Idempotency-Key": key} if key else found

    def _token(self, login: str) -> str:
        """Signing in gives a cookie; the cookie gets the person a token, and is given up."""
        if login not in self._tokens:
            self._http.cookies.clear()
            self._must(self._send("POST", "/session", json={"login": login, "password": self.password}), login)
            origin = {"Origin": str(self._http.base_url).rstrip("/")}
            wanted = {"name": say("tour.token"), "scopes": ["read", "write"], "days": TOKEN_DAYS}
            made = self._must(self._send("POST", "/tokens", json=wanted, headers=origin), login)
            self._send("DELETE", "/session", headers=origin)
            self._http.cookies.clear()
            self._tokens[login] = (made["id"], made["token"])
        return self._tokens[login][1]

    def _give_back(self) -> None:
        for id, token in self._tokens.values():
            self._http.delete(f"{BASE}/tokens/{id}", headers={"Authorization": f"Bearer {token}"})

    def _send(self, method: str, path: str, **given: Any) -> Answer:
        """Every request here may be sent again: reads change nothing, and writes carry their key."""
        pause, until = 0.05, time.monotonic() + self.patience
        while True:
            try:
                response = self._http.request(method, BASE + path, **given)
                if response.status_code != 503:
                    return _answer(response)
                why = "503"
            except httpx.TransportError as error:
                why = str(error)
            if time.monotonic() > until:
                raise TourFailed(say("tour.silent", url=self.base_url, seconds=round(self.patience), why=why))
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _must(self, answer: Answer, what: str) -> Json:
        if answer.status >= 300:
            raise TourFailed(say("tour.refused", what=what, status=answer.status, why=answer.detail))
        return answer.body


def _answer(response: httpx.Response) -> Answer:
    replayed = response.headers.get("Idempotent-Replayed") == "true"
    try:
        body = response.json() if response.content else {}
    except ValueError:
        body = {"detail": response.text[:200]}
    return Answer(response.status_code, body, replayed)
