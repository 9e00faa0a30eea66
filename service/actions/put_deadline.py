"""An administrator enters a deadline of an order, or corrects one: the words as they stand there, the day read from them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.administering import administer
from service.actions.parts.deadlines import calendar_for
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.calendar import WorkCalendar, local_date
from service.domain.deadline_words import read_deadline
from service.domain.deadlines import Clause, Deadline, Strength
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.texts import say
from service.store import deadlines, organisations

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
RESERVED = frozenset({"new", "words"})  # addresses of forms
MOST_CLAUSES = 5
TEXT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class ClauseGiven:
    """``dated``: there is a day in the words; otherwise they are only kept (加快推进)."""

    place: str
    words: str
    named: bool = False
    dated: bool = True


@dataclass(frozen=True, slots=True)
class PutDeadline:
    """``clauses``: every clause that speaks of it. ``if_match``: the version last seen, when it is corrected. ``new``: there must be none yet."""

    id: str
    document: str
    document_date: date
    subject: str
    organisation_id: str
    strength: Strength
    clauses: Sequence[ClauseGiven]
    helper_id: str | None = None
    reason: str = ""
    done_on: date | None = None
    done_note: str = ""
    example: bool = False
    if_match: int | None = None
    new: bool = False


def put_deadline(frame: Frame, order: PutDeadline) -> Deadline:
    """The row as it stands now. Other clauses than before open a settled conflict again."""
    administer(frame, "deadline.put")
    before = deadlines.get_deadline(frame.tx, order.id, lock=True)
    if before and order.new:
        raise Conflict("deadline.there_already", id=order.id)
    if before:
        must_match(order.if_match, before.version, what=before.subject)
    _check(frame, order)
    made = _made(frame, order, before)
    if before == made:
        return made
    made = replace(made, version=made.version + 1) if before else made
    if before:
        deadlines.put_deadline(frame.tx, made)
    elif not deadlines.add_deadline(frame.tx, made):
        raise Conflict("deadline.there_already", id=order.id)
    seal_chain_event(frame, f"deadline/{made.id}", EventFacts(type="deadline.put", facts=_facts(made)))
    return made


def _check(frame: Frame, order: PutDeadline) -> None:
    """Invalid with everything that is wrong."""
    faults = [*_text_faults(order), *_field_faults(frame, order), *_clause_faults(frame, order)]
    if faults:
        raise Invalid("deadline.refused", count=len(faults), faults=faults)


def _text_faults(order: PutDeadline) -> Iterator[Fault]:
    if not ID.fullmatch(order.id) or order.id in RESERVED:
        yield _fault("id", "deadline.id", found=order.id[:60])
    for name in ("document", "subject", "reason", "done_note"):
        text = getattr(order, name).strip()
        if not text and name in ("document", "subject"):
            yield _fault(name, "deadline.empty")
        if len(text) > TEXT_LIMIT:
            yield _fault(name, "deadline.text_long", limit=TEXT_LIMIT)


def _field_faults(frame: Frame, order: PutDeadline) -> Iterator[Fault]:
    for name, id in (("organisation", order.organisation_id), ("helper", order.helper_id)):
        if id is not None and organisations.get_organisation(frame.tx, id) is None:
            yield _fault(name, "organisation.unknown", id=id)
    if order.strength in (Strength.DEFERRED, Strength.UNCLEAR) and not order.reason.strip():
        yield _fault("reason", "deadline.why")
    if order.done_on and order.done_on > local_date(frame.now):
        yield _fault("done_on", "deadline.done_later", day=order.done_on.isoformat())


def _clause_faults(frame: Frame, order: PutDeadline) -> Iterator[Fault]:
    if not 0 < len(order.clauses) <= MOST_CLAUSES:
        yield _fault("clauses", "deadline.clauses", limit=MOST_CLAUSES)
    calendar = calendar_for(frame, order.organisation_id)
    for number, clause in enumerate(order.clauses, start=1):
        if not clause.place.strip() or not clause.words.strip() or len(clause.place) > TEXT_LIMIT:
            yield _fault(f"clauses.{number}", "deadline.clause_empty")
            continue
        try:
            _clause(clause, order.document_date, calendar)
        except Invalid as error:
            yield Fault("words", str(error), {"field": f"clauses.{number}"})
    if order.strength is Strength.HARD and order.clauses and not any(clause.dated for clause in order.clauses):
        yield _fault("clauses", "deadline.hard_without_day")


def _fault(field: str, text: str, /, **values: object) -> Fault:
    return Fault(field, say(text, **values), {"field": field})


def _made(frame: Frame, order: PutDeadline, before: Deadline | None) -> Deadline:
    calendar = calendar_for(frame, order.organisation_id)
    clauses = tuple(_clause(clause, order.document_date, calendar) for clause in order.clauses)
    made = Deadline(
        order.id, order.document.strip(), order.document_date, order.subject.strip(), order.organisation_id,
        order.strength, clauses, order.helper_id, order.reason.strip(), done_on=order.done_on,
        done_note=order.done_note.strip(), example=order.example,
    )  # fmt: skip
    if before is None:
        return made
    if before.clauses != clauses:
        return replace(made, version=before.version)
    return replace(
        made, version=before.version, chosen=before.chosen, chosen_reason=before.chosen_reason,
        chosen_by=before.chosen_by, chosen_at=before.chosen_at,
    )  # fmt: skip


def _clause(given: ClauseGiven, base: date, calendar: WorkCalendar) -> Clause:
    due = read_deadline(given.words, base=base, calendar=calendar) if given.dated else None
    return Clause(given.place.strip(), given.words.strip(), due, given.named)


def _facts(made: Deadline) -> dict[str, object]:
    return {
        "subject": made.subject, "organisation": made.organisation_id, "document": made.document,
        "strength": made.strength.value, "version": made.version, "conflict": made.conflict.value,
        "clauses": [
            {"place": c.place, "words": c.words, "due": c.due.isoformat() if c.due else None, "named": c.named}
            for c in made.clauses
        ],
        "due": made.clause.due.isoformat() if made.clause.due else None,
        "done_on": made.done_on.isoformat() if made.done_on else None, "reason": made.reason,
    }  # fmt: skip
