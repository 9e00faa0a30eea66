"""Tasks: lists, one task with its form, and everything a person does with it."""

from typing import Annotated, Literal

from fastapi import Query, Response

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.frame import Frame
from service.actions.look_at_task import look_at_task
from service.actions.return_task import ReturnTask, return_task
from service.actions.save_draft import SaveDraft, save_draft
from service.actions.unclaim_task import UnclaimTask, unclaim_task
from service.api.door import Answer, Door, respond
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import cases as shapes
from service.api.shapes.base import After, Limit, Listed, Names, listed
from service.domain.permission import visible
from service.store import tasks

router = new_router("tasks")
View = Literal["mine", "claimable", "organisation", "done", "visible"]
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/tasks")
def list_tasks(
    door: Door, view: View = "mine", overdue: bool = False, case: Filter = None, township: Filter = None,
    item: Filter = None, process: Filter = None, after: After = None, limit: Limit = 50,
) -> Listed[shapes.TaskShown]:  # fmt: skip
    """Mine, claimable for my posts, open in my organisations, done by me, or open in any case I may see. Newest first."""

    def look(frame: Frame) -> Listed[shapes.TaskShown]:
        names = Names(frame.tx)
        page = tasks.list_tasks(
            frame.tx, actor=frame.actor, view=view, visible=visible(frame.actor),
            overdue_at=frame.now if overdue else None, case_id=case, township=township, item=item,
            process_key=process, after=after, limit=limit,
        )  # fmt: skip
        return listed(page, lambda found: shapes.task(found, names))

    return door.read(look)


@router.get("/tasks/{task_id}", response_model=shapes.TaskPage)
def show_task(door: Door, task_id: str) -> Response:
    """A task with its form, its values and, for each verb, whether this person may and why not."""

    def look(frame: Frame) -> Answer:
        view = look_at_task(frame, task_id)
        return Answer(shapes.task_page(view, Names(frame.tx)), version=view.task.version)

    return respond(door.read(look))


@router.post("/tasks/{task_id}/claim", response_model=shapes.TaskShown, responses=WRITE_PROBLEMS)
def claim(door: Door, task_id: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None) -> Response:
    """认领: take a task that stands open for a post of mine."""

    def act(frame: Frame) -> Answer:
        found = claim_task(frame, ClaimTask(task_id, door.if_match))
        return Answer(shapes.task(found, Names(frame.tx)), version=found.version)

    return door.write(act, thing=task_id)


@router.post("/tasks/{task_id}/unclaim", response_model=shapes.TaskShown, responses=WRITE_PROBLEMS)
def unclaim(door: Door, task_id: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None) -> Response:
    """取消认领: give it back to the post."""

    def act(frame: Frame) -> Answer:
        found = unclaim_task(frame, UnclaimTask(task_id, door.if_match))
        return Answer(shapes.task(found, Names(frame.tx)), version=found.version)

    return door.write(act, thing=task_id)


@router.put("/tasks/{task_id}/draft", response_model=shapes.TaskShown, responses=WRITE_PROBLEMS)
def draft(
    door: Door, task_id: str, body: shapes.DraftGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """暂存: keep what is filled in so far; it is checked when the task is completed."""

    def act(frame: Frame) -> Answer:
        found = save_draft(frame, SaveDraft(task_id, body.data, door.if_match))
        return Answer(shapes.task(found, Names(frame.tx)), version=found.version)

    return door.write(act, thing=task_id)


@router.post("/tasks/{task_id}/complete", response_model=shapes.MovedShown, responses=WRITE_PROBLEMS)
def complete(
    door: Door,
    task_id: str,
    body: shapes.CompleteGiven,
    if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """办结: the form is checked, the case moves, the act is sealed into its history, all in one transaction."""

    def act(frame: Frame) -> Answer:
        moved = complete_task(frame, CompleteTask(task_id, body.data, body.act.act(), door.if_match))
        return Answer(shapes.moved(moved, Names(frame.tx)), version=moved.case.version)

    return door.write(act, thing=task_id)


@router.post("/tasks/{task_id}/return", response_model=shapes.MovedShown, responses=WRITE_PROBLEMS)
def send_back(
    door: Door, task_id: str, body: shapes.ReturnGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """退回: to a step the diagram offers, with the reason in the act's opinion."""

    def act(frame: Frame) -> Answer:
        moved = return_task(frame, ReturnTask(task_id, body.target, body.act.act(), door.if_match))
        return Answer(shapes.moved(moved, Names(frame.tx)), version=moved.case.version)

    return door.write(act, thing=task_id)
