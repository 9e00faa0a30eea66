"""Values as text, the way string() writes them. Metered: shared lists cannot blow up."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from service.engine.feel import times
from service.engine.feel.errors import OverLimit
from service.engine.feel.limits import DEPTH, Meter
from service.engine.feel.values import Function, Range, YearMonthDuration


def text_of(meter: Meter, value: Any) -> str:
    """``value`` as text; a text is itself, inside lists and contexts it is quoted."""
    if type(value) is str:
        return value
    text = "".join(_Writer(meter).parts(value))
    meter.text(len(text))
    return text


def shown(value: Any, limit: int = 60) -> str:
    """The beginning of a value as text, for messages."""
    try:
        text = text_of(Meter(1000), [value])[1:-1]
    except OverLimit:
        return "…"
    return text if len(text) <= limit else text[:limit] + "…"


def number_text(value: Decimal) -> str:
    """Plain digits, no exponent, no zeros at the end of a fraction."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


class _Writer:
    def __init__(self, meter: Meter) -> None:
        self.meter = meter

    def parts(self, value: Any) -> list[str]:
        found: list[str] = []
        self._write(value, found)
        return found

    def _write(self, value: Any, found: list[str], level: int = 0) -> None:
        self.meter.charge(1)
        if level > DEPTH:
            raise OverLimit("feel.limit.depth", limit=DEPTH)
        if type(value) is list:
            self._members(value, found, level + 1)
        elif type(value) is dict:
            self._entries(value, found, level + 1)
        elif type(value) is Range:
            found.append("[" if value.low_in else "(")
            self._write(value.low, found)
            found.append("..")
            self._write(value.high, found)
            found.append("]" if value.high_in else ")")
        else:
            text = _single(value)
            self.meter.text(len(text))
            found.append(text)

    def _members(self, value: list[Any], found: list[str], level: int) -> None:
        found.append("[")
        for at, member in enumerate(value):
            found.append(", " if at else "")
            self._write(member, found, level)
        found.append("]")

    def _entries(self, value: dict[str, Any], found: list[str], level: int) -> None:
        found.append("{")
        for at, (key, member) in enumerate(value.items()):
            found.append((", " if at else "") + f"{key}: ")
            self._write(member, found, level)
        found.append("}")


def _single(value: Any) -> str:
    if type(value) is str:
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return _TEXTS[type(value)](value)


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "null",
    bool: lambda v: "true" if v else "false",
    Decimal: number_text,
    date: date.isoformat,
    time: times.time_text,
    datetime: times.datetime_text,
    timedelta: times.duration_text,
    YearMonthDuration: str,
    Function: lambda _: "function",
}
