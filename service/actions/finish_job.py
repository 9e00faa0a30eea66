"""A handler is done: transaction two of two. Its effects, its data and the step it allows are stored together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from service.actions.frame import Frame
from service.actions.parts.effects import EFFECTS
from service.actions.parts.ensuring import lock_for
from service.actions.parts.leased import locked_job
from service.actions.parts.record import Moved, take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import JobStatus
from service.domain.errors import Invalid
from service.engine.model import Command, RaiseError
from service.engine.model import FinishJob as JobFinished
from service.store import incidents, jobs
from service.store.failpoints import point


class EffectLike(Protocol):
    """A named effect of a handler, see handlers/contract.py."""

    @property
    def kind(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class FinishJob:
    """``data`` becomes variables; ``error``: a BPMN error code, when the work ended the business way badly."""

    job_id: str
    fence: int
    data: Mapping[str, Any] = field(default_factory=dict)
    effects: Sequence[EffectLike] = ()
    error: str = ""


def finish_job(frame: Frame, order: FinishJob) -> Moved | None:
    """The case after the step; None when another worker has taken the job over, and nothing was done."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return None
    case, job = held
    data = dict(order.data)
    lock_for(frame, ((effect.kind, effect.values) for effect in order.effects))
    for effect in order.effects:
        if effect.kind not in EFFECTS:
            raise Invalid("effect.unknown", kind=effect.kind, handler=job.handler)
        EFFECTS[effect.kind](frame, case, dict(effect.values), data)
    point("job_effects")
    command: Command = RaiseError(job.number, order.error, data) if order.error else JobFinished(job.number, data)
    facts = {"handler": job.handler, "job": job.id, "attempt": job.attempts, "effects": [e.kind for e in order.effects]}
    event = EventFacts(type="job.finished", element=job.element_id, number=job.number, facts=facts)
    moved = take_step(frame, case, command, event=event)
    jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.DONE)
    incidents.resolve_incidents(frame.tx, case_id=case.id, job_id=job.id, task_id=None, at=frame.now, by="system")
    return moved
