"""A person looks at a year of a calendar: what every day is, who says so, and which days nobody has settled yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from service.actions.frame import Frame
from service.domain.calendar import COUNTY, CalendarDay, days_of_year, usually
from service.domain.errors import NotFound
from service.store import calendars, organisations


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """``said_by``: id of the calendar that says so, empty for a guess."""

    day: CalendarDay
    said_by: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """``provisional``: some of its days are guessed."""

    calendar_id: str
    year: int
    days: tuple[DayOfYear, ...]
    provisional: bool


def look_at_calendar(frame: Frame, calendar_id: str, year: int) -> CalendarYear:
    """Every day of the year as the nearest calendar that knows it says; NotFound for an organisation that is not there."""
    layers = dict(_layers(frame, calendar_id, year))
    days = tuple(_day(day, layers) for day in days_of_year(year))
    return CalendarYear(calendar_id, year, days, any(day.provisional for day in days))


def _layers(frame: Frame, calendar_id: str, year: int) -> list[tuple[str, Mapping[date, CalendarDay]]]:
    line = [COUNTY]
    if calendar_id != COUNTY:
        above = [o.id for o in organisations.line_of(frame.tx, calendar_id)]
        if not above:
            raise NotFound("organisation.unknown", id=calendar_id)
        line = [*above, COUNTY]
    return [(id, calendars.days_of(frame.tx, id, date(year, 1, 1), date(year, 12, 31))) for id in line]


def _day(day: date, layers: Mapping[str, Mapping[date, CalendarDay]]) -> DayOfYear:
    for id, known in layers.items():
        if day in known:
            return DayOfYear(known[day], id, provisional=False)
    return DayOfYear(CalendarDay(day, usually(day), origin=""), "", provisional=True)
