"""A worker that runs: told at once, stopped gracefully, not ended by a lost database."""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from handlers.contract import Context, Output
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.domain.cases import CaseStatus, JobStatus
from service.domain.errors import Unavailable
from service.worker import loop
from service.worker.loop import Worker
from tests.store.together import until
from tests.worker.floor import Floor, echo, running, tell_once
from tests.worker.process import playing

LONG = 60.0


def checked(floor: Floor, case_id: str) -> bool:
    """The case's handler is done. A database that is just away says nothing about that."""
    try:
        job = floor.jobs_of(case_id).get("check")
    except Unavailable:
        return False
    return job is not None and job.status is JobStatus.DONE


class Unlucky(Worker):
    """The first time it finds nothing to do, a job comes just before it waits."""

    def turn(self) -> int:
        done = super().turn()
        if not done and self.happens:
            self.happens.pop()()
        return done

    happens: ClassVar[list[Callable[[], object]]] = []


def test_it_takes_a_job_at_once_though_it_polls_seldom(floor: Floor) -> None:
    worker = floor.worker(poll=LONG)
    with running(worker):
        until(lambda: worker.idle)
        begin = time.monotonic()
        case_id = floor.begin()
        until(lambda: checked(floor, case_id))
        assert time.monotonic() - begin < LONG / 4


def test_it_is_told_by_another_process_on_postgresql(big_floor: Floor) -> None:
    floor = big_floor
    worker = floor.worker(poll=LONG)
    with running(worker):
        until(lambda: worker.idle)
        begin = time.monotonic()
        with playing(floor.database.url, "begin_cases", 1):
            (case_id,) = until(floor.cases)
            until(lambda: checked(floor, case_id))
        assert time.monotonic() - begin < LONG / 4


def test_what_was_made_while_it_was_busy_is_not_left_for_the_poll(floor: Floor) -> None:
    """The race between the last look and the wait: a job made just then is told to nobody unless the ear was open before."""
    made: list[str] = []
    worker = Unlucky(floor.database, floor.frame, floor.handlers, poll=LONG)
    worker.happens.append(lambda: made.append(floor.begin()))
    begin = time.monotonic()
    with running(worker):
        until(lambda: made and checked(floor, made[0]))
    assert time.monotonic() - begin < LONG / 4


def test_it_wakes_a_timer_by_polling(floor: Floor) -> None:
    case_id = floor.begin()
    floor.work()
    stage = floor.people()
    stage.do("director", stage.open_task(case_id).id, {"decision": "agree"})
    with running(floor.worker(poll=0.05)):
        floor.ahead += timedelta(days=31)
        until(lambda: floor.people().case(case_id).status is CaseStatus.COMPLETED)
    floor.must_hold(case_id)


def test_stopping_lets_it_finish_the_job_in_its_hands_and_take_no_other(floor: Floor) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(_given: Mapping[str, Any], _context: Context) -> Output:
        begun.set()
        assert go_on.wait(30)
        return Output({"checked": True})

    floor.handlers["echo"] = echo(slow)
    first, second = floor.begin(), floor.begin()
    worker = floor.worker()
    thread = threading.Thread(target=worker.run)
    thread.start()
    assert begun.wait(30)
    worker.stop()
    go_on.set()
    thread.join(30)
    assert not thread.is_alive()
    assert sorted([floor.jobs_of(id)["check"].status for id in (first, second)]) == [JobStatus.DONE, JobStatus.DUE]


def test_stopping_an_idle_worker_does_not_wait_for_the_poll(floor: Floor) -> None:
    worker = floor.worker(poll=LONG)
    begin = time.monotonic()
    with running(worker):
        until(lambda: worker.idle)
    assert time.monotonic() - begin < LONG / 4


def test_a_worker_stopped_before_it_ran_does_nothing(floor: Floor) -> None:
    case_id = floor.begin()
    worker = floor.worker()
    worker.stop()
    worker.run()
    assert floor.jobs_of(case_id)["check"].status is JobStatus.DUE


def test_a_failure_to_tidy_up_does_not_end_it(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "TIDY_SECONDS", 0.0)
    with floor.database.begin() as tx:
        tx.connection.execute(text("DROP TABLE idempotency"))
    worker = floor.worker()
    with running(worker):
        until(lambda: worker.idle)
        case_id = floor.begin()
        until(lambda: checked(floor, case_id))


@pytest.mark.parametrize("busy", [False, True])
def test_a_lost_database_does_not_end_it(big_floor: Floor, busy: bool) -> None:
    """Every connection is cut, while it waits or while its handler runs; then it goes on."""
    floor, cut = big_floor, threading.Event()

    def cut_once(given: Mapping[str, Any], context: Context) -> Output:
        if not cut.is_set():
            cut_connections(floor.database.url)
            cut.set()
        return tell_once(given, context)

    if busy:
        floor.handlers["echo"] = echo(cut_once, lease_seconds=0.5)
    worker = floor.worker(poll=0.1)
    with running(worker):
        until(lambda: worker.idle)
        if not busy:
            cut_connections(floor.database.url)
        case_id = floor.begin()
        until(lambda: checked(floor, case_id))
    assert floor.told(case_id, "job.finished") == 1
    floor.must_hold(case_id)


def cut_connections(url: str) -> None:
    kill = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        assert connection.execute(text(kill)).all()
