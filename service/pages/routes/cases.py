"""Cases: the list with its filters, one case with everything known of it, and the acts on a whole case."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.cancel_case import CancelCase, cancel_case
from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.actions.frame import Frame
from service.actions.look_at_case import look_at_case
from service.actions.resume_case import ResumeCase, resume_case
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.cases import CaseStatus
from service.domain.people import OrgKind
from service.domain.permission import visible
from service.domain.texts import say
from service.pages.diagrams import case_diagram
from service.pages.door import Door, PageDoor
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import cases, definitions, files, incidents, notices, tasks

router = APIRouter()
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
Order = Literal["paper", "entry"]
ROWS = 20
SHOWN_ACTS = 100
PLACES = frozenset({OrgKind.TOWNSHIP, OrgKind.ZONE})


@router.get("/cases")
def list_cases(
    door: Door, q: Text = "", status: Text = "", township: Text = "", process: Text = "", mine: bool = False,
    after: After = "",
) -> Response:  # fmt: skip
    """Cases this person may see, newest first."""
    query = {"q": q, "status": status, "township": township, "process": process, "mine": "true" if mine else ""}

    def look(frame: Frame) -> Page:
        page = cases.list_cases(
            frame.tx, visible=visible(frame.actor), text=q.strip(), status=status or None, township=township or None,
            process_key=process or None, initiator=frame.actor.person_id if mine else None, after=after or None,
            limit=ROWS,
        )  # fmt: skip
        processes = {d.process_key: d.name for d in reversed(definitions.list_definitions(frame.tx))}
        waits = tasks.waiting_names(frame.tx, [case.id for case in page.items])
        names = Names(frame.tx, {case.initiator_id for case in page.items})
        return Page(
            "cases/list.html", rows=page.items, next=page.next, first=not after, query=query, processes=processes,
            statuses={s.value: say(f"case.status.{s.value}") for s in CaseStatus}, waits=waits, names=names,
            townships=names.of_kinds(PLACES),
        )  # fmt: skip

    return door.show(look)


@router.get("/cases/{case_id}")
def show(door: Door, case_id: str, order: Order = "paper", all: bool = False, diagram: Text = "") -> Response:
    """办理经过 in the order of the paper (办理日期) or of entry (录入时间). ``diagram``: another process of the deployment."""
    return door.show(lambda frame: _page(frame, case_id, order=order, everything=all, process=diagram))


@router.post("/cases/{case_id}/suspend")
def suspend(door: Door, case_id: str) -> Response:
    """挂起."""

    def act(frame: Frame) -> Done:
        reason, version = _reason(door, "suspend")
        suspend_case(frame, SuspendCase(case_id, reason, version))
        return Done(f"/cases/{case_id}", say("notice.suspended"))

    return _do(door, act, case_id)


@router.post("/cases/{case_id}/resume")
def resume(door: Door, case_id: str) -> Response:
    """恢复."""

    def act(frame: Frame) -> Done:
        reason, version = _reason(door, "resume")
        resume_case(frame, ResumeCase(case_id, reason, version))
        return Done(f"/cases/{case_id}", say("notice.resumed"))

    return _do(door, act, case_id)


@router.post("/cases/{case_id}/cancel")
def cancel(door: Door, case_id: str) -> Response:
    """撤销."""

    def act(frame: Frame) -> Done:
        reason, version = _reason(door, "cancel")
        cancel_case(frame, CancelCase(case_id, reason, version))
        return Done(f"/cases/{case_id}", say("notice.cancelled"))

    return _do(door, act, case_id)


@router.post("/cases/{case_id}/messages")
def send(door: Door, case_id: str) -> Response:
    """A message the diagram lets this person send, such as 撤回批次."""
    given = door.given

    def act(frame: Frame) -> Done:
        name, key = given.text("name", most=200, required=True), given.text("key", most=300)
        if not given.flag(f"sure_{name}"):
            given.wrong(f"sure_{name}", "given.not_sure")
        given.check()
        correlate_message(frame, CorrelateMessage(name, key, {}, case_id))
        return Done(f"/cases/{case_id}", say("notice.sent"))

    return _do(door, act, case_id)


def _do(door: PageDoor, act: Callable[[Frame], Done], case_id: str) -> Response:
    return door.do(act, again=lambda frame: _page(frame, case_id), thing=case_id)


def _reason(door: PageDoor, verb: str) -> tuple[str, int | None]:
    """Why, and the version the person looked at."""
    given = door.given
    reason, version = given.text(f"why_{verb}", required=True), given.whole("version", least=0, most=2**31 - 1)
    given.check()
    return reason, version


def _page(frame: Frame, case_id: str, *, order: Order = "paper", everything: bool = False, process: str = "") -> Page:
    view = look_at_case(frame, case_id, with_acts=True)
    case = view.case
    acts = view.acts
    if order == "entry":
        acts = tuple(sorted(acts, key=lambda act: act.seq))
    shown = acts if everything else acts[-SHOWN_ACTS:]
    open_tasks = {t.id: t for t in view.tasks}
    people = {case.initiator_id, *(a.actor for a in shown), *(t.assignee_id for t in open_tasks.values())}
    receipts = notices.receipts_of(frame.tx, case_id)
    found_files = files.attachments_of(frame.tx, case_id=case_id)
    people |= {r.receipted_by for r in receipts} | {f.added_by for f in found_files}
    scope = visible(frame.actor)
    return Page(
        "cases/show.html", islands=True, diagram=case_diagram(frame, case_id, process), view=view, case=case,
        acts=shown, acts_left=len(acts) - len(shown), order=order, open_tasks=open_tasks, access=cases.access_of(frame.tx, case_id), files=found_files, receipts=receipts,
        incidents=incidents.open_incidents(frame.tx, case_id), names=Names(frame.tx, people), now=frame.now,
        parent=cases.get_visible(frame.tx, case.parent_case_id, scope) if case.parent_case_id else None,
        children=cases.list_cases(frame.tx, visible=scope, parent_case_id=case_id, limit=100).items,
    )  # fmt: skip
