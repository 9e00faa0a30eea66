"""What a FEEL value may be, and the few classes Python does not bring.

None, bool, Decimal, str, date, time, datetime, timedelta (days and time duration), YearMonthDuration, list, dict (context),
Range, Function. Anything else is refused at the door (``limits.Meter.adopt``): no object with methods of its own ever gets in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class YearMonthDuration:
    """A years and months duration, signed, in whole months. Its text is ``P1Y2M``."""

    months: int

    def __str__(self) -> str:
        if not self.months:
            return "P0M"
        years, months = divmod(abs(self.months), 12)
        text = "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")
        return "-" + text if self.months < 0 else text


@dataclass(frozen=True, slots=True, eq=False)
class Range:
    """``[low..high]``; an end that is None is open to infinity. ``low_in`` and ``high_in``: the end belongs to the range.

    ``low_given`` / ``high_given`` tell ``(< 5)`` (no low end at all) from ``[null..5]``.
    """

    low: Any
    high: Any
    low_in: bool = True
    high_in: bool = True
    low_given: bool = True
    high_given: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """Something that can be called: ``call(positional, named)``. ``parameters`` are names; ``name`` is for messages."""

    name: str
    parameters: tuple[str, ...]
    call: Callable[[list[Any], dict[str, Any]], Any]


def kind(value: Any) -> str:
    """The FEEL type name of a value: null, boolean, number, string, date, time, date and time, ... context, range, function."""
    found = _KINDS.get(type(value))
    if found is None:
        raise TypeError(f"not a FEEL value: {type(value)!r}")
    return found


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    datetime: "date and time",
    date: "date",
    time: "time",
    timedelta: "days and time duration",
    YearMonthDuration: "years and months duration",
    list: "list",
    dict: "context",
    Range: "range",
    Function: "function",
}
