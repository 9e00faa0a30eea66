"""Completing a task: the main road."""

import json
import threading
from datetime import date, timedelta

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, _said, complete_task
from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from service.domain.cases import Act, CaseStatus, TaskStatus
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, OneSealError, Stale
from service.store import events
from tests.actions.stage import Stage


def test_it_moves_the_case_to_the_next_step(stage: Stage) -> None:
    case = stage.start().case
    moved = stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    assert [o.kind for o in moved.opened] == ["job"]
    assert moved.task
    assert moved.task.status is TaskStatus.COMPLETED
    assert moved.task.ended_by == "clerk"
    stage.work()
    task = stage.open_task(case.id)
    assert (task.element_id, task.input["checked"]) == ("review", True)
    assert stage.case(case.id).stage == "审核"


def test_it_ends_the_case_and_leaves_nothing_open(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    stage.do("director", stage.open_task(case.id).id, {"decision": "agree"})
    assert stage.case(case.id).status is CaseStatus.ACTIVE
    stage.later(timedelta(days=30, seconds=1))
    stage.work()
    ended = stage.case(case.id)
    assert (ended.status, ended.ended_at) == (CaseStatus.COMPLETED, stage.now)
    assert stage.work() == 0


def test_it_refuses_another_township_as_if_the_task_did_not_exist(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(NotFound):
        stage.act("heping-clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}))


def test_it_refuses_a_task_nobody_claimed_and_one_of_another_person(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(NotAllowed, match="认领"):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}))
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(NotAllowed, match="clerk（虚构）"):
        stage.act("clerk2", complete_task, CompleteTask(task.id, {"batch_name": "x"}))


def test_it_says_who_was_first_and_when(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.do("clerk", task.id, {"batch_name": "x"})
    with pytest.raises(Conflict, match=r"clerk（虚构）于2022-10-14 09:00"):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "required"),
        ({"batch_name": "x", "surprise": 1}, "unknown-field"),
        ({"batch_name": "x", "__class__": "y"}, "unknown-field"),
        ({"batch_name": 5}, "wrong-type"),
        ({"batch_name": "x", "yearly_count": float("nan")}, "wrong-type"),
    ],
)
def test_it_refuses_a_wrong_form_and_changes_nothing(stage: Stage, data: dict[str, object], code: str) -> None:
    case = stage.start().case
    task = stage.open_task(case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    before = stage.case(case.id)
    with pytest.raises(Invalid) as refusal:
        stage.act("clerk", complete_task, CompleteTask(task.id, data))
    assert code in {fault.code for fault in refusal.value.faults}
    assert stage.case(case.id) == before


def test_it_keeps_a_field_called_typename(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x", "typename": "timedelta"})
    stage.work()
    assert stage.open_task(case.id).input["typename"] == "timedelta"


def test_it_refuses_an_old_etag(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(Stale):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}, if_match=task.version))


def test_it_wants_a_reason_for_a_late_entry_and_keeps_both_dates(stage: Stage) -> None:
    case = stage.start().case
    task = stage.open_task(case.id)
    paper_day = date(2022, 10, 12)
    with pytest.raises(Invalid, match="补录"):
        stage.do("clerk", task.id, {"batch_name": "x"}, Act(act_date=paper_day))
    act = Act(act_date=paper_day, late_reason="会议在乡镇召开，次日补录", paper_number="火政〔2022〕9号")
    stage.do("clerk", task.id, {"batch_name": "x"}, act)
    with stage.database.read() as tx:
        last = list(events.read_chain(tx, f"case/{case.id}"))[-1]
    body, personal = json.loads(last.body), json.loads(last.payload or "")
    assert (body["act_date"], body["entry_date"]) == ("2022-10-12", "2022-10-14")
    assert personal["late_reason"].startswith("会议")


def test_it_refuses_an_act_of_tomorrow(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(Invalid, match="晚于今天"):
        stage.do("clerk", task.id, {"batch_name": "x"}, Act(act_date=date(2022, 10, 15)))


def test_it_lets_one_of_eight_win(stage: Stage) -> None:
    case = stage.start().case
    task = stage.open_task(case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    outcomes: list[str] = []

    def press() -> None:
        try:
            stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}))
            outcomes.append("done")
        except OneSealError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["conflict"] * 7 + ["done"]


def test_its_history_verifies_and_replays_to_the_stored_state(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批", "yearly_count": 12})
    stage.work()
    stage.do("director", stage.open_task(case.id).id, {"decision": "refuse", "opinion": "资料不全"})
    with stage.database.read() as tx:
        assert verify_history(tx).breaks == ()
        replayed = replay_case(tx, case.id, bundles=stage.bundles)
    assert replayed.same, replayed
    assert replayed.steps == 4


def test_the_history_names_the_decision_whichever_field_it_came_in(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    stage.do("director", stage.open_task(case.id).id, {"decision": "refuse", "opinion": "资料不全"})
    with stage.database.read() as tx:
        last = list(events.read_chain(tx, f"case/{case.id}"))[-1]
    assert json.loads(last.body)["decision"] == "refuse"
    assert json.loads(last.payload or "")["opinion"] == "资料不全"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"decision": "agree"}, "agree"),
        ({"director_decision": "agree", "note": "x"}, "agree"),
        ({"a_decision": "agree", "b_decision": "refuse"}, ""),
        ({"a_decision": None, "b_decision": "refuse"}, "refuse"),
        ({"decision": 5}, ""),
    ],
)
def test_it_finds_the_one_decision_of_a_form(data: dict[str, object], said: str) -> None:
    assert _said(data, "decision") == said


def test_the_history_takes_no_decision_that_contradicts_the_form_and_no_free_text(stage: Stage) -> None:
    case = stage.start().case
    with pytest.raises(Invalid, match="不是代码"):
        stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"}, Act(decision="同意 张三350622199001011234"))
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    task = stage.open_task(case.id).id
    refused = {"decision": "refuse"}
    with pytest.raises(Invalid, match="不一致"):
        stage.do("director", task, refused, Act(decision="agree"))
    with pytest.raises(Invalid, match="不一致"):
        stage.do("director", task, refused | {"opinion": "资料不全"}, Act(opinion="同意"))
    assert stage.do("director", task, refused, Act(decision="refuse")).case.status is CaseStatus.COMPLETED


def test_an_act_before_the_republic_is_a_slip(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(Invalid, match="1949"):
        stage.do("clerk", task.id, {"batch_name": "x"}, Act(act_date=date(1, 1, 1), late_reason="x"))
