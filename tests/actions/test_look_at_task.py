"""Looking at a task: its form, its values, what may be done and why not."""

from decimal import Decimal

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.look_at_task import TaskView, look_at_task
from service.actions.save_draft import SaveDraft, save_draft
from service.domain.errors import NotFound
from tests.actions.stage import Stage


def _look(stage: Stage, person: str, task_id: str) -> TaskView:
    with stage.frame(person) as frame:
        return look_at_task(frame, task_id)


def test_it_says_for_each_verb_whether_one_may_and_why_not(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    before = _look(stage, "clerk", task.id).may
    assert (before["claim"].allowed, before["complete"].code) == (True, "not-claimed")
    stage.act("clerk", claim_task, ClaimTask(task.id))
    assert _look(stage, "clerk", task.id).may["complete"].allowed
    assert _look(stage, "clerk2", task.id).may["complete"].code == "other-assignee"
    assert _look(stage, "director", task.id).may["claim"].code == "not-candidate"


def test_it_gives_back_values_as_they_were_and_the_steps_one_may_return_to(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x", "yearly_count": Decimal("0.10")})
    stage.work()
    task = stage.open_task(case.id)
    stage.act("director", claim_task, ClaimTask(task.id))
    view = _look(stage, "director", task.id)
    assert view.input["yearly_count"] == Decimal("0.10")
    assert (dict(view.return_to), view.may["return"].allowed) == ({"draft": "拟清单"}, True)
    assert view.form["id"] == "review"


def test_a_draft_is_shown_to_its_writer_alone(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", save_draft, SaveDraft(task.id, {"batch_name": "未完"}))
    assert _look(stage, "clerk", task.id).draft == {"batch_name": "未完"}
    assert _look(stage, "clerk2", task.id).draft is None


def test_a_task_that_is_done_can_still_be_read(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.do("clerk", task.id, {"batch_name": "x"})
    assert _look(stage, "clerk", task.id).may["complete"].code == "task-closed"


@pytest.mark.parametrize("id", ["nothing", "nothing.1", ".1", ""])
def test_it_does_not_find_what_is_not_there(stage: Stage, id: str) -> None:
    with pytest.raises(NotFound):
        _look(stage, "clerk", id)


def test_it_is_hidden_from_another_township(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(NotFound):
        _look(stage, "heping-clerk", task.id)
