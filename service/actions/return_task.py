"""退回: the person sends the case back to a step the diagram offers; what was done stays done."""

from dataclasses import dataclass, field, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, checked_act, lock_desk, must_match, post_for, still_open
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Act
from service.domain.errors import Invalid
from service.engine.model import Return
from service.store import tasks


@dataclass(frozen=True, slots=True)
class ReturnTask:
    """``target``: an element id among the task's oneseal:returnTo. The act's opinion is the reason and must be given."""

    task_id: str
    target: str
    act: Act = field(default_factory=Act)
    if_match: int | None = None


def return_task(frame: Frame, order: ReturnTask) -> Moved:
    """The case with its live work of that scope cancelled and a new task at ``target``."""
    desk = lock_desk(frame, order.task_id)
    still_open(frame, desk)
    allow(frame, "task.return", replace(desk.facts, target=order.target))
    must_match(order.if_match, desk.task.version, what=desk.task.name)
    if not order.act.opinion.strip():
        raise Invalid("return.without_reason", task=desk.task.name)
    act = checked_act(frame, replace(order.act, decision="return"), case_id=desk.case.id, task_id=desk.task.id)
    post, organisation = post_for(frame.actor, desk.task)
    event = EventFacts(
        type="task.returned",
        act=act,
        element=desk.task.element_id,
        number=desk.task.number,
        post=post,
        organisation=organisation,
        facts={"target": order.target},
    )
    moved = take_step(frame, desk.case, Return(desk.task.number, order.target), event=event)
    return replace(moved, task=tasks.get_task(frame.tx, desk.task.id))
