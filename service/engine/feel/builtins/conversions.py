"""Functions that make one kind of value from another: string, number, date, time, date and time, duration, range."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

from service.engine.feel import times
from service.engine.feel.builtins.form import Registry, form, whole
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.limits import NUMBERS
from service.engine.feel.operators import calculate
from service.engine.feel.text import text_of
from service.engine.feel.values import YearMonthDuration

_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")

# Fuel of reading a date, a time, a duration out of a text: about that many times a sum.
CLOCK = 10


def _string(run: Run, value: Any) -> str | None:
    return None if value is None else text_of(run.meter, value)


def _number(_run: Run, text: str, group: str | None = None, point: str | None = None) -> Decimal:
    if group not in (None, " ", ",", ".") or point not in (None, ",", ".") or (group is not None and group == point):
        raise Failed("feel.number.text", text=text[:40])
    if len(text) > 100:
        raise Failed("feel.number.text", text=text[:40])
    plain = text.replace(group, "") if group else text
    if point and point != ".":
        plain = plain.replace(point, ".") if "." not in plain else ""
    if not _NUMBER.fullmatch(plain):
        raise Failed("feel.number.text", text=text[:40])
    return calculate(NUMBERS.create_decimal, plain)


def _same(_run: Run, value: Decimal) -> Decimal:
    return value


def _date_text(run: Run, text: str) -> date:
    run.meter.charge(CLOCK)
    return times.parse_date(text)


def _date_of(_run: Run, moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _date_parts(_run: Run, year: Decimal, month: Decimal, day: Decimal) -> date:
    try:
        return date(whole(year), whole(month), whole(day))
    except (ValueError, OverflowError):
        raise Failed("feel.time.date", text=f"{year}-{month}-{day}") from None


def _time_text(run: Run, text: str) -> time:
    run.meter.charge(CLOCK)
    return times.parse_time(text)


def _time_of(_run: Run, moment: Any) -> time:
    """A date has no clock: its midnight in UTC, as the standard wants."""
    if isinstance(moment, datetime):
        return moment.timetz()
    return moment if isinstance(moment, time) else time(tzinfo=UTC)


def _time_parts(_run: Run, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time:
    seconds = second.to_integral_value(rounding="ROUND_FLOOR")
    micro = int((second - seconds) * 1_000_000)
    try:
        zone = None if offset is None else UTC if not offset else timezone(offset)
        return time(whole(hour), whole(minute), int(seconds), micro, zone)
    except (ValueError, OverflowError):
        raise Failed("feel.time.time", text=f"{hour}:{minute}:{second}") from None


def _moment_text(run: Run, text: str) -> datetime:
    run.meter.charge(CLOCK)
    return times.parse_datetime(text)


def _moment_of(_run: Run, day: date, clock: time) -> datetime:
    return datetime.combine(day if not isinstance(day, datetime) else day.date(), clock)


def _duration(run: Run, text: str) -> timedelta | YearMonthDuration:
    run.meter.charge(CLOCK)
    return times.parse_duration(text)


_ALL = "from:any"

FORMS: Registry = {
    "string": (form(_string, _ALL),),
    "number": (
        form(_same, "from:number"),
        form(_number, "from:string", "grouping separator:string?", "decimal separator:string?"),
    ),
    "date": (
        form(_date_text, "from:string"),
        form(_date_of, "from:date|date and time"),
        form(_date_parts, "year:number", "month:number", "day:number"),
    ),
    "time": (
        form(_time_text, "from:string"),
        form(_time_of, "from:time|date|date and time"),
        form(_time_parts, "hour:number", "minute:number", "second:number", "offset:days and time duration?"),
    ),
    "date and time": (
        form(_moment_text, "from:string"),
        form(_moment_of, "date:date|date and time", "time:time"),
    ),
    "duration": (form(_duration, "from:string"),),
}
