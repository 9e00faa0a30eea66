"""What stands behind the dot: entries of contexts and the named parts of dates, times, durations and ranges.

The parts stand in dicts by kind; no attribute of any Python object is ever reached by a name of the expression.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.engine.feel import times
from service.engine.feel.errors import Failed
from service.engine.feel.operators import kind_text
from service.engine.feel.values import kind


def property_of(value: Any, name: str) -> Any:
    """The entry or part ``name`` of ``value``; raises Failed when there is none."""
    if type(value) is dict:
        if name in value:
            return value[name]
        raise Failed("feel.name.entry", name=name)
    part = PARTS.get(kind(value), {}).get(name)
    if part is None:
        raise Failed("feel.name.part", name=name, found=kind_text(value))
    return part(value)


def _offset(value: Any) -> timedelta | None:
    offset: timedelta | None = value.utcoffset()
    return offset


def _zone(value: Any) -> str | None:
    text = times.zone_text(value)
    return text.removeprefix("@") or None


def _clock(value: timedelta, unit: int, limit: int) -> Decimal:
    """Whole units of the length, modulo the next larger unit, with its sign."""
    sign = -1 if value < timedelta() else 1
    whole = abs(value) // timedelta(seconds=unit)
    return Decimal(sign * (whole % limit if limit else whole))


_CALENDAR: dict[str, Callable[[Any], Any]] = {
    "year": lambda v: Decimal(v.year),
    "month": lambda v: Decimal(v.month),
    "day": lambda v: Decimal(v.day),
    "weekday": lambda v: Decimal(v.isoweekday()),
}
_CLOCK: dict[str, Callable[[Any], Any]] = {
    "hour": lambda v: Decimal(v.hour),
    "minute": lambda v: Decimal(v.minute),
    "second": lambda v: Decimal(v.second),
    "time offset": _offset,
    "timezone": _zone,
}

PARTS: dict[str, dict[str, Callable[[Any], Any]]] = {
    "date": _CALENDAR,
    "time": _CLOCK,
    "date and time": {**_CALENDAR, **_CLOCK},
    "years and months duration": {
        "years": lambda v: Decimal(int(v.months / 12)),
        "months": lambda v: Decimal(v.months - int(v.months / 12) * 12),
    },
    "days and time duration": {
        "days": lambda v: _clock(v, 86_400, 0),
        "hours": lambda v: _clock(v, 3600, 24),
        "minutes": lambda v: _clock(v, 60, 60),
        "seconds": lambda v: _clock(v, 1, 60),
    },
    "range": {
        "start": lambda v: v.low,
        "end": lambda v: v.high,
        "start included": lambda v: v.low_in,
        "end included": lambda v: v.high_in,
    },
}
