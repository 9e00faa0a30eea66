"""A try of a job failed: try again later, or after the last try open an incident that names element, error and handler."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

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
FIRST = "first_failed_at"  # in a job's payload, while it has tries left


@dataclass(frozen=True, slots=True)
class FailJob:
    """``error``: class and short message. ``final``: trying again cannot help, e.g. the handler is unknown.

    ``element`` and ``expression``: what the engine stopped at, when the step behind the work was what failed.
    """

    job_id: str
    fence: int
    error: str
    final: bool = False
    element: str = ""
    expression: str = ""


def fail_job(frame: Frame, order: FailJob) -> Job | None:
    """The job after the failure; None when another worker has taken it over."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return None
    case, job = held
    error = order.error[:ERROR_LIMIT]
    first = str(job.payload.get(FIRST, "") if job.attempts > 1 else "") or frame.now.isoformat()
    if order.final or job.attempts >= job.max_attempts:
        _open_incident(frame, case, job, replace(order, error=error), first=datetime.fromisoformat(first))
        point("incident_half")
        jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.FAILED, error=error)
    else:
        payload = {**job.payload, FIRST: first}
        due = frame.now + wait_after(job.attempts)
        jobs.retry_later(frame.tx, job.id, fence=order.fence, due_at=due, error=error, payload=payload)
    return jobs.get_job(frame.tx, job.id)


def wait_after(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s ... 10 min at most."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(max(attempts - 1, 0), 10)))


def _open_incident(frame: Frame, case: Case, job: Job, order: FailJob, *, first: datetime) -> None:
    incident = Incident(
        id=frame.new_id(),
        case_id=case.id,
        job_id=job.id,
        task_id=None,
        element_id=job.element_id,
        handler=job.handler,
        message=order.error,
        created_at=frame.now,
        status=IncidentStatus.OPEN,
        kind=job.kind.value,
        cause_element=order.element,
        expression=order.expression,
        first_at=first,
        last_at=frame.now,
        times=job.attempts,
    )
    incidents.add_incident(frame.tx, incident)
    facts = {"incident": incident.id, "job": job.id, "handler": job.handler, "attempts": job.attempts}
    facts |= {"cause": order.element, "expression": order.expression} if order.element else {}
    event = EventFacts(
        type="incident.opened",
        element=job.element_id,
        number=job.number,
        facts=facts,
        personal={"message": order.error},
    )
    note_on_case(frame, case, event)
