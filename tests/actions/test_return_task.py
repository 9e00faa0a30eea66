"""退回."""

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.return_task import ReturnTask, return_task
from service.domain.cases import Act, TaskStatus
from service.domain.errors import Invalid, NotAllowed
from service.store import tasks
from tests.actions.stage import Stage


def _at_review(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    task = stage.open_task(case.id)
    stage.act("director", claim_task, ClaimTask(task.id))
    return task.id


def test_it_opens_a_new_task_at_the_target_and_keeps_what_was_done(stage: Stage) -> None:
    task_id = _at_review(stage)
    case_id = task_id.partition(".")[0]
    moved = stage.act("director", return_task, ReturnTask(task_id, "draft", Act(opinion="补充年办件量")))
    assert moved.task
    assert moved.task.status is not TaskStatus.OPEN
    again = stage.open_task(case_id)
    assert (again.element_id, again.input["batch_name"]) == ("draft", "第一批")
    with stage.database.read() as tx:
        done = [t for t in tasks.tasks_of_case(tx, case_id) if t.status is TaskStatus.COMPLETED]
    assert [t.element_id for t in done] == ["draft"]


def test_it_can_be_done_again_and_again(stage: Stage) -> None:
    task_id = _at_review(stage)
    case_id = task_id.partition(".")[0]
    for _ in range(3):
        stage.act("director", return_task, ReturnTask(task_id, "draft", Act(opinion="再改")))
        stage.do("clerk", stage.open_task(case_id).id, {"batch_name": "第二稿"})
        stage.work()
        task_id = stage.open_task(case_id).id
        stage.act("director", claim_task, ClaimTask(task_id))
    assert stage.open_task(case_id).input["batch_name"] == "第二稿"


def test_it_wants_a_reason(stage: Stage) -> None:
    with pytest.raises(Invalid, match="理由"):
        stage.act("director", return_task, ReturnTask(_at_review(stage), "draft"))


def test_it_refuses_a_target_the_diagram_does_not_offer(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="拟清单"):
        stage.act("director", return_task, ReturnTask(_at_review(stage), "finished", Act(opinion="x")))
