"""One thing wrong with one value, before it is known where in the form it stands; and how a value is shown in a message."""

import json
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from service.domain.texts import say

LONGEST_SHOWN = 40


class Wrong(Exception):
    """``code`` is public, ``text`` a key of the catalogue that always may use {label}, {found} and what is in ``values``."""

    def __init__(self, code: str, text: str, /, **values: Any) -> None:
        self.code, self.text, self.values = code, text, values
        super().__init__(text)


def look(value: Any) -> Any:
    """``value`` as the browser holds it: dates and times as ISO text, all through lists and objects."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="auto")
    if isinstance(value, list | tuple):
        return [look(entry) for entry in value]
    if isinstance(value, dict):
        return {key: look(entry) for key, entry in value.items()}
    return value


def shown(value: Any) -> str:
    """``value`` for a message: short, on one line, and always text that can be written as UTF-8."""
    if value is None or value == "":
        return say("form.nothing")
    return f"“{clean(value if isinstance(value, str) else _written(value))}”"


def clean(text: str) -> str:
    """``text`` short and on one line, without what UTF-8 or a database could not hold."""
    line = " ".join(text[: LONGEST_SHOWN + 1].split())
    short = line if len(text) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"
    return short.encode("utf-8", "replace").decode().replace("\x00", "?")


def _written(value: Any) -> str:
    if isinstance(value, list | tuple | dict) and len(value) > LONGEST_SHOWN:
        return f"[{len(value)}]"
    try:
        return json.dumps(look(value), ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        return type(value).__name__


def equal(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 and 1.0 are, 1 and true are not; everything empty is the same."""
    if is_empty(one) or is_empty(other):
        return is_empty(one) and is_empty(other)
    return bool(_key(one) == _key(other))


def is_empty(value: Any) -> bool:
    """Nothing said: null, blank text, an empty list."""
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _key(value: Any) -> Any:
    value = look(value)
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int | float | Decimal):
        return ("number", Decimal(str(value)) if value == value else None)
    if isinstance(value, list):
        return ("list", tuple(_key(entry) for entry in value))
    if isinstance(value, dict):
        return ("object", frozenset((str(key), _key(entry)) for key, entry in value.items()))
    return (type(value).__name__, value)
