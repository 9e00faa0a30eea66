"""A message or signal reaches one waiting case."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.leased import locked_job
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import JobStatus
from service.engine import codec
from service.engine.model import Deliver
from service.store import jobs, messages
from service.store.failpoints import point


@dataclass(frozen=True, slots=True)
class DeliverMessage:
    job_id: str
    fence: int


def deliver_message(frame: Frame, order: DeliverMessage) -> Moved | None:
    """The case after the delivery; None when it no longer waits (withdrawn, or reached by another copy)."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return None
    case, job = held
    waiting = any(w.number == job.number for w in messages.waits_of_case(frame.tx, case.id))
    moved = None
    if waiting:
        payload = job.payload
        facts = {"job": job.id, "message": payload["name"], "key": payload["key"], "about": payload["kind"]}
        event = EventFacts(type="message.delivered", element=job.element_id, number=job.number, facts=facts)
        data = codec.loads(str(payload["content"]))
        moved = take_step(frame, case, Deliver(job.number, data), event=event)
        point("message_taken")
    jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.DONE)
    return moved
