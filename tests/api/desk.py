"""People at their desks: ``desk.of("clerk")`` is an HTTP client that carries the person's token."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from threading import Thread
from types import TracebackType
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.actions.issue_token import IssueToken, issue_token
from service.clock import Clock
from service.main import create_app
from service.settings import Settings
from service.store import events
from service.store.events import StoredEvent
from service.wiring import House, build
from tests.actions.stage import Stage

BASE = "http://oneseal.test/api/v1"


class Desk:
    """The service of a stage. ``nobody`` has no token."""

    def __init__(self, stage: Stage, *, demo: bool = False, **given: Any) -> None:
        """``given``: settings besides."""
        self.stage = stage
        settings = Settings(database_url=stage.database.url, worker_threads=0, demo=demo, **given)
        clock = Clock(demo=demo, real=lambda: stage.now)
        self.house = House(settings, stage.database, clock, stage.bundles)
        self.app = _application()
        self.app.state.house = self.house
        self.nobody = self._client()
        self._clients: dict[str, TestClient] = {}

    def of(self, person: str) -> TestClient:
        if person not in self._clients:
            self._clients[person] = self._client(self.token(person))
        return self._clients[person]

    def token(self, person: str, *scopes: str) -> str:
        expires = self.stage.now + timedelta(days=300)
        order = IssueToken("test", scopes or ("read", "write"), expires, lambda: f"secret-of-{person}" * 3)
        return self.stage.act(person, issue_token, order).token

    def browser(self, address: str = "192.0.2.1") -> TestClient:
        """A browser of its own: cookies, pages of ours, an address."""
        made = TestClient(
            self.app, base_url=BASE, headers={"Origin": BASE.removesuffix("/api/v1"), "User-Agent": "Firefox 999"},
            raise_server_exceptions=False, client=(address, 4711), follow_redirects=False,
        )  # fmt: skip
        self._clients[f"browser {len(self._clients)}"] = made
        return made

    def with_token(self, token: str) -> TestClient:
        return self._client(token)

    def start(self, person: str = "clerk", *, township: str = "huotian") -> dict[str, Any]:
        """A case of the small process; answers what POST /cases answered."""
        answer = self.of(person).post("/cases", json={"process": "small", "township": township})
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def drafted(self) -> str:
        """A fresh case's first task, claimed by clerk; answers its id."""
        task: str = self.start()["opened"][0]["task"]
        assert self.of("clerk").post(f"/tasks/{task}/claim").status_code == 200
        return task

    def denied(self) -> list[StoredEvent]:
        with self.stage.database.read() as tx:
            return events.list_events(tx, type="attempt.denied", limit=200).items

    def _client(self, token: str = "") -> TestClient:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return TestClient(self.app, base_url=BASE, headers=headers, raise_server_exceptions=False)

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in (self.nobody, *self._clients.values()):
            client.close()


@cache
def _application() -> FastAPI:
    """Routes are put together once a run, they cost more than most tests; each desk brings its own house."""
    return create_app(build(Settings(database_url="sqlite:///unused.db")))


def at_once(press: Callable[[], httpx.Response], times: int = 8) -> list[int]:
    """Eight people press at once; their status codes, sorted."""
    found: list[int] = []
    threads = [Thread(target=lambda: found.append(press().status_code)) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(found)


def refusal(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The problem, after checking that it is one."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert (found["status"], found["code"], found["type"]) == (status, code, f"urn:oneseal:problem:{code}")
    assert found["detail"]
    return found
