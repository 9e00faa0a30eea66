"""An administrator has mended the cause of an incident and lets the job be tried again."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow, must_be_active, reason_given
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Incident, IncidentStatus
from service.domain.errors import Conflict, NotFound
from service.domain.permission import Facts
from service.store import cases, incidents, jobs
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class RetryIncident:
    incident_id: str
    reason: str


def retry_incident(frame: Frame, order: RetryIncident) -> Incident:
    """The incident, resolved; a failed job starts again with all its tries."""
    allow(frame, "incident.retry", Facts())
    seen = incidents.get_incident(frame.tx, order.incident_id)
    case = cases.lock_case(frame.tx, seen.case_id) if seen else None
    incident = incidents.get_incident(frame.tx, order.incident_id)
    if incident is None or case is None:
        raise NotFound("incident.unknown", id=order.incident_id)
    if incident.status is not IncidentStatus.OPEN:
        raise Conflict("incident.resolved", element=incident.element_id)
    must_be_active(case)
    event = EventFacts(
        type="incident.retried", element=incident.element_id, facts={"incident": incident.id},
        personal={"reason": reason_given(order.reason)},
    )  # fmt: skip
    note_on_case(frame, case, event)
    if incident.job_id:
        jobs.reset_job(frame.tx, incident.job_id, due_at=frame.now)
    incidents.resolve_incidents(
        frame.tx, case_id=case.id, job_id=incident.job_id, task_id=incident.task_id, at=frame.now,
        by=frame.actor.person_id,
    )  # fmt: skip
    notify_work(frame.tx)
    resolved = incidents.get_incident(frame.tx, incident.id)
    assert resolved
    return resolved
