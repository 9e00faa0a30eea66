"""A try of a job failed: try again later, or after the last try open an incident that names element, error and handler."""

from dataclasses import dataclass
from datetime import timedelta

from service.actions.frame import Frame
from service.actions.parts.leased import locked_job
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Case, Incident, IncidentStatus, Job, JobStatus
from service.store import incidents, jobs
from service.store.failpoints import point

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=10)
ERROR_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class FailJob:
    """``error``: class and short message. ``final``: trying again cannot help, e.g. the handler is unknown."""

    job_id: str
    fence: int
    error: str
    final: bool = False


def fail_job(frame: Frame, order: FailJob) -> Job | None:
    """The job after the failure; None when another worker has taken it over."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return None
    case, job = held
    error = order.error[:ERROR_LIMIT]
    if order.final or job.attempts >= job.max_attempts:
        _open_incident(frame, case, job, error=error)
        point("incident_half")
        jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.FAILED, error=error)
    else:
        jobs.retry_later(frame.tx, job.id, fence=order.fence, due_at=frame.now + wait_after(job.attempts), error=error)
    return jobs.get_job(frame.tx, job.id)


def wait_after(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s ... 10 min at most."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(max(attempts - 1, 0), 10)))


def _open_incident(frame: Frame, case: Case, job: Job, *, error: str) -> None:
    incident = Incident(
        id=frame.new_id(),
        case_id=case.id,
        job_id=job.id,
        task_id=None,
        element_id=job.element_id,
        handler=job.handler,
        message=error,
        created_at=frame.now,
        status=IncidentStatus.OPEN,
    )
    incidents.add_incident(frame.tx, incident)
    facts = {"incident": incident.id, "job": job.id, "handler": job.handler, "attempts": job.attempts}
    event = EventFacts(
        type="incident.opened", element=job.element_id, number=job.number, facts=facts, personal={"message": error}
    )
    note_on_case(frame, case, event)
