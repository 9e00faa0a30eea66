"""The preview of a skip or jump says what the order does, and writes nothing."""

import pytest

from service.actions.preview_force import PreviewForce, preview_force
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.actions.repairs import number_of, stuck
from tests.actions.stage import Stage


def test_it_tells_what_closes_and_opens_and_changes_nothing(stage: Stage) -> None:
    case_id = stuck(stage)
    before = stage.case(case_id)
    number = number_of(stage, case_id, "check")
    skipped = stage.act("sysadmin", preview_force, PreviewForce(case_id, number))
    assert [(p.element, p.how) for p in skipped.passed] == [("check", "skipped")]
    assert {(o.name, o.kind) for o in skipped.opened} == {("主任审核", "userTask"), ("撤回", "boundaryEvent")}
    jumped = stage.act("sysadmin", preview_force, PreviewForce(case_id, number, "draft"))
    assert ([c.name for c in jumped.closed], [o.name for o in jumped.opened]) == (["预检"], ["拟清单"])
    assert (skipped.version, jumped.version) == (before.version, before.version)
    assert stage.case(case_id) == before


def test_it_is_refused_as_the_order_would_be(stage: Stage) -> None:
    case_id = stuck(stage)
    number = number_of(stage, case_id, "check")
    with pytest.raises(Invalid):
        stage.act("sysadmin", preview_force, PreviewForce(case_id, number, "trial"))
    with pytest.raises(Conflict):
        stage.act("sysadmin", preview_force, PreviewForce(case_id, 999))
    with pytest.raises(NotAllowed):
        stage.act("reviewer", preview_force, PreviewForce(case_id, number))
    with pytest.raises(NotFound):
        stage.act("sysadmin", preview_force, PreviewForce("nothing", number))
