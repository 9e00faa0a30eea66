"""A person takes a task that stands open for a post: 认领."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import Desk, allow, holder_of, lock_desk, must_match, post_for, still_open
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Task
from service.domain.errors import Conflict
from service.store import tasks
from service.store.failpoints import point


@dataclass(frozen=True, slots=True)
class ClaimTask:
    task_id: str
    if_match: int | None = None


def claim_task(frame: Frame, order: ClaimTask) -> Task:
    """The task with this person as assignee; claiming one's own task again changes nothing."""
    desk = lock_desk(frame, order.task_id)
    still_open(frame, desk)
    allow(frame, "task.claim", desk.facts)
    if desk.task.assignee_id == frame.actor.person_id:
        return desk.task
    must_match(order.if_match, desk.task.version, what=desk.task.name)
    _not_taken(frame, desk)
    claimed = replace(desk.task, assignee_id=frame.actor.person_id, version=desk.task.version + 1)
    if not tasks.save_task(frame.tx, claimed, expected_version=desk.task.version):
        raise Conflict("task.changed", task=desk.task.name)
    point("task_claimed")
    post, organisation = post_for(frame.actor, claimed)
    event = EventFacts(
        type="task.claimed", element=claimed.element_id, number=claimed.number, post=post, organisation=organisation
    )
    note_on_case(frame, desk.case, event)
    return claimed


def _not_taken(frame: Frame, desk: Desk) -> None:
    """Taken by somebody who may still do it. Who left the post or the office holds nothing any more, so a colleague may go on."""
    holder = holder_of(frame, desk.task)
    if holder:
        raise Conflict("task.claimed_by_other", task=desk.task.name, name=holder.name)
