"""恢复."""

import json
from datetime import timedelta

import pytest

from service.actions.resume_case import ResumeCase, resume_case
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.errors import Conflict
from tests.actions.calendars import begin, confirm, due_day, history, in_december, must_hold, ten_days, told_on
from tests.actions.stage import Stage
from tests.engine.diagram import catch, timer


def rest(stage: Stage, case_id: str, **span: float) -> None:
    stage.act("reviewer", suspend_case, SuspendCase(case_id, "示例：等上级答复"))
    stage.later(timedelta(**span))
    stage.act("reviewer", resume_case, ResumeCase(case_id, "示例：已答复"))


def test_the_waiting_job_runs_after_it(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    stage.act("reviewer", resume_case, ResumeCase(case.id, "依据已明确"))
    assert stage.work() == 1
    assert stage.open_task(case.id).element_id == "review"


def test_it_refuses_a_case_that_runs(stage: Stage) -> None:
    with pytest.raises(Conflict, match="办理中"):
        stage.act("reviewer", resume_case, ResumeCase(stage.start().case.id, "x"))


def test_the_days_of_the_rest_are_not_counted(stage: Stage) -> None:
    """Five working days from Friday 2022-10-14; at rest from Monday 17th to Thursday 20th: 17, 18, 19 do not count, the 20th does."""
    case = stage.start().case
    assert due_day(stage, case.id) == "2022-10-21"
    stage.later(timedelta(days=3))
    rest(stage, case.id, days=3)
    assert due_day(stage, case.id) == "2022-10-26"
    assert told_on(stage, case.id) == {"reminder": "10-25 23:59", "overdue": "10-27 00:00", "escalation": "11-03 00:00"}
    (event,) = history(stage, f"case/{case.id}", "case.resumed")
    moved = {move["kind"]: move for move in json.loads(event.body)["moved"]}
    assert (moved["task"]["from"][:10], moved["task"]["to"][:10]) == ("2022-10-21", "2022-10-26")
    must_hold(stage, case.id)


def test_a_rest_within_a_day_or_over_a_weekend_moves_nothing(stage: Stage) -> None:
    case = stage.start().case
    rest(stage, case.id, hours=5)
    stage.later(timedelta(hours=19))  # Saturday morning
    rest(stage, case.id, days=1)
    assert due_day(stage, case.id) == "2022-10-21"
    assert all('"moved"' not in event.body for event in history(stage, f"case/{case.id}", "case.resumed"))


def test_two_rests_add_up(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=3))
    rest(stage, case.id, days=1)
    rest(stage, case.id, days=1)
    assert due_day(stage, case.id) == "2022-10-25"
    must_hold(stage, case.id)


def test_a_limit_that_was_over_before_the_rest_stays_over(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=10))
    rest(stage, case.id, days=20)
    assert due_day(stage, case.id) == "2022-10-21"


def test_nothing_is_told_of_a_case_that_rests_and_all_of_it_later(stage: Stage) -> None:
    case = stage.start().case
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    stage.later(timedelta(days=60))
    assert stage.work() == 0
    stage.act("reviewer", resume_case, ResumeCase(case.id, "x"))
    assert stage.work() == 0, "its days begin to count again today"
    stage.later(timedelta(days=60))
    assert stage.work() == 3


def test_timers_in_working_days_rest_too_and_those_by_the_clock_do_not(stage: Stage) -> None:
    counted = begin(stage, catch("wait", timer("P5D", unit="workdays")), flow=("wait",)).case
    clock = begin(stage, catch("wait", timer("P7D")), flow=("wait",), id="clock").case
    stage.later(timedelta(days=3))
    for case in (counted, clock):
        stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    stage.later(timedelta(days=7))
    for case in (counted, clock):
        stage.act("reviewer", resume_case, ResumeCase(case.id, "x"))
    assert told_on(stage, counted.id) == {"wait": "10-28 23:59"}
    assert stage.work() == 1, "the timer by the clock fires at once"
    must_hold(stage, counted.id, clock.id)


def test_a_calendar_that_changed_meanwhile_counts_from_then_on(stage: Stage) -> None:
    case = ten_days(in_december(stage)).case
    stage.later(timedelta(days=1))
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    confirm(stage)
    stage.later(timedelta(days=1))
    stage.act("reviewer", resume_case, ResumeCase(case.id, "x"))
    assert due_day(stage, case.id) == "2027-01-14", "one day by the notice, one by the rest"
    assert not stage.open_task(case.id).provisional
    must_hold(stage, case.id)
