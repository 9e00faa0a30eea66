"""Working days that are published already: the State Council's notices as the library ``chinesecalendar`` knows them (2004 on).

The only file that asks that library. Later years stay provisional until their notice is entered.
"""

from collections.abc import Iterator
from datetime import date
from importlib.metadata import version

from chinese_calendar import constants

from service.domain.calendar import CalendarDay, DayKind, days_of_year, plainly

FIRST_YEAR = 2004
WHOLE_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def published_days() -> tuple[CalendarDay, ...]:
    """Every day of the years whose notice the library knows, in order."""
    source = calendar_source()
    return tuple(day for year in range(FIRST_YEAR, last_year() + 1) for day in _year(year, source))


def last_year() -> int:
    latest: date = max(constants.holidays)
    return latest.year


def calendar_source() -> str:
    return f"chinesecalendar {version('chinesecalendar')}"


def _year(year: int, source: str) -> Iterator[CalendarDay]:
    for day in days_of_year(year):
        named = constants.holidays.get(day) or constants.workdays.get(day)
        kind = plainly(day)
        if day in constants.holidays:
            kind = DayKind.HOLIDAY
        elif day in constants.workdays:
            kind = DayKind.SHIFTED
        name = constants.Holiday(named).chinese if named else ""
        name = WHOLE_NAMES.get(name, name)
        yield CalendarDay(day, kind, name, source, origin="seed", notice_year=_notice_year(day, named=bool(named)))


def _notice_year(day: date, *, named: bool) -> int:
    """What a notice says of the last days of a year belongs to New Year's Day after them."""
    return day.year + 1 if named and day.month == 12 else day.year
