"""The person who took a task gives it back to the post: 取消认领."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_desk, must_match, still_open
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Task
from service.domain.errors import Conflict
from service.store import tasks


@dataclass(frozen=True, slots=True)
class UnclaimTask:
    task_id: str
    if_match: int | None = None


def unclaim_task(frame: Frame, order: UnclaimTask) -> Task:
    """The task without an assignee; its draft is kept for the next person of the post."""
    desk = lock_desk(frame, order.task_id)
    still_open(frame, desk)
    allow(frame, "task.unclaim", desk.facts)
    must_match(order.if_match, desk.task.version, what=desk.task.name)
    freed = replace(desk.task, assignee_id=None, version=desk.task.version + 1)
    if not tasks.save_task(frame.tx, freed, expected_version=desk.task.version):
        raise Conflict("task.changed", task=desk.task.name)
    note_on_case(frame, desk.case, EventFacts(type="task.unclaimed", element=freed.element_id, number=freed.number))
    return freed
