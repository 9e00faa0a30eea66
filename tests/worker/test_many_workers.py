"""Many workers on one PostgreSQL: every job is done once, whoever is quickest."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Output

from service.domain.cases import JobStatus
from service.store import jobs
from tests.store.together import until
from tests.worker.floor import Floor, echo, running
from tests.worker.process import playing

CASES = 24


def all_done(floor: Floor) -> bool:
    with floor.database.read() as tx:
        due = jobs.list_jobs(tx, status="due", limit=1000).items
        done = jobs.list_jobs(tx, status="done", limit=1000).items
    return not any(job.element_id == "check" for job in due) and len(done) >= CASES


def test_two_processes_never_do_a_job_twice(big_floor: Floor) -> None:
    floor = big_floor
    ids = [floor.begin() for _ in range(CASES)]
    with playing(floor.database.url, "work"), playing(floor.database.url, "work"):
        until(lambda: all_done(floor), seconds=60)
    found = [floor.jobs_of(id)["check"] for id in ids]
    assert {(job.status, job.attempts, job.fence) for job in found} == {(JobStatus.DONE, 1, 1)}
    assert {floor.told(id, "job.finished") for id in ids} == {1}
    floor.must_hold(*ids)


def test_workers_in_one_process_share_the_work_and_never_a_case(floor: Floor) -> None:
    at_work: set[str] = set()
    calls: list[str] = []

    def alone(_given: Mapping[str, Any], context: Context) -> Output:
        assert context.case_id not in at_work
        at_work.add(context.case_id)
        calls.append(context.key)
        at_work.discard(context.case_id)
        return Output({"checked": True})

    floor.handlers["echo"] = echo(alone)
    ids = [floor.begin() for _ in range(8)]
    with running(*(floor.worker(f"w{n}") for n in range(4))):
        until(lambda: all(floor.jobs_of(id)["check"].status is JobStatus.DONE for id in ids))
    assert len(calls) == len(set(calls)) == len(ids)
    floor.must_hold(*ids)
