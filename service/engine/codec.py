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
from zoneinfo import ZoneInfo

from service.engine.feel.values import YearMonthDuration

TAG = "$"
DEEPEST = 32
WIDEST = 4_096  # bits of a whole number; Python itself refuses to read much longer ones back


def encode(value: Any, depth: int = 0) -> Any:
    """``value`` as plain JSON; ValueError for NaN, infinity, NUL, half characters, foreign objects, and nesting deeper than 32."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _checked_number(value)
    if isinstance(value, str):
        return _checked_text(value)
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST}")
    if isinstance(value, list | tuple):
        return [encode(entry, depth + 1) for entry in value]
    if isinstance(value, Mapping):
        return _encode_object(value, depth)
    return _encode_scalar(value)


def decode(value: Any) -> Any:
    """The value of ``encode``; ValueError for what ``encode`` never writes."""
    if isinstance(value, list):
        return [decode(entry) for entry in value]
    if isinstance(value, dict):
        if TAG in value:
            return _decode_tagged(value)
        return {key: decode(entry) for key, entry in value.items()}
    return value


def dumps(value: Any) -> str:
    """Canonical text: sorted keys, no blanks."""
    return json.dumps(encode(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(text: str) -> Any:
    return decode(json.loads(text))


def settled(data: Mapping[str, Any]) -> dict[str, Any]:
    """``data`` exactly as it will be read back: an own copy, floats as decimals, keys in order. ValueError as for ``encode``."""
    found: dict[str, Any] = _sorted(decode(encode(data)))
    return found


def checked_key(key: Any) -> str:
    """``key``, which must be text that can be stored."""
    if not isinstance(key, str):
        raise ValueError(f"a key must be text, not {key!r}")
    return _checked_text(key)


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(entry) for entry in value] if isinstance(value, list) else value


def _checked_number(value: int) -> int:
    if value.bit_length() > WIDEST:
        raise ValueError("a whole number is too long to be kept")
    return value


def _checked_text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text with a NUL character cannot be kept")
    if not value.isascii():
        value.encode()  # UnicodeEncodeError is a ValueError: half a surrogate pair is no text
    return value


def _encode_object(value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    plain = {checked_key(key): encode(entry, depth + 1) for key, entry in value.items()}
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


def _decode_tagged(value: dict[str, Any]) -> Any:
    reader = _READERS.get(value[TAG]) if isinstance(value[TAG], str) else None
    if reader is None or set(value) != {TAG, "v"}:
        raise ValueError(f"not a value of this codec: {str(value)[:80]}")
    try:
        return reader(value["v"])
    except (ArithmeticError, AttributeError, LookupError, OSError, TypeError) as error:
        raise ValueError(f"not a value of this codec: {str(value)[:80]}") from error


def _read_decimal(text: str) -> Decimal:
    found = Decimal(text)
    if not found.is_finite():
        raise ValueError("NaN and infinity cannot be kept")
    return found


def _moment(value: datetime | time) -> str:
    """A named zone is kept by its name: its offset differs from day to day."""
    zone = value.tzinfo
    return f"{value.replace(tzinfo=None).isoformat()}@{zone.key}" if isinstance(zone, ZoneInfo) else value.isoformat()


def _read_datetime(text: str) -> datetime:
    local, _, zone = text.partition("@")
    found = datetime.fromisoformat(local)
    return found.replace(tzinfo=ZoneInfo(zone)) if zone else found


def _read_time(text: str) -> time:
    local, _, zone = text.partition("@")
    found = time.fromisoformat(local)
    return found.replace(tzinfo=ZoneInfo(zone)) if zone else found


_WRITERS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    Decimal: ("decimal", str),
    datetime: ("datetime", _moment),
    date: ("date", lambda v: v.isoformat()),
    time: ("time", _moment),
    timedelta: ("seconds", lambda v: [v.days, v.seconds, v.microseconds]),
    YearMonthDuration: ("months", lambda v: v.months),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    "decimal": _read_decimal,
    "datetime": _read_datetime,
    "date": date.fromisoformat,
    "time": _read_time,
    "seconds": lambda v: timedelta(days=v[0], seconds=v[1], microseconds=v[2]),
    "months": YearMonthDuration,
    "object": lambda v: {key: decode(value) for key, value in v.items()},
}
