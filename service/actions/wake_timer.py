"""A timer of the diagram is due."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.leased import locked_job
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import JobStatus
from service.engine import model
from service.store import jobs
from service.store.failpoints import point


@dataclass(frozen=True, slots=True)
class WakeTimer:
    job_id: str
    fence: int


def wake_timer(frame: Frame, order: WakeTimer) -> Moved | None:
    """The case after the timer fired; None when another worker was first."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return None
    case, job = held
    facts = {"job": job.id, "due": job.due_at.isoformat()}
    event = EventFacts(type="timer.fired", element=job.element_id, number=job.number, facts=facts)
    moved = take_step(frame, case, model.WakeTimer(job.number), event=event)
    point("timer_taken")
    jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.DONE)
    return moved
