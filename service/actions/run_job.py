"""An administrator asks that a waiting job be tried now instead of after its back-off."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow, reason_given
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Job, JobKind, JobStatus
from service.domain.errors import Conflict, NotFound
from service.domain.permission import Facts
from service.store import cases, jobs
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class RunJob:
    job_id: str
    reason: str


def run_job(frame: Frame, order: RunJob) -> Job:
    """The job, due now. A timer is part of the diagram and never fires early; only back-off is cut short."""
    allow(frame, "job.run", Facts())
    found = jobs.get_job(frame.tx, order.job_id)
    if found is None:
        raise NotFound("job.unknown", id=order.job_id)
    case = cases.lock_case(frame.tx, found.case_id)
    job = jobs.lock_job(frame.tx, order.job_id)
    assert case and job
    if job.kind in (JobKind.TIMER, JobKind.REMIND) and job.due_at > frame.now:
        raise Conflict("job.timer_not_due", due=job.due_at.isoformat())
    if job.status is not JobStatus.DUE:
        raise Conflict("job.not_due", status=job.status.value)
    event = EventFacts(
        type="job.hurried", element=job.element_id, number=job.number, facts={"job": job.id},
        personal={"reason": reason_given(order.reason)},
    )  # fmt: skip
    note_on_case(frame, case, event)
    jobs.reset_job(frame.tx, job.id, due_at=frame.now)
    notify_work(frame.tx)
    hurried = jobs.get_job(frame.tx, job.id)
    assert hurried
    return hurried
