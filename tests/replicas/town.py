"""One installation as compose.yaml makes it, as processes of this machine: services and workers that can be killed and begun again."""

import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.demo.county import DEMO_PASSWORD
from service.store.session import Database, normal_url
from tests.commands.service import COMMAND, Service, environment
from tests.replicas.proxy import Proxy
from tests.store.together import until

CLERK = "huotian-clerk"


class Replica(Service):
    """A service behind the proxy. ``kill`` as a power cut would."""

    def kill(self) -> None:
        assert self._process
        self._process.kill()
        self._process.wait(30)

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None


class Hand:
    """``oneseal worker`` as a process of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen([COMMAND, "worker"], env=environment(self._url, ONESEAL_DEMO="true"))

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait(30)

    def stop(self) -> int:
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


class Town:
    """``replicas`` and ``hands`` on the database ``url`` behind ``proxy``."""

    def __init__(self, url: str, proxy: Proxy, replicas: list[Replica], hands: list[Hand]) -> None:
        self.url, self.proxy, self.replicas, self.hands = url, proxy, replicas, hands

    @contextmanager
    def signed_in(self, login: str = CLERK) -> Iterator[httpx.Client]:
        """A client with the cookie of a session, through the proxy, from our own pages."""
        headers = {"Origin": self.proxy.url}
        with httpx.Client(
            base_url=self.proxy.url, verify=self.proxy.trust, trust_env=False, headers=headers, timeout=60
        ) as client:
            answer = client.post("/api/v1/session", json={"login": login, "password": DEMO_PASSWORD})
            assert answer.status_code == 200, answer.text
            yield client

    def replica_of(self, pid: int) -> Replica:
        return next(replica for replica in self.replicas if replica.alive and replica.pid == pid)

    def events(self, case: str, type: str) -> list[int]:
        """Sequence numbers of the case's events of this type."""
        return self._column("SELECT seq FROM event WHERE case_id = :case AND type = :type", case=case, type=type)

    def waiting(self) -> list[int]:
        """Process ids of ours that wait for a lock in the database, as it tells them."""
        query = "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        return [int(name.split()[1]) for name in self._column(query) if name.startswith("oneseal ")]

    @contextmanager
    def held(self, case: str) -> Iterator[Callable[[], None]]:
        """The case's row is locked by somebody else until the block ends or the function is called."""
        with self._locked("SELECT 1 FROM case_ WHERE id = :id FOR UPDATE", id=case) as let_go:
            yield let_go

    @contextmanager
    def held_session(self) -> Iterator[Callable[[], None]]:
        """The same of all sessions, which have been idle for some minutes: the next request notes that they are alive."""
        with self._locked(
            "UPDATE session SET seen_at = seen_at - interval '5 minutes', idle_until = idle_until - interval '5 minutes'"
        ):
            pass
        with self._locked("SELECT 1 FROM session FOR UPDATE") as let_go:
            yield let_go

    @contextmanager
    def _locked(self, statement: str, **values: object) -> Iterator[Callable[[], None]]:
        engine = create_engine(normal_url(self.url), poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement), values)
            yield connection.commit
            connection.commit()

    def _column(self, query: str, **values: object) -> list[Any]:
        database = Database(self.url)
        try:
            with database.read() as tx:
                return list(tx.connection.execute(text(query), values).scalars())
        finally:
            database.close()


@contextmanager
def town(
    url: str, folder: Path, settings: tuple[Mapping[str, str], ...] = ({}, {}), *, hands: int = 2
) -> Iterator[Town]:
    """Everything up; whatever still runs at the end is ended."""
    with ExitStack() as stack:
        made = [stack.enter_context(Replica(url, ONESEAL_WORKER_THREADS="0")) for _ in settings]
        proxy = Proxy(folder, [f"127.0.0.1:{replica.port}" for replica in made])
        common = {"ONESEAL_PUBLIC_URL": proxy.url, "ONESEAL_TRUSTED_PROXIES": "127.0.0.1"}
        for replica, own in zip(made, settings, strict=True):
            replica.set(**common, **own)
            replica.start()
        workers = [Hand(url) for _ in range(hands)]
        for worker in workers:
            worker.start()
            stack.callback(_end, worker)
        stack.enter_context(proxy)
        yield Town(url, proxy, made, workers)


def _end(worker: Hand) -> None:
    if worker.process and worker.process.poll() is None:
        worker.kill()


def done(what: Callable[[], bool], seconds: float = 60) -> None:
    until(what, seconds=seconds)
