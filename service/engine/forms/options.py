"""What may be chosen: the form's own values, a list in the variables, or a FEEL expression. Values are text, numbers, yes and no."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from service.engine.forms.components import Component
from service.engine.forms.sheet import Place, Sheet


def options_of(component: Component, sheet: Sheet, place: Place) -> dict[Any, str]:
    """Key of the option -> its label, in the form's order. ``key`` tells 1 from true and takes 1 and 1.0 for the same."""
    found: Any = component.get("values")
    if isinstance(component.get("valuesKey"), str):
        found = sheet.data.get(component["valuesKey"])
    elif isinstance(component.get("valuesExpression"), str):
        found = sheet.evaluate(component["valuesExpression"], place)
    pairs = [_option(entry) for entry in found] if isinstance(found, list) else []
    return {key(value): label for value, label in pairs if is_choice(value)}


def is_choice(value: Any) -> bool:
    """Whether ``value`` can be an option's value."""
    return isinstance(value, str | bool | int | float | Decimal)


def key(value: Any) -> Any:
    """``value`` so that two options are the same exactly when their keys are."""
    if isinstance(value, bool | str):
        return (type(value).__name__, value)
    return ("number", Decimal(str(value)))


def _option(entry: Any) -> tuple[Any, str]:
    """An option may be a bare value, or an object with a value, a label, or both."""
    if not isinstance(entry, Mapping):
        return entry, str(entry)
    value = entry.get("value", entry.get("label"))
    return value, str(entry.get("label", value))
