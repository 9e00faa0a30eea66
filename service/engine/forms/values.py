"""How each kind of field takes its value: ``take(component, raw)`` gives the value as the case keeps it, or raises Wrong.

Kept are: text as text, whole numbers as int and others as Decimal (text when the form says serializeToString), dates and times as
real dates and times (the ledger and the handlers reckon with them; the codec carries them), attachments as their ids. Nothing said
is null, false for a checkbox, and an empty list where several may be chosen. A time without a zone is Beijing time.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from service.domain.calendar import SHANGHAI
from service.engine.forms.components import Component, kind_of
from service.engine.forms.wrong import Wrong, is_empty

LONGEST_TEXT = 65_536
MOST_DIGITS = 28
MOST_FILES = 50

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?")
_MOMENT = re.compile(f"{_DATE.pattern}T{_TIME.pattern}")
_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
_FILE_ID = re.compile(r"[A-Za-z0-9_.:-]{1,200}")


def take(component: Component, raw: Any) -> Any:
    """``raw`` as the value the case keeps. Wrong when it is not of the field's kind."""
    return _TAKERS[kind_of(component)](component, raw)


def blank(component: Component) -> Any:
    """What the field holds when nothing was said."""
    kind = kind_of(component)
    if kind in ("checklist", "taglist") or (kind == "filepicker" and component.get("multiple") is True):
        return []
    return False if kind == "checkbox" else None


def says_nothing(component: Component, value: Any) -> bool:
    """Whether ``value`` is no answer: empty, or an unchecked box."""
    return is_empty(value) or (value is False and kind_of(component) == "checkbox")


def clean_text(raw: Any) -> str:
    """``raw`` as text that any database can keep: no NUL, no half of a surrogate pair."""
    if not isinstance(raw, str):
        raise Wrong("wrong-type", "form.type.text")
    if "\x00" in raw or any("\ud800" <= c <= "\udfff" for c in raw):
        raise Wrong("wrong-type", "form.type.clean_text")
    if len(raw) > LONGEST_TEXT:
        raise Wrong("too-long", "form.too_long", limit=LONGEST_TEXT, length=len(raw))
    return raw


def _text(_component: Component, raw: Any) -> str | None:
    return None if raw is None else clean_text(raw)


def _number(component: Component, raw: Any) -> Any:
    if raw is None or raw == "":
        return None
    as_text = component.get("serializeToString") is True
    number = _decimal(raw, text_allowed=as_text)
    if not number.is_finite() or len(number.as_tuple().digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS:
        raise Wrong("wrong-type", "form.type.number")
    if as_text:
        return raw if isinstance(raw, str) else format(number, "f")
    return int(number) if number == number.to_integral_value() else number


def _decimal(raw: Any, *, text_allowed: bool) -> Decimal:
    if isinstance(raw, Decimal):
        return raw
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return Decimal(repr(raw))
    if text_allowed and isinstance(raw, str) and _NUMBER.fullmatch(raw):
        return Decimal(raw)
    raise Wrong("wrong-type", "form.type.number")


def _checkbox(_component: Component, raw: Any) -> bool:
    if raw is None:
        return False
    if not isinstance(raw, bool):
        raise Wrong("wrong-type", "form.type.checkbox")
    return raw


def _one(_component: Component, raw: Any) -> Any:
    return None if raw is None or raw == "" else _choice(raw)


def _some(_component: Component, raw: Any) -> list[Any]:
    if raw is None or raw == "":
        return []
    if not isinstance(raw, list):
        raise Wrong("wrong-type", "form.type.list")
    chosen = [_choice(entry) for entry in raw]
    if len({(type(entry), entry) for entry in chosen}) != len(chosen):
        raise Wrong("wrong-type", "form.type.twice")
    return chosen


def _choice(raw: Any) -> Any:
    """An option's value: text, number or yes and no."""
    if isinstance(raw, str):
        return clean_text(raw)
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, int | float | Decimal):
        return _number({}, raw)
    raise Wrong("wrong-type", "form.type.choice")


def _datetime(component: Component, raw: Any) -> Any:
    if raw is None or raw == "":
        return None
    subtype = component.get("subtype")
    wanted, shape, read = _MOMENTS.get(str(subtype), _MOMENTS["date"])
    if type(raw) is wanted:
        return _zoned(raw)
    if not isinstance(raw, str) or not shape.fullmatch(raw):
        raise Wrong("wrong-type", f"form.type.{wanted.__name__}")
    try:
        return _zoned(read(raw))
    except ValueError as error:
        raise Wrong("wrong-type", f"form.type.{wanted.__name__}") from error


def _zoned(value: Any) -> Any:
    return value.replace(tzinfo=SHANGHAI) if isinstance(value, datetime) and value.tzinfo is None else value


def _file(component: Component, raw: Any) -> Any:
    several = component.get("multiple") is True
    ids = [] if is_empty(raw) else raw if isinstance(raw, list) else [raw]
    if len(ids) > (MOST_FILES if several else 1):
        raise Wrong("wrong-type", "form.type.one_file" if not several else "form.type.files")
    if not all(isinstance(id, str) and _FILE_ID.fullmatch(id) for id in ids) or len(set(ids)) != len(ids):
        raise Wrong("wrong-type", "form.type.files")
    return list(ids) if several else next(iter(ids), None)


_MOMENTS: dict[str, tuple[type, re.Pattern[str], Callable[[str], Any]]] = {
    "date": (date, _DATE, date.fromisoformat),
    "time": (time, _TIME, time.fromisoformat),
    "datetime": (datetime, _MOMENT, datetime.fromisoformat),
}
_TAKERS: dict[str, Callable[[Component, Any], Any]] = {
    "textfield": _text, "textarea": _text, "number": _number, "checkbox": _checkbox, "radio": _one, "select": _one,
    "checklist": _some, "taglist": _some, "datetime": _datetime, "filepicker": _file,
}  # fmt: skip
