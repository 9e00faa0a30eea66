"""What stands still and why: the element, the expression or handler, and what it looked at. Values only for who may see the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.domain.cases import Case, Incident
from service.domain.errors import NotFound
from service.domain.permission import Facts, can
from service.engine import run
from service.engine.literals import names_read, shown
from service.engine.model import Bundle, EngineError
from service.store import cases, incidents, jobs


@dataclass(frozen=True, slots=True)
class IncidentView:
    """``number``: the waiting place, 0 when it waits no more. ``looked_at``: variable -> value as written; the value is empty for
    who may not see the case (``sees``), and for a variable that was not there.
    """

    incident: Incident
    case: Case
    element: str
    cause: str
    process: str
    process_name: str
    number: int = 0
    sees: bool = False
    looked_at: Mapping[str, str] = field(default_factory=dict)


def look_at_incident(frame: Frame, incident_id: str) -> IncidentView:
    """NotFound when there is none, or this person may neither operate nor see its case."""
    found = incidents.get_incident(frame.tx, incident_id)
    case = cases.case_with_state(frame.tx, found.case_id) if found else None
    if found is None or case is None:
        raise NotFound("incident.unknown", id=incident_id)
    sees = _sees(frame, found)
    if not sees and not can(frame.actor, "operation.read", Facts()):
        raise NotFound("incident.unknown", id=incident_id, hidden=True)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    number = _number(frame, found)
    seen = _variables(bundle, case, number)
    read = names_read(found.expression) if found.expression else ()
    return IncidentView(
        incident=found,
        case=case,
        element=_name(bundle, found.element_id),
        cause=_name(bundle, found.cause_element or found.element_id),
        process=bundle.elements[found.element_id].process if found.element_id in bundle.elements else "",
        process_name=bundle.name,
        number=number if seen is not None else 0,
        sees=sees,
        looked_at={name: shown(seen[name]) if sees and seen and name in seen else "" for name in read},
    )


def _sees(frame: Frame, found: Incident) -> bool:
    try:
        see_case(frame, found.case_id)
    except NotFound:
        return False
    return True


def _number(frame: Frame, found: Incident) -> int:
    if found.job_id:
        job = jobs.get_job(frame.tx, found.job_id)
        return job.number if job else 0
    number = (found.task_id or "").rpartition(".")[2]
    return int(number) if number.isdigit() else 0


def _variables(bundle: Bundle, case: Case, number: int) -> Mapping[str, object] | None:
    """What the place sees, None when it waits no more or the state cannot be read."""
    try:
        waits = run.waits(bundle, case.state) if case.state else ()
    except EngineError:
        return None
    return next((wait.data for wait in waits if wait.number == number), None)


def _name(bundle: Bundle, element: str) -> str:
    return bundle.elements[element].name or element if element in bundle.elements else element
