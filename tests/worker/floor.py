"""A worker and the small process on a clock that runs, and can be moved forward."""

import os
import threading
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.contract import Context, Effect, Handler, Output

from service.actions.frame import Frame
from service.actions.parts.bundles import BundleCache
from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from service.domain.calendar import WorkCalendar
from service.domain.cases import Incident, Job
from service.domain.people import SYSTEM
from service.domain.permission import Visible
from service.store import cases, events, incidents, jobs
from service.store.session import Database, Transaction
from service.worker.loop import Worker
from tests.actions.stage import ECHO, Stage

BUNDLES = BundleCache({"echo"})


def new_id() -> str:
    return uuid.uuid4().hex


def echo(handle: Any, **more: Any) -> Handler:
    """The process's only handler, behaving as the test wants."""
    return Handler("echo", "回声", handle, **more)


def tell_once(_given: Mapping[str, Any], _context: Context) -> Output:
    """A handler with an effect that can be counted."""
    notice = {"text": "x", "organisation_id": "huotian-center", "post": "center_clerk"}
    return Output({"checked": True}, (Effect("notify", notice),))


@dataclass
class Floor:
    """``ahead``: how far the clock is before the machine's."""

    database: Database
    ahead: timedelta = timedelta(0)
    handlers: dict[str, Handler] = field(default_factory=lambda: {"echo": ECHO})
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def frame(self, tx: Transaction) -> Frame:
        return Frame(
            tx=tx, actor=SYSTEM, now=self.now(), new_id=new_id, bundles=BUNDLES, calendar=self.calendar,
            channel="worker", handlers=self.handlers,
        )  # fmt: skip

    def worker(self, name: str = "", *, poll: float = 0.05) -> Worker:
        return Worker(self.database, self.frame, self.handlers, name=name or f"worker-{os.getpid()}", poll=poll)

    def work(self, worker: Worker | None = None) -> int:
        """Everything that is due; answers how many jobs were taken."""
        worker, done = worker or self.worker(), 0
        while worker.turn():
            done += 1
        return done

    def people(self) -> Stage:
        """The stage's people at this moment of the floor's clock."""
        unique = iter(lambda: int(uuid.uuid4().hex, 16), None)
        return Stage(self.database, now=self.now(), bundles=BUNDLES, ids=unique)

    def begin(self, batch: str = "x") -> str:
        """A case that waits for the handler of its service task; answers its id."""
        stage = self.people()
        case_id = stage.start().case.id
        stage.do("clerk", stage.open_task(case_id).id, {"batch_name": batch})
        return case_id

    def cases(self) -> list[str]:
        """Ids of all cases, newest first."""
        everything = Visible(everything=True, organisations=frozenset(), person_id="")
        with self.database.read() as tx:
            return [case.id for case in cases.list_cases(tx, visible=everything, limit=10_000).items]

    def jobs_of(self, case_id: str) -> dict[str, Job]:
        """Element -> its newest job."""
        with self.database.read() as tx:
            return {job.element_id: job for job in reversed(jobs.list_jobs(tx, case_id=case_id, limit=100).items)}

    def waits_at(self, case_id: str) -> str:
        return self.people().open_task(case_id).element_id

    def incidents_of(self, case_id: str) -> list[Incident]:
        with self.database.read() as tx:
            return incidents.open_incidents(tx, case_id)

    def told(self, case_id: str, type: str) -> int:
        """How many events of this type the case has."""
        with self.database.read() as tx:
            return len(events.list_events(tx, case_id=case_id, type=type, limit=1000).items)

    def must_hold(self, *case_ids: str) -> None:
        """Every chain holds, and each case's history gives its very state."""
        with self.database.read() as tx:
            assert verify_history(tx).breaks == ()
            for case_id in case_ids:
                replayed = replay_case(tx, case_id, bundles=BUNDLES)
                assert replayed.same, replayed


@contextmanager
def running(*workers: Worker) -> Iterator[None]:
    """The workers, each in a thread of its own, stopped gracefully at the end."""
    threads = [threading.Thread(target=worker.run) for worker in workers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
        for thread in threads:
            thread.join(30)
    assert not any(thread.is_alive() for thread in threads), "a worker did not stop"
