"""Incidents that are alike: what a mended cause lets be tried again together."""

from service.actions.frame import Frame
from service.domain.errors import NotFound
from service.domain.permission import operating_scope
from service.store import cases, incidents
from service.store.incidents import Wanted

MOST = 200


def like_ones(frame: Frame, incident_id: str) -> tuple[list[str], bool]:
    """Ids of the open incidents with the process, element and kind of this one, newest first; and whether there are more."""
    found = incidents.get_incident(frame.tx, incident_id)
    case = cases.get_case(frame.tx, found.case_id) if found else None
    if found is None or case is None:
        raise NotFound("incident.unknown", id=incident_id)
    wanted = Wanted("open", process=case.process_key, element=found.element_id, kind=found.kind)
    page = incidents.list_incidents(frame.tx, visible=operating_scope(frame.actor), wanted=wanted, limit=MOST)
    return [each.id for each in page.items], page.next is not None
