"""A job that fails: back-off, then an incident."""

from datetime import timedelta

from service.actions.fail_job import FailJob, fail_job, wait_after
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.cases import CaseStatus, JobStatus
from service.store import incidents
from tests.actions.stage import Stage


def failing_case(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "坏"})
    return case.id


def test_it_waits_longer_every_time_and_not_for_ever() -> None:
    waits = [wait_after(n).total_seconds() for n in (1, 2, 3, 20)]
    assert waits == [5, 10, 20, 600]


def test_it_is_tried_again_after_the_back_off(stage: Stage) -> None:
    failing_case(stage)
    assert stage.work() == 1
    assert stage.work() == 0
    stage.later(timedelta(seconds=5))
    assert stage.work() == 1


def test_its_last_try_opens_an_incident_that_names_element_error_and_handler(stage: Stage) -> None:
    case_id = failing_case(stage)
    stage.work()
    stage.later(timedelta(seconds=5))
    stage.work()
    with stage.database.read() as tx:
        (incident,) = incidents.open_incidents(tx, case_id)
    assert (incident.element_id, incident.handler, incident.message) == ("check", "echo", "outside world closed")
    stage.later(timedelta(days=1))
    assert stage.work() == 0
    assert stage.case(case_id).status is CaseStatus.ACTIVE


def test_a_final_failure_needs_no_second_try(stage: Stage) -> None:
    failing_case(stage)
    (taken,) = stage.act("system", take_jobs, TakeJobs("w"))
    failed = stage.act("system", fail_job, FailJob(taken.job.id, taken.job.fence, "unknown handler", final=True))
    assert failed
    assert failed.status is JobStatus.FAILED


def test_it_does_nothing_when_the_lease_was_lost(stage: Stage) -> None:
    failing_case(stage)
    (slow,) = stage.act("system", take_jobs, TakeJobs("slow"))
    stage.later(timedelta(minutes=1))
    stage.act("system", take_jobs, TakeJobs("fast"))
    assert stage.act("system", fail_job, FailJob(slow.job.id, slow.job.fence, "late")) is None
