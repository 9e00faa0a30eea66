"""期限台账 and 逾期台账: what orders ask by when, with the flag of clauses that contradict each other, and what is late."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_deadlines import LookAtDeadlines, Placed, look_at_deadline, look_at_deadlines
from service.actions.look_at_overdue import LookAtOverdue, look_at_overdue
from service.actions.parts.administering import administer
from service.actions.put_deadline import ClauseGiven, PutDeadline, put_deadline
from service.actions.settle_deadline import SettleDeadline, settle_deadline
from service.domain.administration import may
from service.domain.calendar import local_date
from service.domain.deadlines import Conflict, Deadline, State, Strength
from service.domain.people import Actor
from service.domain.permission import Facts, can
from service.domain.texts import say
from service.pages.door import Door
from service.pages.given import Given
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import organisations

router = APIRouter()
Day = Annotated[date | None, Query()]
Filter = Annotated[str, Query(max_length=64)]
After = Annotated[str, Query(max_length=600)]
CLAUSES = 3  # lines of the form
ROWS = 20


@router.get("/deadlines")
def list_deadlines(
    door: Door, on: Day = None, organisation: Filter = "", state: Filter = "", conflict: Filter = ""
) -> Response:
    """The register as it stands on a day."""

    def look(frame: Frame) -> Page:
        day = on or local_date(frame.now)
        order = LookAtDeadlines(
            day, organisation or None, state=state if state in list(State) else None,
            conflict=conflict if conflict in list(Conflict) else None,
        )  # fmt: skip
        rows = look_at_deadlines(frame, order)
        return Page(
            "deadlines/list.html", rows=rows, on=day, organisation=organisation, state=state, conflict=conflict,
            names=Names(frame.tx), states={each.value: say(f"deadline.state.{each.value}") for each in State},
            organisations=_organisations(frame), enters=bool(may(frame.actor, "deadline.put")),
            filtered=bool(organisation or state or conflict),
        )  # fmt: skip

    return door.show(look)


@router.get("/deadlines/new")
def begin_deadline(door: Door) -> Response:
    """An empty form, for the administrator."""
    return door.show(lambda frame: _form(frame, None))


@router.post("/deadlines/new")
def enter_deadline(door: Door) -> Response:
    def act(frame: Frame) -> Done:
        order = _order(door.given, door.given.text("id", most=100, required=True))
        return _saved(put_deadline(frame, replace(order, new=True)))

    return door.do(act, again=lambda frame: _form(frame, None), thing="deadline")


@router.get("/deadlines/{deadline_id}")
def show_deadline(door: Door, deadline_id: str, on: Day = None) -> Response:
    """One row with all its clauses, and who settled what."""
    return door.show(lambda frame: _one(frame, deadline_id, on))


@router.get("/deadlines/{deadline_id}/edit")
def edit_deadline(door: Door, deadline_id: str) -> Response:
    return door.show(lambda frame: _form(frame, look_at_deadline(frame, deadline_id).deadline))


@router.post("/deadlines/{deadline_id}/edit")
def correct_deadline(door: Door, deadline_id: str) -> Response:
    def act(frame: Frame) -> Done:
        return _saved(put_deadline(frame, _order(door.given, deadline_id)))

    def again(frame: Frame) -> Page:
        return _form(frame, look_at_deadline(frame, deadline_id).deadline)

    return door.do(act, again=again, thing=deadline_id)


@router.post("/deadlines/{deadline_id}/settle")
def settle(door: Door, deadline_id: str) -> Response:
    """县政府办 says which clause counts."""

    def act(frame: Frame) -> Done:
        given = door.given
        clause = given.whole("clause", least=1, most=5, required=True) or 0
        reason = given.text("reason", required=True)
        version = given.whole("version", least=1, most=10**6)
        given.check()
        done = settle_deadline(frame, SettleDeadline(deadline_id, clause, reason, version))
        return Done(f"/deadlines/{deadline_id}", say("deadline.page.settled", subject=done.subject, clause=clause))

    return door.do(act, again=lambda frame: _one(frame, deadline_id, None), thing=deadline_id)


@router.get("/overdue")
def list_overdue(
    door: Door, state: Literal["open", "ended", "all"] = "open", organisation: Filter = "", after: After = ""
) -> Response:
    """What is late in cases I may see, the longest overdue first."""

    def look(frame: Frame) -> Page:
        order = LookAtOverdue(state, organisation or None, after=after or None, limit=ROWS)
        page = look_at_overdue(frame, order)
        return Page(
            "deadlines/overdue.html", rows=page.items, next=page.next, first=not after, state=state,
            organisation=organisation, organisations=_organisations(frame),
            names=Names(frame.tx, [late.row.task.assignee_id for late in page.items]),
        )  # fmt: skip

    return door.show(look)


def _one(frame: Frame, id: str, on: date | None) -> Page:
    placed: Placed = look_at_deadline(frame, id, on)
    row = placed.deadline
    office = organisations.organisation_by_office(frame.tx, "county_office")
    return Page(
        "deadlines/show.html", row=row, standing=placed.standing, on=placed.day, names=Names(frame.tx, [row.chosen_by]),
        settles=row.conflict is Conflict.OPEN and _settles(frame.actor, office.id if office else ""),
        enters=bool(may(frame.actor, "deadline.put")),
    )  # fmt: skip


def _settles(actor: Actor, office: str) -> bool:
    return bool(can(actor, "deadline.settle", Facts(county_office_id=office)))


def _form(frame: Frame, row: Deadline | None) -> Page:
    administer(frame, "deadline.put")
    return Page(
        "deadlines/edit.html", row=row, organisations=_organisations(frame), lines=range(1, CLAUSES + 1),
        strengths={each.value: say(f"deadline.strength.{each.value}") for each in Strength},
    )  # fmt: skip


def _order(given: Given, id: str) -> PutDeadline:
    strength = given.choice("strength", [each.value for each in Strength], required=True)
    order = PutDeadline(
        id, given.text("document", most=500, required=True), given.day("document_date", required=True) or date.min,
        given.text("subject", most=500, required=True), given.text("organisation", most=64, required=True),
        Strength(strength or Strength.HARD), _clauses(given), given.text("helper", most=64) or None,
        given.text("reason", most=500), given.day("done_on"), given.text("done_note", most=500),
        example=given.flag("example"), if_match=given.whole("version", least=1, most=10**6),
    )  # fmt: skip
    given.check()
    return order


def _clauses(given: Given) -> list[ClauseGiven]:
    found = []
    for n in range(1, CLAUSES + 1):
        place, words = given.text(f"place{n}", most=500), given.text(f"words{n}", most=60)
        if place or words:
            found.append(ClauseGiven(place, words, named=given.flag(f"named{n}"), dated=not given.flag(f"undated{n}")))
    return found


def _saved(row: Deadline) -> Done:
    return Done(f"/deadlines/{row.id}", say("deadline.page.saved", subject=row.subject))


def _organisations(frame: Frame) -> dict[str, str]:
    return {o.id: o.name for o in organisations.list_organisations(frame.tx)}
