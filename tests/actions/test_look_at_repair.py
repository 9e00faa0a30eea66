"""Who repairs sees where the case waits; what it holds only who coordinates."""

import pytest

from service.actions.look_at_repair import look_at_repair
from service.domain.errors import NotAllowed, NotFound
from tests.actions.repairs import stuck
from tests.actions.stage import Stage


def test_the_system_administrator_sees_places_and_targets_but_no_content(stage: Stage) -> None:
    view = stage.act("sysadmin", look_at_repair, stuck(stage))
    (place,) = view.places
    assert (view.may_force, view.may_set, place.may_skip, place.variables) == (True, False, True, ())
    assert place.targets == {"draft": "拟清单", "review": "主任审核"}


def test_who_coordinates_sees_the_variables_and_which_are_guarded(stage: Stage) -> None:
    view = stage.act("reviewer", look_at_repair, stuck(stage))
    (place,) = view.places
    assert (view.may_force, view.may_set, place.may_skip, place.targets) == (False, True, False, {})
    seen = {v.name: (v.text, v.guarded) for v in place.variables}
    assert seen["batch_name"] == ('"坏"', True)
    assert seen["initiator"][1]


def test_a_persons_task_says_why_it_is_not_skipped(stage: Stage) -> None:
    (place,) = stage.act("sysadmin", look_at_repair, stage.start().case.id).places
    assert not place.may_skip
    assert "不能跳过" in place.why_not


@pytest.mark.parametrize(("person", "refusal"), [("clerk", NotAllowed), ("heping-clerk", NotFound)])
def test_others_see_nothing(stage: Stage, person: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        stage.act(person, look_at_repair, stuck(stage))
