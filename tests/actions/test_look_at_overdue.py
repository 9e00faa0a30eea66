"""逾期台账."""

from datetime import timedelta
from typing import Any

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.look_at_overdue import LateTask, LookAtOverdue, look_at_overdue
from service.actions.resume_case import ResumeCase, resume_case
from service.actions.return_task import ReturnTask, return_task
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.cases import Act
from tests.actions.stage import Stage


def late(stage: Stage, person: str = "reviewer", state: str = "open", **wanted: Any) -> list[LateTask]:
    with stage.frame(person) as frame:
        return look_at_overdue(frame, LookAtOverdue(state, **wanted)).items


def test_a_task_is_listed_from_the_first_second_after_its_limit_with_whose_it_is(stage: Stage) -> None:
    case = stage.start().case
    due = stage.open_task(case.id).due_at
    assert due
    stage.now = due + timedelta(microseconds=999_999)
    assert late(stage) == []
    stage.now = due + timedelta(seconds=1)
    (found,) = late(stage)
    assert (found.row.case_key, found.organisation_id, found.workdays_over) == (case.business_key, "huotian-center", 0)
    stage.later(timedelta(days=3))  # from Saturday midnight to Tuesday: Monday and Tuesday
    assert late(stage)[0].workdays_over == 2


def test_done_late_stays_in_the_ledger(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=14))
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    assert late(stage) == []
    (found,) = late(stage, state="ended")
    assert (found.row.task.status.value, found.workdays_over) == ("completed", 5)
    stage.later(timedelta(days=30))
    assert late(stage, state="ended")[0].workdays_over == 5, "it ended then"
    assert len(late(stage, state="all")) == 1


def test_giving_it_back_late_is_late_too(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    stage.later(timedelta(days=14))
    task = stage.open_task(case.id)
    stage.act("director", claim_task, ClaimTask(task.id))
    stage.act("director", return_task, ReturnTask(task.id, "draft", Act(opinion="请补正")))
    assert [found.row.task.status.value for found in late(stage, state="ended")] == ["cancelled"]


def test_a_case_that_rests_is_not_late(stage: Stage) -> None:
    case = stage.start().case
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    stage.later(timedelta(days=30))
    assert late(stage) == []
    stage.act("reviewer", resume_case, ResumeCase(case.id, "x"))
    assert late(stage) == []


def test_it_shows_what_the_person_may_see_and_can_be_filtered(stage: Stage) -> None:
    ours, theirs = stage.start().case, stage.start("heping-clerk", township="heping").case
    stage.later(timedelta(days=30))
    assert {found.row.task.case_id for found in late(stage)} == {ours.id, theirs.id}
    assert {found.row.task.case_id for found in late(stage, "leader")} == {ours.id}
    assert late(stage, "sysadmin") == []
    assert [f.row.task.case_id for f in late(stage, organisation_id="heping-center")] == [theirs.id]
    assert [f.row.task.case_id for f in late(stage, township_id="huotian")] == [ours.id]
    assert [f.row.task.case_id for f in late(stage, case_id=ours.id)] == [ours.id]
