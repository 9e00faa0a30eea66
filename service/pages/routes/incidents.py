"""异常: what stands still, of the cases one may see; the system administrator sees all incidents, and lets them be tried again."""

from collections.abc import Iterable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.parts.acting import see_case
from service.actions.retry_incident import RetryIncident, retry_incident
from service.domain.cases import Case, Incident
from service.domain.errors import NotFound
from service.domain.permission import Facts, Visible, can, can_see, visible
from service.domain.texts import say
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import cases, incidents

router = APIRouter()
Status = Literal["open", "resolved", "all"]
After = Annotated[str, Query(max_length=600)]
ROWS = 20
RETRY = "incident.retry"


@router.get("/incidents")
def list_incidents(door: Door, status: Status = "open", after: After = "") -> Response:
    """Newest first."""

    def look(frame: Frame) -> Page:
        operates = bool(can(frame.actor, "operation.read", Facts()))
        scope = Visible(True, frozenset(), frame.actor.person_id) if operates else visible(frame.actor)
        page = incidents.list_incidents(
            frame.tx, visible=scope, status=None if status == "all" else status, after=after or None, limit=ROWS
        )
        return Page(
            "incidents/list.html", view=status, rows=page.items, next=page.next, first=not after,
            where=_where(frame, page.items), status_of=_status, may_retry=bool(can(frame.actor, RETRY, Facts())),
        )  # fmt: skip

    return door.show(look)


@router.get("/incidents/{incident_id}")
def show_incident(door: Door, incident_id: str) -> Response:
    return door.show(lambda frame: _page(frame, incident_id))


@router.post("/incidents/{incident_id}/retry")
def retry(door: Door, incident_id: str) -> Response:
    """The cause is mended: all tries again."""

    def act(frame: Frame) -> Done:
        given = door.given
        reason = given.text("reason", required=True)
        given.check()
        retry_incident(frame, RetryIncident(incident_id, reason))
        return Done("/incidents", say("notice.incident_retried"))

    return door.do(act, again=lambda frame: _page(frame, incident_id), thing=incident_id)


def _page(frame: Frame, incident_id: str) -> Page:
    found = incidents.get_incident(frame.tx, incident_id)
    if found is None:
        raise NotFound("incident.unknown", id=incident_id)
    if not can(frame.actor, "operation.read", Facts()):
        try:
            see_case(frame, found.case_id)
        except NotFound as error:
            raise NotFound("incident.unknown", id=incident_id, hidden=True) from error
    return Page(
        "incidents/show.html", found=found, where=_where(frame, [found]), status_of=_status, names=Names(frame.tx, [found.resolved_by]),
        may_retry=bool(can(frame.actor, RETRY, Facts())),
    )  # fmt: skip


class Where:
    """The case an incident or a job lies in, for somebody who may not see the case: its number, and the name of the step."""

    def __init__(self, case: Case, element: str, *, open: bool) -> None:
        self.key, self.case_id, self.element, self.open = case.business_key, case.id, element, open


def places(frame: Frame, of: Iterable[tuple[str, str, str]]) -> dict[str, Where]:
    """``of``: (id, case, element) -> id: where that is. ``open``: this person may open the case."""
    known: dict[str, Case | None] = {}
    found = {}
    for id, case_id, element_id in of:
        if case_id not in known:
            known[case_id] = cases.get_case(frame.tx, case_id)
        case = known[case_id]
        if case:
            element = frame.bundles.get(frame.tx, case.bundle_digest).elements.get(element_id)
            access = frozenset(organisation for organisation, _ in cases.access_of(frame.tx, case_id))
            opens = can_see(frame.actor, case, access)
            found[id] = Where(case, element.name if element else element_id, open=opens)
    return found


def _status(found: Incident) -> str:
    return say(f"incident.status.{found.status.value}")


def _where(frame: Frame, rows: Iterable[Incident]) -> dict[str, Where]:
    return places(frame, [(row.id, row.case_id, row.element_id) for row in rows])
