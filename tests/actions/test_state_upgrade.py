"""A case suspended under a program that wrote its state otherwise goes on under this one, and its history still holds, step by step."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.actions.check_states import check_states
from service.actions.replay_case import replay_case
from service.actions.resume_case import ResumeCase, resume_case
from service.actions.suspend_case import SuspendCase, suspend_case
from service.actions.verify_history import verify_history
from service.commands.checking import check_all
from service.domain.cases import CaseStatus
from service.engine.model import STATE_VERSION
from service.engine.upgrades import UPGRADES
from service.store import events
from tests.actions.stage import Stage
from tests.engine.older import FROM_0, OLDEST, written_by_version_0


def suspended_long_ago(stage: Stage) -> str:
    with written_by_version_0():
        case = stage.start().case
        stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x", "typename": "t", "yearly_count": 3.5})
        stage.work()
        stage.act("reviewer", suspend_case, SuspendCase(case.id, "示例：等上级答复"))
    return case.id


def versions(stage: Stage, case_id: str) -> list[int]:
    """Of the steps, in order."""
    with stage.database.read() as tx:
        bodies = [json.loads(event.body) for event in events.read_chain(tx, f"case/{case_id}")]
    return [body["state_version"] for body in bodies if "command" in body]


def test_it_is_resumed_and_comes_to_its_end_and_replays_the_same(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = suspended_long_ago(stage)
    assert json.loads(stage.case(case_id).state)["v"] == OLDEST
    monkeypatch.setitem(UPGRADES, OLDEST, FROM_0)
    with stage.database.read() as tx:
        checked = check_all(tx, stage.bundles, replayed=None)
    assert (checked.good, checked.replays, checked.states.live) == (True, 1, (case_id,))
    stage.act("reviewer", resume_case, ResumeCase(case_id, "示例：已答复"))
    stage.do("director", stage.open_task(case_id).id, {"decision": "agree"})
    stage.later(timedelta(days=31))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED
    assert json.loads(stage.case(case_id).state)["v"] == STATE_VERSION
    found = versions(stage, case_id)
    assert found == sorted(found)
    assert set(found) == {OLDEST, STATE_VERSION}
    with stage.database.read() as tx:
        replayed = replay_case(tx, case_id, bundles=stage.bundles)
        assert replayed.same, replayed
        assert replayed.steps == len(found)
        assert verify_history(tx).breaks == ()


def test_a_state_of_before_changed_behind_its_back_shows(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = suspended_long_ago(stage)
    monkeypatch.setitem(UPGRADES, OLDEST, FROM_0)
    forged = stage.case(case_id).state.replace(b"3.5", b"4.5")
    assert forged != stage.case(case_id).state
    with stage.database.begin() as tx:
        tx.connection.execute(text("UPDATE case_ SET state = :state WHERE id = :id"), {"id": case_id, "state": forged})
    with stage.database.read() as tx:
        assert replay_case(tx, case_id, bundles=stage.bundles).why == "stored state"


def test_a_way_up_that_is_not_the_way_back_shows_at_the_first_step(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that would go on with something else than what was: the upgrade of the database is refused by it."""
    case_id = suspended_long_ago(stage)
    broken = type(FROM_0)(FROM_0.up, lambda content: FROM_0.down(content) | {"count": 0})
    monkeypatch.setitem(UPGRADES, OLDEST, broken)
    with stage.database.read() as tx:
        checked = check_all(tx, stage.bundles, replayed=50)
    assert [(d.case_id, d.why, d.steps) for d in checked.differing] == [(case_id, "digest", 1)]
    assert not checked.goes_on


def test_a_program_without_the_way_names_the_case(stage: Stage) -> None:
    case_id = suspended_long_ago(stage)
    with stage.database.read() as tx:
        found = check_states(tx, bundles=stage.bundles)
        replayed = replay_case(tx, case_id, bundles=stage.bundles)
    assert [(bad.case_id, "格式版本是0" in bad.why) for bad in found.unreadable] == [(case_id, True)]
    assert not replayed.same
    assert "格式版本是0" in replayed.why
