"""Keeping an unfinished form."""

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.save_draft import DRAFT_LIMIT, SaveDraft, save_draft
from service.domain.errors import Invalid, NotAllowed
from tests.actions.stage import Stage


def test_it_keeps_what_is_filled_in_so_far(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", save_draft, SaveDraft(task.id, {"yearly_count": 3}))
    kept = stage.open_task(task.case_id)
    assert (kept.draft, kept.version) == ({"yearly_count": 3}, 3)


def test_it_refuses_a_draft_of_somebody_elses_task(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(NotAllowed):
        stage.act("clerk", save_draft, SaveDraft(task.id, {}))


@pytest.mark.parametrize("data", [{"x": "y" * (DRAFT_LIMIT + 1)}, {"x": float("inf")}, {"x": "\x00"}])
def test_it_refuses_what_cannot_be_kept(stage: Stage, data: dict[str, object]) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(Invalid):
        stage.act("clerk", save_draft, SaveDraft(task.id, data))
