"""Finishing a job."""

from datetime import timedelta

import pytest
from handlers.contract import Effect

from service.actions.finish_job import FinishJob, finish_job
from service.actions.suspend_case import SuspendCase, suspend_case
from service.actions.take_jobs import TakeJobs, TakenJob, take_jobs
from service.domain.errors import Invalid, StepFailed
from tests.actions.stage import Stage


def _taken(stage: Stage) -> TakenJob:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    (taken,) = stage.act("system", take_jobs, TakeJobs("w"))
    return taken


def test_its_data_and_the_step_are_stored_together(stage: Stage) -> None:
    job = _taken(stage).job
    moved = stage.act("system", finish_job, FinishJob(job.id, job.fence, {"checked": 5}))
    assert moved
    assert moved.opened[0].element_id == "review"
    assert stage.open_task(job.case_id).input["checked"] == 5


def test_a_slow_worker_does_not_overwrite_a_fast_one(stage: Stage) -> None:
    slow = _taken(stage).job
    stage.later(timedelta(minutes=1))
    (fast,) = stage.act("system", take_jobs, TakeJobs("fast"))
    assert stage.act("system", finish_job, FinishJob(slow.id, slow.fence, {"checked": "slow"})) is None
    stage.act("system", finish_job, FinishJob(fast.job.id, fast.job.fence, {"checked": "fast"}))
    assert stage.act("system", finish_job, FinishJob(slow.id, slow.fence, {"checked": "slow"})) is None
    assert stage.open_task(slow.case_id).input["checked"] == "fast"


def test_a_case_suspended_meanwhile_takes_the_job_up_again_later(stage: Stage) -> None:
    job = _taken(stage).job
    stage.act("reviewer", suspend_case, SuspendCase(job.case_id, "x"))
    assert stage.act("system", finish_job, FinishJob(job.id, job.fence, {})) is None


def test_an_unknown_effect_stores_nothing(stage: Stage) -> None:
    job = _taken(stage).job
    before = stage.case(job.case_id)
    with pytest.raises(Invalid, match="moon"):
        stage.act("system", finish_job, FinishJob(job.id, job.fence, {}, (Effect("moon", {}),)))
    assert stage.case(job.case_id) == before


def test_an_error_nobody_catches_stores_nothing(stage: Stage) -> None:
    job = _taken(stage).job
    with pytest.raises(StepFailed):
        stage.act("system", finish_job, FinishJob(job.id, job.fence, {}, error="seal_mismatch"))
