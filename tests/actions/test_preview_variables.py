"""The preview of a change of variables."""

import pytest

from service.actions.preview_variables import PreviewVariables, preview_variables
from service.domain.errors import Invalid, NotAllowed, NotFound
from tests.actions.repairs import stuck
from tests.actions.stage import Stage


def test_it_shows_old_and_new_and_changes_nothing(stage: Stage) -> None:
    case_id = stuck(stage)
    before = stage.case(case_id)
    changed = stage.act("reviewer", preview_variables, PreviewVariables(case_id, {"rounds": "3"}))
    assert [(c.name, c.old, c.new) for c in changed.changes] == [("rounds", "", "3")]
    assert changed.version == before.version
    assert stage.case(case_id) == before


def test_it_is_refused_as_the_order_would_be(stage: Stage) -> None:
    case_id = stuck(stage)
    with pytest.raises(Invalid):
        stage.act("reviewer", preview_variables, PreviewVariables(case_id, {"batch_name": "1"}))
    for person, refusal in (("director", NotAllowed), ("sysadmin", NotFound)):
        with pytest.raises(refusal):
            stage.act(person, preview_variables, PreviewVariables(case_id, {"rounds": "3"}))
