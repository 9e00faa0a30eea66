"""One tagged codec for every value kept outside the process: state, history, jobs.

JSON has no decimals, dates or durations, so those become ``{"$": "decimal", "v": "1.50"}``. A user's own object that happens to
hold a key ``$`` is wrapped too, so any keys at all travel safely: ``typename``, ``__class__``, ``$``.
"""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from service.engine.feel.values import YearMonthDuration

TAG = "$"
DEEPEST = 32

_WRITERS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("decimal", str),
    datetime: ("datetime", lambda v: v.isoformat()),
    date: ("date", lambda v: v.isoformat()),
    time: ("time", lambda v: v.isoformat()),
    timedelta: ("seconds", lambda v: [v.days, v.seconds, v.microseconds]),
    YearMonthDuration: ("months", lambda v: v.months),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "seconds": lambda v: timedelta(days=v[0], seconds=v[1], microseconds=v[2]),
    "months": YearMonthDuration,
    "object": lambda v: {key: decode(value) for key, value in v.items()},
}


def encode(value: Any, depth: int = 0) -> Any:
    """``value`` as plain JSON; ValueError for NaN, infinity, NUL, foreign objects, and nesting deeper than 32."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("a text with a NUL character cannot be kept")
        return value
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST}")
    if isinstance(value, list | tuple):
        return [encode(entry, depth + 1) for entry in value]
    if isinstance(value, Mapping):
        return _encode_object(value, depth)
    return _encode_scalar(value)


def decode(value: Any) -> Any:
    """The value of ``encode``."""
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if isinstance(value, dict):
        if TAG in value:
            return _READERS[value[TAG]](value["v"])
        return {key: decode(entry) for key, entry in value.items()}
    return value


def dumps(value: Any) -> str:
    """Canonical text: sorted keys, no blanks."""
    return json.dumps(encode(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(text: str) -> Any:
    return decode(json.loads(text))


def _encode_object(value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    for key in value:
        if not isinstance(key, str) or "\x00" in key:
            raise ValueError(f"a key must be text without NUL, not {key!r}")
    plain = {key: encode(entry, depth + 1) for key, entry in value.items()}
    return {TAG: "object", "v": plain} if TAG in plain else plain


def _encode_scalar(value: Any) -> Any:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("NaN and infinity cannot be kept")
        return int(value) if value.is_integer() and abs(value) < 1e15 else {TAG: "decimal", "v": repr(value)}
    writer = _WRITERS.get(type(value))
    if writer is None:
        raise ValueError(f"a value of type {type(value).__name__} cannot be kept")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("NaN and infinity cannot be kept")
    return {TAG: writer[0], "v": writer[1](value)}
