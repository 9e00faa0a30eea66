"""Functions of the calendar. today() and now() are the recorded time of the step, in the time of Beijing."""

from calendar import monthrange
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from service.domain.calendar import SHANGHAI
from service.engine.feel.builtins.form import Registry, form
from service.engine.feel.evaluate import Run
from service.engine.feel.operators import equal
from service.engine.feel.values import YearMonthDuration, kind

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _now(run: Run) -> datetime:
    offset = run.at.astimezone(SHANGHAI).utcoffset()
    assert offset is not None
    # A plain offset, not the zone: it is what is stored and compared.
    return run.at.astimezone(timezone(offset))


def _today(run: Run) -> date:
    return run.at.astimezone(SHANGHAI).date()


def _day_of_year(_run: Run, day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


def _day_of_week(_run: Run, day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def _month_of_year(_run: Run, day: date) -> str:
    return _MONTHS[day.month - 1]


def _week_of_year(_run: Run, day: date) -> Decimal:
    return Decimal(day.isocalendar().week)


def _last_day(_run: Run, day: date) -> date:
    return date(day.year, day.month, monthrange(day.year, day.month)[1])


def _months_between(_run: Run, start: date, end: date) -> YearMonthDuration:
    """Whole months by the calendar, towards zero; clocks do not count."""
    sign = 1
    if _key(start) > _key(end):
        start, end, sign = end, start, -1
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day:
        months -= 1
    return YearMonthDuration(sign * months)


def _key(day: date) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


def _is(run: Run, left: Any, right: Any) -> bool:
    """The same value, written the same way: dates and times also with the same offset."""
    if kind(left) != kind(right):
        return False
    zones = [getattr(value, "tzinfo", None) for value in (left, right)]
    if zones[0] is not None or zones[1] is not None:
        return bool(left == right and _offset(left) == _offset(right))
    return equal(run.meter, left, right) is True


def _offset(value: Any) -> Any:
    return None if value.tzinfo is None else value.utcoffset()


_DAY = "date:date|date and time"

FORMS: Registry = {
    "now": (form(_now),),
    "today": (form(_today),),
    "day of year": (form(_day_of_year, _DAY),),
    "day of week": (form(_day_of_week, _DAY),),
    "month of year": (form(_month_of_year, _DAY),),
    "week of year": (form(_week_of_year, _DAY),),
    "last day of month": (form(_last_day, _DAY),),
    "years and months duration": (form(_months_between, "from:date|date and time", "to:date|date and time"),),
    "is": (form(_is, "value1:any", "value2:any"),),
}
