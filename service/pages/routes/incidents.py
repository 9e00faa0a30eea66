"""异常处理: what stands still, of the cases one may see; the system administrator sees all of it, and lets it be tried again."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_incident import look_at_incident
from service.actions.look_at_repair import may_set_variables
from service.actions.parts.acting import allow, reason_given
from service.actions.parts.alike import like_ones
from service.actions.retry_incident import RetryIncident, retry_incident
from service.api.door import Answer
from service.domain.cases import Case, Incident
from service.domain.errors import Invalid, OneSealError
from service.domain.permission import Facts, can, can_see, operating_scope
from service.domain.texts import say
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Done, Page
from service.pages.pictures import place_picture
from service.store import cases, definitions, incidents
from service.store.incidents import Wanted

router = APIRouter()
Status = Literal["open", "resolved", "all"]
After = Annotated[str, Query(max_length=600)]
Word = Annotated[str, Query(max_length=200)]
ROWS = 20
RETRY = "incident.retry"
KINDS = ("handler", "step", "timer", "deliver", "remind")
AGES = (1, 24, 72, 168)
MOST = 200


@router.get("/incidents")
def list_incidents(
    door: Door, status: Status = "open", process: Word = "", element: Word = "", kind: Word = "", older: Word = "",
    case: Word = "", after: After = "",
) -> Response:  # fmt: skip
    """Newest first."""
    query = {"process": process, "element": element.strip(), "kind": kind, "older": older, "case": case.strip()}

    def look(frame: Frame) -> Page:
        return _list(frame, status, query, after=after)

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


@router.post("/incidents/retry")
def retry_many(door: Door) -> Response:
    """The ticked ones, or all that are like one; each in a transaction of its own, with a report."""
    given = door.given
    reason, like = given.text("reason", required=True), given.text("like", most=64)
    ticked = given.many("incident")[:MOST]
    if not like and not ticked:
        given.wrong("incident", "incident.none_ticked")

    def which(frame: Frame) -> tuple[list[str], bool]:
        allow(frame, RETRY, Facts())
        given.check()
        reason_given(reason)
        return like_ones(frame, like) if like else (list(ticked), False)

    def once(frame: Frame, id: str) -> Answer:
        retry_incident(frame, RetryIncident(id, reason))
        return Answer(None, headers={"location": "/incidents"})

    try:
        ids, more = door.read(which)
    except Invalid as error:
        return door.refused(error, lambda frame: _page(frame, like) if like else _list(frame, "open", {}))
    return door.finish_with(_report, door.write_each(ids, once), more)


def _report(frame: Frame, done: dict[str, OneSealError | None], more: bool) -> Page:
    rows = [found for id in done if (found := incidents.get_incident(frame.tx, id))]
    return Page("incidents/retried.html", rows=rows, where=_where(frame, rows), refused=done, more=more)


def _list(frame: Frame, status: Status, query: dict[str, str], *, after: str = "") -> Page:
    older = query.get("older", "")
    hours = int(older) if older.isascii() and older.isdigit() and len(older) < 6 else 0
    wanted = Wanted(
        None if status == "all" else status, business_key=query.get("case") or None, process=query.get("process") or None,
        element=query.get("element") or None, kind=query.get("kind") or None,
        before=frame.now - timedelta(hours=hours) if hours else None,
    )  # fmt: skip
    page = incidents.list_incidents(
        frame.tx, visible=operating_scope(frame.actor), wanted=wanted, after=after or None, limit=ROWS
    )
    processes = {d.process_key: d.name for d in reversed(definitions.list_definitions(frame.tx))}
    return Page(
        "incidents/list.html", view=status, rows=page.items, next=page.next, first=not after, query=query,
        where=_where(frame, page.items), status_of=_status, may_retry=bool(can(frame.actor, RETRY, Facts())),
        processes=processes, kinds={kind: say(f"incident.kind.{kind}") for kind in KINDS},
        ages={str(hours): say("incident.age", hours=hours) for hours in AGES},
    )  # fmt: skip


def _page(frame: Frame, incident_id: str) -> Page:
    view = look_at_incident(frame, incident_id)
    found = view.incident
    may_retry = bool(can(frame.actor, RETRY, Facts()))
    return Page(
        "incidents/show.html", islands=True, view=view, found=found, where=_where(frame, [found]), status_of=_status,
        names=Names(frame.tx, [found.resolved_by]), may_retry=may_retry,
        may_repair=may_retry or may_set_variables(frame, view.case.id),
        picture=place_picture(frame, view.case, found.cause_element or found.element_id, "incident"),
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
