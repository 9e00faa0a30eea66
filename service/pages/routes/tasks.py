"""我的任务: what is mine, what I may claim, what I did; claiming from the list."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.frame import Frame
from service.domain.texts import say
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Done, Page, local
from service.store import worklist

router = APIRouter()
View = Literal["mine", "claimable", "done"]
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
ROWS = 20


@router.get("/tasks")
def list_tasks(door: Door, view: View = "mine", q: Text = "", overdue: bool = False, after: After = "") -> Response:
    """Open work in the order in which it is due."""

    def look(frame: Frame) -> Page:
        text = q.strip()
        page = worklist.list_work(
            frame.tx, actor=frame.actor, view=view, text=text, overdue_at=frame.now if overdue else None,
            after=after or None, limit=ROWS,
        )  # fmt: skip
        counts = worklist.count_work(frame.tx, actor=frame.actor, at=frame.now)
        return Page(
            "tasks/list.html", view=view, q=text, overdue=overdue, first=not after, rows=page.items, next=page.next,
            counts=counts, names=Names(frame.tx), now=frame.now,
        )  # fmt: skip

    return door.show(look)


@router.post("/tasks/{task_id}/claim")
def claim(door: Door, task_id: str) -> Response:
    """认领: take a task that stands open for a post of mine; then back to the list, or on to the task itself."""

    def act(frame: Frame) -> Done:
        found = claim_task(frame, ClaimTask(task_id))
        return Done(local(door.given.text("next"), "/tasks?view=mine"), say("notice.claimed", task=found.name))

    return door.do(act, thing=task_id)
