"""The cause of an incident."""

from datetime import timedelta

import pytest

from service.actions.fail_job import FailJob, fail_job
from service.actions.look_at_incident import look_at_incident
from service.actions.record_failure import FailedStep, record_failure
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.errors import NotFound
from tests.actions.repairs import open_ones, stuck
from tests.actions.stage import Stage
from tests.actions.test_fail_job import failing_case


def test_it_names_the_handler_the_tries_and_both_times(stage: Stage) -> None:
    begun = stage.now
    (found,) = open_ones(stage, stuck(stage))
    view = stage.act("sysadmin", look_at_incident, found.id)
    assert (view.element, found.handler, found.kind, found.times) == ("预检", "echo", "handler", 2)
    assert (found.first_at, found.last_at) == (begun, begun + timedelta(seconds=5))
    assert view.number


def test_an_expression_is_told_with_the_values_only_to_who_may_see_the_case(stage: Stage) -> None:
    case_id = failing_case(stage)
    (taken,) = stage.act("system", take_jobs, TakeJobs("w"))
    order = FailJob(
        taken.job.id, taken.job.fence, "第1列：…", final=True, element="decide", expression="= batch_name = missing"
    )
    stage.act("system", fail_job, order)
    (found,) = open_ones(stage, case_id)
    seen = stage.act("clerk", look_at_incident, found.id)
    assert (seen.cause, seen.looked_at) == ("同意?", {"batch_name": '"坏"', "missing": ""})
    hidden = stage.act("sysadmin", look_at_incident, found.id)
    assert (hidden.sees, hidden.looked_at) == (False, {"batch_name": "", "missing": ""})
    with pytest.raises(NotFound):
        stage.act("heping-clerk", look_at_incident, found.id)


def test_the_same_failure_of_a_task_is_counted(stage: Stage) -> None:
    task = stage.start().opened[0]
    case_id = task.task_id.partition(".")[0]
    for _ in range(3):
        stage.act("system", record_failure, FailedStep(case_id, "没有去向", "decide", task.task_id, "= x"))
        stage.later(timedelta(minutes=1))
    (found,) = open_ones(stage, case_id)
    assert (found.times, found.kind) == (3, "step")
    assert found.last_at
    assert found.first_at
    assert found.last_at - found.first_at == timedelta(minutes=2)
