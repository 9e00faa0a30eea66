"""An administrator confirms what was previewed: days, limits and reminders change together, and the history tells of both."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.administering import administer
from service.actions.parts.calendar_change import CalendarGiven, Prepared, prepare
from service.actions.parts.moving import write_moves, write_settled
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.actions.parts.touch import note_on_case
from service.domain.calendar import SHANGHAI
from service.domain.counting import Move, told
from service.domain.errors import Conflict, Invalid
from service.store import calendars, cases, people
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class ChangeCalendar:
    """``preview``: the digest the preview gave. Anything else than what was shown then is refused."""

    given: CalendarGiven
    preview: str


def change_calendar(frame: Frame, order: ChangeCalendar) -> Prepared:
    """What was done. Only what was previewed, all of it or nothing."""
    administer(frame, "calendar.change")
    if not calendars.change_alone(frame.tx):
        raise Conflict("calendar.busy")
    prepared = prepare(frame, order.given)
    if prepared.understood.faults:
        faults = prepared.understood.faults
        raise Invalid("calendar.refused", count=len(faults), faults=faults)
    if prepared.digest != order.preview:
        name, when = _last_change(frame)
        raise Conflict("calendar.moved_on", name=name, when=when)
    if not (prepared.plan.put or prepared.plan.taken_back):
        raise Conflict("calendar.nothing")
    _write(frame, order.given, prepared)
    return prepared


def _write(frame: Frame, given: CalendarGiven, prepared: Prepared) -> None:
    plan, id = prepared.plan, given.calendar_id
    calendars.put_days(
        frame.tx, id, plan.put, at=frame.now, mark=frame.new_id(), by=frame.actor.person_id
    )  # fmt: skip
    calendars.forget_days(frame.tx, id, plan.taken_back)
    chain = f"calendar/{id}"
    sealed = seal_chain_event(frame, chain, EventFacts(type="calendar.changed", facts=_facts(given, prepared)))
    for case_id, group in groupby(sorted(prepared.recount.moves, key=_place), key=lambda move: move.case_id):
        _move_case(frame, case_id, list(group), because={"chain": chain, "seq": sealed.seq})
    write_settled(frame, prepared.recount.settled)
    notify_work(frame.tx)


def _place(move: Move) -> tuple[str, int, str]:
    return move.case_id, move.number, move.kind


def _move_case(frame: Frame, case_id: str, moves: list[Move], *, because: dict[str, Any]) -> None:
    case = cases.lock_case(frame.tx, case_id)
    assert case
    write_moves(frame, moves)
    facts = {"because": because, "moved": [told(move) for move in moves]}
    note_on_case(frame, case, EventFacts(type="deadline.moved", facts=facts))


def _facts(given: CalendarGiven, prepared: Prepared) -> dict[str, Any]:
    understood, plan, counted = prepared.understood, prepared.plan, prepared.recount
    changes = [
        {"day": c.day.isoformat(), "from": c.before.value, "to": c.after.value, "guessed": c.guessed, "name": c.name}
        for c in plan.changes
    ]
    facts: dict[str, Any] = {
        "calendar": given.calendar_id, "origin": understood.origin, "source": understood.source, "changes": changes,
        "settled_days": plan.settled, "moved_cases": len({move.case_id for move in counted.moves}),
        "settled_limits": len(counted.settled),
    }  # fmt: skip
    optional = {"year": understood.year, "text": given.notice}
    return facts | {key: value for key, value in optional.items() if value}


def _last_change(frame: Frame) -> tuple[str, str]:
    """Who changed a calendar last, and when."""
    by, at = calendars.last_change(frame.tx)
    person = people.get_person(frame.tx, by) if by else None
    when = at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S") if at else "-"
    return person.name if person else by or "-", when
