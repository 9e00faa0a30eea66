"""Giving a task back."""

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.save_draft import SaveDraft, save_draft
from service.actions.unclaim_task import UnclaimTask, unclaim_task
from service.domain.errors import NotAllowed
from tests.actions.stage import Stage


def test_it_frees_the_task_and_keeps_the_draft(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", save_draft, SaveDraft(task.id, {"batch_name": "半"}))
    freed = stage.act("clerk", unclaim_task, UnclaimTask(task.id))
    assert (freed.assignee_id, freed.draft) == (None, {"batch_name": "半"})
    assert stage.act("clerk2", claim_task, ClaimTask(task.id)).assignee_id == "clerk2"


def test_it_refuses_anybody_but_the_assignee(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(NotAllowed):
        stage.act("clerk2", unclaim_task, UnclaimTask(task.id))
