"""A person's step failed inside the engine: nothing of it was stored, so the incident gets a transaction of its own."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Incident, IncidentStatus
from service.store import cases, incidents


@dataclass(frozen=True, slots=True)
class FailedStep:
    """``element`` and ``expression`` of the failure as the engine named them."""

    case_id: str
    message: str
    element: str = ""
    task_id: str | None = None
    expression: str = ""


def record_failure(frame: Frame, failed: FailedStep) -> Incident | None:
    """The incident, or None when the case is gone. The same failure of the same task is written once and counted."""
    case = cases.lock_case(frame.tx, failed.case_id)
    if case is None:
        return None
    for known in incidents.open_incidents(frame.tx, case.id):
        if (known.task_id, known.element_id, known.message) == (failed.task_id, failed.element, failed.message):
            incidents.failed_again(frame.tx, known.id, at=frame.now)
            return incidents.get_incident(frame.tx, known.id)
    incident = Incident(
        id=frame.new_id(),
        case_id=case.id,
        job_id=None,
        task_id=failed.task_id,
        element_id=failed.element,
        handler="",
        message=failed.message,
        created_at=frame.now,
        status=IncidentStatus.OPEN,
        kind="step",
        cause_element=failed.element,
        expression=failed.expression,
        first_at=frame.now,
        last_at=frame.now,
    )
    incidents.add_incident(frame.tx, incident)
    facts = {"incident": incident.id, "expression": failed.expression}
    event = EventFacts(
        type="incident.opened", element=failed.element, facts=facts, personal={"message": failed.message}
    )
    note_on_case(frame, case, event)
    return incident
