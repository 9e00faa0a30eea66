"""A person looks at the register of deadlines as it stands on a day, or tries how the words of an order are read."""

from dataclasses import dataclass
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.deadlines import calendar_for
from service.domain.calendar import WorkCalendar, local_date
from service.domain.deadline_words import read_deadline
from service.domain.deadlines import Deadline, Standing, standing_on
from service.domain.errors import NotFound
from service.domain.people import OrgKind
from service.store import deadlines, organisations


@dataclass(frozen=True, slots=True)
class LookAtDeadlines:
    """``day`` None: today. ``state`` and ``conflict`` are words of ``domain.deadlines``."""

    day: date | None = None
    organisation_id: str | None = None
    strength: str | None = None
    state: str | None = None
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and how it stands on ``day``."""

    deadline: Deadline
    standing: Standing
    day: date


@dataclass(frozen=True, slots=True)
class ReadWords:
    """``last_workday``: the last working day up to ``due``; ``provisional``: one of them lies in a year without a notice."""

    due: date
    last_workday: date
    provisional: bool


def look_at_deadlines(frame: Frame, order: LookAtDeadlines) -> tuple[Placed, ...]:
    """Every row that fits, by subject and organisation."""
    day = order.day or local_date(frame.now)
    found = deadlines.list_deadlines(frame.tx, organisation_id=order.organisation_id, strength=order.strength)
    kinds = {o.id: o.kind for o in organisations.list_organisations(frame.tx)}
    calendars = {id: calendar_for(frame, id) for id in {row.organisation_id for row in found}}
    placed = (_placed(row, day, calendars[row.organisation_id], kinds[row.organisation_id]) for row in found)
    return tuple(
        each
        for each in placed
        if order.state in (None, each.standing.state) and order.conflict in (None, each.deadline.conflict)
    )


def look_at_deadline(frame: Frame, id: str, day: date | None = None) -> Placed:
    """One row; NotFound when there is none."""
    found = deadlines.get_deadline(frame.tx, id)
    organisation = organisations.get_organisation(frame.tx, found.organisation_id) if found else None
    if found is None or organisation is None:
        raise NotFound("deadline.unknown", id=id)
    calendar = calendar_for(frame, found.organisation_id)
    return _placed(found, day or local_date(frame.now), calendar, organisation.kind)


def look_at_words(frame: Frame, words: str, *, base: date, organisation_id: str | None = None) -> ReadWords:
    """How the words of an order of ``base`` are read; Invalid names what is not understood."""
    calendar = calendar_for(frame, organisation_id)
    due = read_deadline(words, base=base, calendar=calendar)
    last = calendar.last_workday(due)
    return ReadWords(due, last, any(calendar.is_provisional(day) for day in (due, last)))


def _placed(found: Deadline, day: date, calendar: WorkCalendar, kind: OrgKind) -> Placed:
    return Placed(found, standing_on(found, day, calendar, kind), day)
