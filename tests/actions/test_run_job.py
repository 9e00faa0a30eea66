"""Trying a waiting job now."""

import pytest

from service.actions.run_job import RunJob, run_job
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.store import jobs
from tests.actions.stage import Stage
from tests.actions.test_fail_job import failing_case


def test_it_cuts_the_back_off_short(stage: Stage) -> None:
    failing_case(stage)
    stage.work()
    with stage.database.read() as tx:
        (job,) = [j for j in jobs.list_jobs(tx).items if j.handler]
    assert stage.work() == 0
    stage.act("sysadmin", run_job, RunJob(job.id, "已修复"))
    assert stage.work() == 1


def test_it_never_wakes_a_timer_early(stage: Stage) -> None:
    case = stage.start().case
    with stage.database.read() as tx:
        reminders = [j for j in jobs.list_jobs(tx, case_id=case.id).items if j.due_at > stage.now]
    assert reminders
    with pytest.raises(Conflict):
        stage.act("sysadmin", run_job, RunJob(reminders[0].id, "x"))


def test_it_is_for_the_system_administrator_and_a_real_job(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        stage.act("director", run_job, RunJob("x", "x"))
    with pytest.raises(NotFound):
        stage.act("sysadmin", run_job, RunJob("x", "x"))
