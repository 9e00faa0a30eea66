"""Taking due jobs."""

from datetime import timedelta

from service.actions.take_jobs import TakeJobs, take_jobs
from tests.actions.stage import Stage


def _with_job(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x", "yearly_count": 7})


def test_it_hands_over_the_variables_the_service_task_sees(stage: Stage) -> None:
    _with_job(stage)
    (taken,) = stage.act("system", take_jobs, TakeJobs("w"))
    assert (taken.input["batch_name"], taken.input["yearly_count"]) == ("x", 7)
    assert (taken.job.attempts, taken.job.lease_owner) == (1, "w")


def test_a_leased_job_is_not_taken_twice_until_the_lease_ends(stage: Stage) -> None:
    _with_job(stage)
    (first,) = stage.act("system", take_jobs, TakeJobs("a"))
    assert stage.act("system", take_jobs, TakeJobs("b")) == ()
    stage.later(timedelta(minutes=1))
    (second,) = stage.act("system", take_jobs, TakeJobs("b"))
    assert (second.job.id, second.job.fence) == (first.job.id, first.job.fence + 1)


def test_it_names_a_handler_this_process_does_not_know(stage: Stage) -> None:
    _with_job(stage)
    with stage.frame("system") as frame:
        from dataclasses import replace

        (taken,) = take_jobs(replace(frame, handlers={}), TakeJobs("w"))
    assert taken.missing == "echo"
