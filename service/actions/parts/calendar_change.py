"""A change of a calendar with everything it would move: shown first, then done from the same words if nothing has changed meanwhile."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.moving import Recount, counted_limits, recount
from service.domain.calendar import COUNTY, CalendarDay, DayKind, WorkCalendar, days_of_year, usually
from service.domain.calendar_change import (
    DayGiven,
    Plan,
    Understood,
    plan_change,
    understand_days,
    understand_notice,
    understand_table,
)
from service.domain.cases import CaseStatus
from service.domain.errors import Invalid, NotFound
from service.domain.people import OrgKind
from service.store import calendars, organisations

TEXT_LIMIT = 20_000
SOURCE_LIMIT = 200
NOTHING = Plan((), (), (), 0)
Layer = Mapping[date, CalendarDay]


@dataclass(frozen=True, slots=True)
class CalendarGiven:
    """One of ``notice`` (pasted text), ``table`` (rows with their heading) and ``days``.

    ``year``: of a notice without a title; of a table, that it says all there is to say of that year. ``source``: the paper behind it.
    """

    calendar_id: str = COUNTY
    notice: str = ""
    table: Sequence[Sequence[str]] = ()
    days: Sequence[DayGiven] = ()
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """``digest`` stands for all of it; empty when it was not understood. ``resting``: limits of suspended cases, counted when they go on."""

    understood: Understood
    plan: Plan
    recount: Recount
    resting: int
    digest: str


def prepare(frame: Frame, given: CalendarGiven) -> Prepared:
    """Nothing is written. NotFound and Invalid for an order that makes no sense; what is wrong in its words is in ``understood``."""
    line = _line(frame, given.calendar_id)
    understood = _understood(given)
    if understood.faults:
        return Prepared(understood, NOTHING, Recount((), ()), 0, "")
    known = calendars.load_calendars(frame.tx)
    plan = _plan(frame, understood, line)
    counted = recount(replace(frame, calendar=_after(known, given.calendar_id, plan)))
    resting = sum(1 for _ in counted_limits(frame, status=CaseStatus.SUSPENDED))
    content = {
        "calendar": given.calendar_id, "mark": known.mark, "put": [asdict(day) for day in plan.put],
        "back": plan.taken_back, "moves": [asdict(move) for move in counted.moves],
    }  # fmt: skip
    return Prepared(understood, plan, counted, resting, _digest(content))


def _digest(content: Mapping[str, object]) -> str:
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _line(frame: Frame, calendar_id: str) -> tuple[str, ...]:
    """The calendars that speak for this one, the nearest first."""
    if calendar_id == COUNTY:
        return (COUNTY,)
    above = organisations.line_of(frame.tx, calendar_id)
    if not above:
        raise NotFound("organisation.unknown", id=calendar_id)
    if above[0].kind is OrgKind.COUNTY:  # it stands above all: its days are those of the county's calendar
        raise Invalid("calendar.county_itself", county=COUNTY)
    return (*(o.id for o in above), COUNTY)


def _understood(given: CalendarGiven) -> Understood:
    if sum(bool(part) for part in (given.notice.strip(), given.table, given.days)) != 1:
        raise Invalid("calendar.one_of")
    if len(given.notice) > TEXT_LIMIT or len(given.source) > SOURCE_LIMIT:
        raise Invalid("calendar.too_long", text=TEXT_LIMIT, source=SOURCE_LIMIT)
    county = given.calendar_id == COUNTY
    if not county and (given.notice or given.year):
        raise Invalid("calendar.county_only")
    source = given.source.strip()
    if not given.notice and not source:
        raise Invalid("calendar.source_missing")
    if given.notice:
        return understand_notice(given.notice, year=given.year, source=source)
    if given.table:
        return understand_table(given.table, year=given.year, source=source)
    if county and any(day.kind is None for day in given.days):
        raise Invalid("calendar.nothing_above")
    return understand_days(given.days, source=source)


def _plan(frame: Frame, understood: Understood, line: Sequence[str]) -> Plan:
    named = [day.day for day in understood.days] + list(understood.taken_back)
    if understood.year:
        named += [next(days_of_year(understood.year)), date(understood.year, 12, 31)]
    first, last = min(named), max(named)
    layers = [calendars.days_of(frame.tx, id, first, last) for id in line]
    return plan_change(understood, layers[0], _looking_at(layers), lambda day: _looking_at(layers[1:])(day)[0])


def _looking_at(layers: Sequence[Layer]) -> Callable[[date], tuple[DayKind, bool]]:
    """The kind of a day as the first calendar that knows it says; a guess where none does."""

    def look(day: date) -> tuple[DayKind, bool]:
        found = next((layer[day] for layer in layers if day in layer), None)
        return (found.kind, False) if found else (usually(day), True)

    return look


def _after(known: WorkCalendar, calendar_id: str, plan: Plan) -> WorkCalendar:
    """The working days as they will be."""
    before = known.days if calendar_id == COUNTY else known.own.get(calendar_id, {})
    days = {day: works for day, works in before.items() if day not in plan.taken_back}
    days |= {day.day: day.kind.works for day in plan.put}
    if calendar_id == COUNTY:
        return WorkCalendar(days, known.own)
    return WorkCalendar(known.days, {**known.own, calendar_id: days})
