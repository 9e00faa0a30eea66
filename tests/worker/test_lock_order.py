"""Two workers that need each other's locks: one order for all, so that nobody waits in a ring."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from handlers.contract import Effect
from sqlalchemy import text

from service.actions.finish_job import FinishJob, finish_job
from service.actions.parts.record import Moved
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.cases import Job
from service.store import counters
from service.store.session import Database
from tests.store.together import until
from tests.worker.floor import Floor


def ensure(department: str, index: int) -> Effect:
    """Begin, or join, the one case about a subject of the department."""
    values: dict[str, Any] = {
        "process_key": "small", "subject_kind": "form", "subject": "f", "department_id": department,
        "township_id": "huotian", "title": "x", "data": {}, "list": "checks", "index": index,
    }  # fmt: skip
    return Effect("ensure_case", values)


def order(job: Job, *departments: str) -> FinishJob:
    data = {"checked": True, "checks": [{"case_id": ""} for _ in departments]}
    return FinishJob(job.id, job.fence, data, tuple(ensure(d, n) for n, d in enumerate(departments)))


def taken_jobs(floor: Floor, count: int) -> list[Job]:
    for _ in range(count):
        floor.begin()
    with floor.database.begin() as tx:
        return [taken.job for taken in take_jobs(floor.frame(tx), TakeJobs("w", limit=count))]


def waiters(database: Database) -> int:
    """How many transactions of this database wait for a lock."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with database.read() as tx:
        return int(tx.connection.execute(text(count)).scalar_one())


def finishing(floor: Floor, wanted: FinishJob) -> Callable[[], Moved | None]:
    def finish() -> Moved | None:
        with floor.database.begin() as tx:
            return finish_job(floor.frame(tx), wanted)

    return finish


def test_two_jobs_that_begin_the_same_cases_in_other_orders_both_end(big_floor: Floor) -> None:
    """One begins A then B, the other B then A: whoever gets the numbering rule first must not wait for the other's subject."""
    floor = big_floor
    one, two = taken_jobs(floor, 2)
    numbering = f"case/小-火田-{floor.now().year}-"
    with ThreadPoolExecutor(2) as pool:
        with floor.database.begin() as tx:
            counters.next_number(tx, numbering)
            futures: list[Future[Moved | None]] = [
                pool.submit(finishing(floor, order(one, "huotian-center", "xiaonengban")))
            ]
            until(lambda: waiters(floor.database) == 1)
            futures.append(pool.submit(finishing(floor, order(two, "xiaonengban", "huotian-center"))))
            until(lambda: waiters(floor.database) == 2)
        done = [future.result(30) for future in futures]
    assert all(done)
    begun = [id for id in floor.cases() if id not in (one.case_id, two.case_id)]
    assert len(begun) == 2
    floor.must_hold(*floor.cases())


def test_many_jobs_that_want_one_case_begin_it_once(floor: Floor) -> None:
    jobs = taken_jobs(floor, 5)
    with ThreadPoolExecutor(5) as pool:
        futures = [pool.submit(finishing(floor, order(job, "xiaonengban", "huotian-center"))) for job in jobs]
        assert all(future.result(30) for future in futures)
    assert len(floor.cases()) == 5 + 2
    named = {str(floor.people().open_task(job.case_id).input["checks"]) for job in jobs}
    assert len(named) == 1, "every job was told the same two cases"
    floor.must_hold(*floor.cases())
