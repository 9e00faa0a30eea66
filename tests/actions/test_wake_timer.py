"""A timer is due."""

from datetime import timedelta

from service.actions.take_jobs import TakeJobs, take_jobs
from service.actions.wake_timer import WakeTimer, wake_timer
from service.domain.cases import CaseStatus, JobKind
from service.store import jobs
from tests.actions.stage import Stage


def _in_trial(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    stage.do("director", stage.open_task(case.id).id, {"decision": "agree"})
    return case.id


def test_it_fires_after_thirty_days_and_not_before(stage: Stage) -> None:
    case_id = _in_trial(stage)
    stage.later(timedelta(days=30) - timedelta(seconds=1))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.ACTIVE
    stage.later(timedelta(seconds=1))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED


def test_it_fires_once(stage: Stage) -> None:
    _in_trial(stage)
    stage.later(timedelta(days=31))
    (taken,) = stage.act("system", take_jobs, TakeJobs("w", kinds=(JobKind.TIMER,)))
    order = WakeTimer(taken.job.id, taken.job.fence)
    assert stage.act("system", wake_timer, order) is not None
    assert stage.act("system", wake_timer, order) is None
    with stage.database.read() as tx:
        assert jobs.next_due(tx, stage.now) is None
