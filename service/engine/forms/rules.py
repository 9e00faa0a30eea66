"""What a field asks of its value: required, limits, length, pattern, options. ``broken`` names everything that is not kept."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Context, Decimal, DecimalException
from typing import Any

from service.domain.calendar import local_date
from service.domain.texts import say
from service.engine.forms import patterns
from service.engine.forms.components import ONE_OF, SOME_OF, TEXTS, Component, kind_of, rule_of
from service.engine.forms.options import key, options_of
from service.engine.forms.sheet import Place, Sheet
from service.engine.forms.values import says_nothing
from service.engine.forms.wrong import Wrong

MOST_SHOWN = 12
_EXACT = Context(prec=200)


def broken(component: Component, value: Any, sheet: Sheet, place: Place) -> Iterator[Wrong]:
    """Every rule of the field that ``value`` (already taken) does not keep."""
    kind = kind_of(component)
    if says_nothing(component, value):
        if rule_of(component, "required") is True:
            yield Wrong("required", "form.required_box" if kind == "checkbox" else "form.required")
        return
    if kind == "number":
        yield from _number(component, Decimal(str(value)), sheet, place)
    elif kind in TEXTS:
        yield from _text(component, value, sheet, place)
    elif kind in ONE_OF or kind in SOME_OF:
        yield from _options(component, value, sheet, place)
    elif kind == "datetime" and component.get("disallowPassedDates") is True:
        yield from _not_passed(value, sheet)


def number_of(wanted: Any, sheet: Sheet, place: Place) -> Decimal | None:
    """A limit of the form: a number, a number as text, or a FEEL expression for one; None when there is no limit."""
    if isinstance(wanted, str) and wanted.startswith("="):
        wanted = sheet.evaluate(wanted, place)
    if wanted is None or isinstance(wanted, bool) or not isinstance(wanted, str | int | float | Decimal):
        return None
    try:
        number = Decimal(str(wanted))
    except DecimalException:
        return None
    return number if number.is_finite() else None


def _number(component: Component, value: Decimal, sheet: Sheet, place: Place) -> Iterator[Wrong]:
    least = number_of(rule_of(component, "min"), sheet, place)
    most = number_of(rule_of(component, "max"), sheet, place)
    if least is not None and value < least:
        yield Wrong("out-of-range", "form.too_small", limit=plain_number(least))
    if most is not None and value > most:
        yield Wrong("out-of-range", "form.too_big", limit=plain_number(most))
    digits = component.get("decimalDigits")
    exponent = value.normalize().as_tuple().exponent
    if isinstance(digits, int) and isinstance(exponent, int) and -exponent > digits:
        yield Wrong("too-precise", "form.whole_number" if digits == 0 else "form.decimal_digits", limit=digits)
    step = number_of(component.get("increment"), sheet, place)
    if step is not None and step > 0 and _EXACT.remainder(value, step) != 0:
        yield Wrong("out-of-range", "form.increment", limit=plain_number(step))


def plain_number(number: Decimal) -> str:
    """Without exponent and needless zeros."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(component: Component, value: str, sheet: Sheet, place: Place) -> Iterator[Wrong]:
    length = len(value.strip().encode("utf-16-le")) // 2  # as the browser counts
    least = number_of(rule_of(component, "minLength"), sheet, place)
    most = number_of(rule_of(component, "maxLength"), sheet, place)
    if least is not None and length < least:
        yield Wrong("too-short", "form.too_short", limit=plain_number(least), length=length)
    if most is not None and length > most:
        yield Wrong("too-long", "form.too_long", limit=plain_number(most), length=length)
    pattern = rule_of(component, "pattern")
    if isinstance(pattern, str) and pattern and not patterns.matches(pattern, value):
        yield Wrong("bad-format", "form.pattern", pattern=pattern)
    kind = rule_of(component, "validationType")
    if kind in SHAPES and not SHAPES[kind](value.strip()):
        yield Wrong("bad-format", f"form.{kind}")


def is_email(text: str) -> bool:
    """One @, a name before it, a host with a dot behind it, no blanks; nobody can know more without writing to it."""
    name, at, host = text.partition("@")
    parts = host.split(".")
    clean = len(text) <= 254 and not any(c.isspace() or c in '<>()[]\\,;:"' for c in text)
    return clean and bool(name) and at == "@" and "@" not in host and len(parts) > 1 and all(parts)


def is_phone(text: str) -> bool:
    """5 to 20 digits, in groups if wanted, with a leading + if wanted. Chinese numbers are written without +86."""
    digits = [c for c in text if c in "0123456789"]
    rest = text.removeprefix("+")
    return 5 <= len(digits) <= 20 and all(c in "0123456789 -()" for c in rest)


SHAPES: dict[Any, Callable[[str], bool]] = {"email": is_email, "phone": is_phone}


def _options(component: Component, value: Any, sheet: Sheet, place: Place) -> Iterator[Wrong]:
    known = options_of(component, sheet, place)
    chosen = value if isinstance(value, list) else [value]
    strange = [entry for entry in chosen if key(entry) not in known]
    if strange and len(known) > MOST_SHOWN:
        yield Wrong("not-an-option", "form.not_in_list", count=len(known), found=strange[0])
    elif strange:
        labels = [f"{label}（{option}）" for (_, option), label in known.items()]
        wanted = say("form.comma").join(labels) if labels else say("form.nothing")
        yield Wrong("not-an-option", "form.not_an_option", options=wanted[:500], found=strange[0])


def _not_passed(value: Any, sheet: Sheet) -> Iterator[Wrong]:
    day = local_date(value) if isinstance(value, datetime) else value
    today = local_date(sheet.at)
    if isinstance(day, date) and day < today:
        yield Wrong("out-of-range", "form.passed", today=today.isoformat())
