"""Keeping a lease."""

from datetime import timedelta

from service.actions.renew_lease import RenewLease, renew_lease
from service.actions.take_jobs import TakeJobs, take_jobs
from tests.actions.stage import Stage


def test_a_renewed_job_is_not_taken_over_and_a_lost_one_is_not_renewed(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    (taken,) = stage.act("system", take_jobs, TakeJobs("busy"))
    order = RenewLease(taken.job.id, "busy", taken.job.fence, timedelta(minutes=5))
    stage.later(timedelta(seconds=20))
    assert stage.act("system", renew_lease, order)
    stage.later(timedelta(seconds=60))
    assert stage.act("system", take_jobs, TakeJobs("other")) == ()
    stage.later(timedelta(minutes=10))
    assert stage.act("system", take_jobs, TakeJobs("other"))
    assert not stage.act("system", renew_lease, order)
