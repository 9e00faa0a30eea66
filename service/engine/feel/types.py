"""``instance of`` and the type of a parameter."""

from collections.abc import Callable, Mapping
from typing import Any

from service.engine.feel.errors import Failed
from service.engine.feel.limits import Meter
from service.engine.feel.operators import kind_text
from service.engine.feel.tree import TypeNode
from service.engine.feel.values import Function, Range, kind

_SIMPLE = frozenset(
    {
        "boolean",
        "number",
        "string",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
    }
)


class Types:
    """The types an evaluation knows: those of the language, and ``named`` ones of the model. Every member looked at costs."""

    __slots__ = ("meter", "named")

    def __init__(self, meter: Meter, named: Mapping[str, Callable[[Any], bool]]) -> None:
        self.meter, self.named = meter, named

    def instance_of(self, value: Any, wanted: TypeNode) -> bool:
        """Whether ``value`` is of the type; null is only of type Null and fits any type inside lists and contexts."""
        if value is None:
            return wanted.name.lower() == "null"
        return self.fits(value, wanted)

    def fits(self, value: Any, wanted: TypeNode) -> bool:
        self.meter.charge(1)
        if value is None or wanted.name == "Any":
            return True
        if wanted.name in _SIMPLE:
            return kind(value) == wanted.name
        check = _COMPOUND.get(wanted.name)
        if check is not None:
            return check(self, value, wanted)
        if wanted.name in self.named:
            self._pay_for(value)
            return self.named[wanted.name](value)
        raise Failed("feel.type.unknown", name=wanted.name)

    def coerced(self, value: Any, wanted: TypeNode) -> Any:
        """``value`` as the type, a list of one standing for its member and the other way round; raises Failed."""
        if self.fits(value, wanted):
            return value
        if wanted.name == "list" and self.fits([value], wanted):
            return [value]
        if type(value) is list and len(value) == 1 and self.fits(value[0], wanted):
            return value[0]
        raise Failed("feel.type.wanted", wanted=wanted.name, found=kind_text(value))

    def _pay_for(self, value: Any) -> None:
        """One unit for each node: a named type may look at all of them."""
        stack = [value]
        while stack:
            current = stack.pop()
            self.meter.charge(1)
            if type(current) is list:
                stack.extend(current)
            elif type(current) is dict:
                stack.extend(current.values())


def _list(types: Types, value: Any, wanted: TypeNode) -> bool:
    if type(value) is not list:
        return False
    return not wanted.arguments or all(types.fits(member, wanted.arguments[0]) for member in value)


def _context(types: Types, value: Any, wanted: TypeNode) -> bool:
    if type(value) is not dict:
        return False
    return all(name in value and types.fits(value[name], inner) for name, inner in wanted.fields)


def _range(types: Types, value: Any, wanted: TypeNode) -> bool:
    if type(value) is not Range:
        return False
    return not wanted.arguments or all(types.fits(end, wanted.arguments[0]) for end in (value.low, value.high))


def _function(_types: Types, value: Any, wanted: TypeNode) -> bool:
    if type(value) is not Function:
        return False
    return wanted.result is None or len(wanted.arguments) == len(value.parameters)


_COMPOUND: dict[str, Callable[[Types, Any, TypeNode], bool]] = {
    "list": _list,
    "context": _context,
    "range": _range,
    "function": _function,
}
