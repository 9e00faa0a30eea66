"""The properties of a component: of the right type, every expression readable, nothing that would have no effect."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from service.domain.texts import say
from service.engine.expressions import compiled
from service.engine.feel import FeelError, strip_equals
from service.engine.forms import patterns
from service.engine.forms.components import FIELDS, LIST, ONE_OF, SOME_OF, Component, is_expression, kind_of
from service.engine.forms.options import is_choice, key
from service.engine.forms.pattern_parts import Unsupported
from service.engine.forms.rules import SHAPES

RULES = ("required", "min", "max", "minLength", "maxLength", "pattern", "patternErrorMessage", "validationType")
SUBTYPES = ("date", "time", "datetime")
MOST_DIGITS, MOST_REPETITIONS, LONGEST_LENGTH = 20, 100, 1_000_000


def check(component: Component) -> Iterator[str]:
    """Everything wrong with the component's own properties, in Chinese."""
    yield from _hide(component)
    if kind_of(component) in FIELDS:
        yield from _flag(component, "readonly", feel=True)
        yield from _flag(component, "disabled")
        yield from _validate(component)
    if kind_of(component) in _CHECKS:
        yield from _CHECKS[kind_of(component)](component)


def short(value: Any) -> str:
    """A value of the file for a message."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:80]


def _feel(name: str, source: Any) -> Iterator[str]:
    if not is_expression(source):
        yield say("forms.expression", property=name, found=short(source))
        return
    try:
        compiled(strip_equals(source))
    except FeelError as error:
        yield say("forms.feel", property=name, expression=source[:120], column=error.column, why=error.message)


def _hide(component: Component) -> Iterator[str]:
    conditional = component.get("conditional")
    if conditional is None:
        return
    if not isinstance(conditional, dict):
        yield say("forms.property", property="conditional", wanted=say("forms.wanted.object"), found=short(conditional))
    elif conditional.get("hide") not in (None, ""):
        yield from _feel("conditional.hide", conditional["hide"])


def _flag(component: Component, name: str, *, feel: bool = False) -> Iterator[str]:
    found = component.get(name)
    if feel and is_expression(found):
        yield from _feel(name, found)
    elif found is not None and not isinstance(found, bool):
        wanted = say("forms.wanted.flag_or_feel" if feel else "forms.wanted.flag")
        yield say("forms.property", property=name, wanted=wanted, found=short(found))


def _validate(component: Component) -> Iterator[str]:
    found = component.get("validate", {})
    if not isinstance(found, dict):
        yield say("forms.property", property="validate", wanted=say("forms.wanted.object"), found=short(found))
        return
    for name, wanted in found.items():
        if name not in RULES:
            yield say("forms.unknown_rule", name=short(name))
        elif name in _RULES and wanted is not None:
            yield from _RULES[name](f"validate.{name}", wanted)


def _limit(name: str, wanted: Any) -> Iterator[str]:
    if is_expression(wanted):
        yield from _feel(name, wanted)
    elif not _is_number(wanted):
        yield say("forms.property", property=name, wanted=say("forms.wanted.number_or_feel"), found=short(wanted))


def _length(name: str, wanted: Any) -> Iterator[str]:
    if is_expression(wanted):
        yield from _feel(name, wanted)
    elif not _is_count(wanted, LONGEST_LENGTH):
        yield say("forms.property", property=name, wanted=say("forms.wanted.length_or_feel"), found=short(wanted))


def _required(name: str, wanted: Any) -> Iterator[str]:
    if not isinstance(wanted, bool):
        yield say("forms.property", property=name, wanted=say("forms.wanted.flag"), found=short(wanted))


def _pattern(_name: str, wanted: Any) -> Iterator[str]:
    if not isinstance(wanted, str):
        yield say("forms.property", property=_name, wanted=say("forms.wanted.text"), found=short(wanted))
        return
    try:
        patterns.compiled(wanted)
    except Unsupported as error:
        yield say("forms.pattern", pattern=short(wanted), why=say(error.text, **error.values))


def _shape(name: str, wanted: Any) -> Iterator[str]:
    known = ("custom", "", *SHAPES)
    if wanted not in known:
        text = say("forms.wanted.one_of", known="、".join(filter(None, known)))
        yield say("forms.property", property=name, wanted=text, found=short(wanted))


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        value = _plain_number(value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain_number(text: str) -> Any:
    try:
        found = json.loads(text, parse_constant=lambda _: None)
    except ValueError:
        return None
    return found


def _is_count(value: Any, limit: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= limit


def _number(component: Component) -> Iterator[str]:
    digits, step = component.get("decimalDigits"), component.get("increment")
    if digits is not None and not _is_count(digits, MOST_DIGITS):
        wanted = say("forms.wanted.count", limit=MOST_DIGITS)
        yield say("forms.property", property="decimalDigits", wanted=wanted, found=short(digits))
    if step is not None and not (_is_number(step) and float(step) > 0):
        yield say("forms.property", property="increment", wanted=say("forms.wanted.positive"), found=short(step))
    yield from _flag(component, "serializeToString")


def _datetime(component: Component) -> Iterator[str]:
    if component.get("subtype") not in SUBTYPES:
        wanted = say("forms.wanted.one_of", known="、".join(SUBTYPES))
        yield say("forms.property", property="subtype", wanted=wanted, found=short(component.get("subtype")))
    yield from _flag(component, "disallowPassedDates")


def _expression(component: Component) -> Iterator[str]:
    yield from _feel("expression", component.get("expression"))


def _file(component: Component) -> Iterator[str]:
    yield from _flag(component, "multiple")


def _table(component: Component) -> Iterator[str]:
    for name in ("dataSource", "columnsExpression"):
        found = component.get(name)
        if isinstance(found, str) and found and not found.startswith("=") and not found.isidentifier():
            yield say("forms.expression", property=name, found=short(found))
        elif is_expression(found):
            yield from _feel(name, found)


def _list(component: Component) -> Iterator[str]:
    repetitions = component.get("defaultRepetitions")
    if component.get("isRepeating") is not True:
        yield say("forms.repeating")
    if repetitions is not None and not _is_count(repetitions, MOST_REPETITIONS):
        wanted = say("forms.wanted.count", limit=MOST_REPETITIONS)
        yield say("forms.property", property="defaultRepetitions", wanted=wanted, found=short(repetitions))
    yield from _flag(component, "allowAddRemove")
    yield from _validate(component)


def _choice(component: Component) -> Iterator[str]:
    sources = [name for name in ("values", "valuesKey", "valuesExpression") if component.get(name) is not None]
    if len(sources) != 1:
        yield say("forms.options", count=len(sources))
    if "values" in sources:
        yield from _values(component["values"])
    if "valuesExpression" in sources:
        yield from _feel("valuesExpression", component["valuesExpression"])
    if "valuesKey" in sources and not (
        isinstance(component["valuesKey"], str) and component["valuesKey"].isidentifier()
    ):
        wanted = say("forms.wanted.name")
        yield say("forms.property", property="valuesKey", wanted=wanted, found=short(component["valuesKey"]))


def _values(values: Any) -> Iterator[str]:
    if not isinstance(values, list) or not values:
        yield say("forms.no_options")
        return
    seen: set[Any] = set()
    for n, option in enumerate(values, start=1):
        value = option.get("value") if isinstance(option, dict) else None
        if not is_choice(value) or value == "" or not isinstance(option.get("label"), str):
            yield say("forms.option", n=n)
        elif key(value) in seen:
            yield say("forms.option_twice", value=short(value))
        else:
            seen.add(key(value))


_RULES: dict[str, Callable[[str, Any], Iterator[str]]] = {
    "required": _required, "min": _limit, "max": _limit, "minLength": _length, "maxLength": _length,
    "pattern": _pattern, "validationType": _shape,
}  # fmt: skip
_CHECKS: dict[str, Callable[[Component], Iterator[str]]] = {
    "number": _number, "datetime": _datetime, "expression": _expression, "filepicker": _file, "table": _table,
    LIST: _list, **dict.fromkeys(ONE_OF | SOME_OF, _choice),
}  # fmt: skip
