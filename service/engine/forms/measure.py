"""Is a submission of a size and make that may be looked at? Asked first, without recursion, so that nothing can overflow."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from service.domain.errors import Fault
from service.domain.texts import say

MOST_VALUES = 5_000
DEEPEST = 32
MOST_CHARACTERS = 512 * 1024
LARGEST_BITS = 256

_PLAIN = (type(None), int, float, Decimal, date, datetime, time)


def too_large(submitted: Any) -> Fault | None:
    """The limit that is broken, or None: values, depth, characters, and the size of whole numbers."""
    count = characters = 0
    waiting: list[tuple[Any, int]] = [(submitted, 0)]
    while waiting:
        value, depth = waiting.pop()
        inner, length = _inside(value)
        count, characters = count + 1, characters + length
        if count + len(inner) > MOST_VALUES:
            return _fault("form.too_many", limit=MOST_VALUES)
        if depth > DEEPEST:
            return _fault("form.too_deep", limit=DEEPEST)
        if characters > MOST_CHARACTERS:
            return _fault("form.too_long_in_all", limit=MOST_CHARACTERS)
        if isinstance(value, int) and value.bit_length() > LARGEST_BITS:
            return _fault("form.huge_number")
        waiting.extend((entry, depth + 1) for entry in inner)
    return None


def _inside(value: Any) -> tuple[list[Any], int]:
    """What is in a list or object, and the characters at this very place. Anything that is no JSON counts as far too long."""
    if isinstance(value, str):
        return [], len(value)
    if isinstance(value, list):
        return value, 0
    if isinstance(value, Mapping):
        strange = any(not isinstance(key, str) for key in value)
        return list(value.values()), MOST_CHARACTERS + 1 if strange else sum(len(key) for key in value)
    return [], 0 if isinstance(value, _PLAIN) else MOST_CHARACTERS + 1


def _fault(text: str, **values: Any) -> Fault:
    return Fault("too-large", say(text, **values), {"field": ""})
