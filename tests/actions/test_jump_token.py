"""强制跳转."""

import pytest

from service.actions.jump_token import JumpToken, jump_token
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests.actions.repairs import number_of, open_ones, replays, stuck, told
from tests.actions.stage import Stage


def _order(stage: Stage, case_id: str, target: str) -> JumpToken:
    return JumpToken(case_id, number_of(stage, case_id, "check"), target, "重新编制", stage.case(case_id).version)


@pytest.mark.parametrize("target", ["draft", "review"])
def test_the_case_stands_at_the_target_and_the_incident_is_settled(stage: Stage, target: str) -> None:
    case_id = stuck(stage)
    stage.act("sysadmin", jump_token, _order(stage, case_id, target))
    assert stage.open_task(case_id).element_id == target
    assert open_ones(stage, case_id) == []
    assert replays(stage, case_id)
    ((body, _),) = told(stage, case_id, "case.jumped")
    assert (body["element"], body["target"], body["forced"]) == ("check", target, True)


@pytest.mark.parametrize("target", ["trial", "finished", "decide", "withdrawn_event", "nowhere"])
def test_it_does_not_pass_an_undone_decision(stage: Stage, target: str) -> None:
    case_id = stuck(stage)
    with pytest.raises(Invalid):
        stage.act("sysadmin", jump_token, _order(stage, case_id, target))
    assert len(open_ones(stage, case_id)) == 1


@pytest.mark.parametrize("person", ["clerk", "reviewer"])
def test_nobody_but_the_system_administrator_may(stage: Stage, person: str) -> None:
    case_id = stuck(stage)
    with pytest.raises(NotAllowed):
        stage.act(person, jump_token, _order(stage, case_id, "draft"))


def test_a_case_that_moved_since_the_preview_is_left_alone(stage: Stage) -> None:
    case_id = stuck(stage)
    order = _order(stage, case_id, "draft")
    stage.act("sysadmin", jump_token, order)
    with pytest.raises((Stale, Conflict)):
        stage.act("sysadmin", jump_token, order)
    with pytest.raises(NotFound):
        stage.act("sysadmin", jump_token, JumpToken("nothing", 1, "draft", "x", 1))
