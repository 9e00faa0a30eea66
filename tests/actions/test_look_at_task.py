"""Looking at a task: its form, its values, what may be done and why not."""

from decimal import Decimal

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.look_at_task import TaskView, look_at_task
from service.actions.save_draft import SaveDraft, save_draft
from service.actions.upload_file import UploadFile, upload_file
from service.domain.cases import Act
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
    assert _look(stage, "clerk2", task.id).may["claim"].code == "other-assignee"
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


def test_in_words_it_tells_the_form_what_was_submitted_and_how_it_ended(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.do("clerk", task.id, {"batch_name": "第一批", "draft_decision": "apply"}, Act(paper_number="示例〔2022〕1号"))
    with stage.frame("clerk") as frame:
        told = look_at_task(frame, task.id, in_words=True).told
    assert told
    assert told.act
    said = {line.label: line.text for line in told.lines}
    assert (said["批次名称"], said["意向"], said["印章类型"]) == ("第一批", "申报", "")
    assert (told.act.type, told.act.actor, told.act.paper_number) == ("task.completed", "clerk", "示例〔2022〕1号")
    assert [act.type for act in told.recent] == ["case.started", "task.completed"]


def test_without_words_it_costs_nothing_more(stage: Stage) -> None:
    assert _look(stage, "clerk", stage.open_task(stage.start().case.id).id).told is None


def test_a_file_somebody_only_names_in_a_draft_is_not_told(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    order = UploadFile("甲.pdf", "application/pdf", lambda: [b"x"], limit=10)
    own = stage.act("clerk", upload_file, order)
    other = stage.act("heping-clerk", upload_file, order)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    stage.act("clerk", save_draft, SaveDraft(task.id, {"paper": [own.id, other.id]}))
    with stage.frame("clerk") as frame:
        told = look_at_task(frame, task.id, in_words=True).told
    assert told
    assert [file.id for file in told.files] == [own.id]
