"""``instance of`` and the type of a parameter. ``named`` holds types of the model (item definitions) by name."""

from collections.abc import Mapping
from typing import Any

from service.engine.feel.errors import Failed
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


def instance_of(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> bool:
    """Whether ``value`` is of the type; null is only of type Null and fits any type inside lists and contexts."""
    if value is None:
        return wanted.name.lower() == "null"
    return _fits(value, wanted, named)


def _fits(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> bool:
    if value is None or wanted.name == "Any":
        return True
    if wanted.name in _SIMPLE:
        return kind(value) == wanted.name
    check = _COMPOUND.get(wanted.name)
    if check is not None:
        return check(value, wanted, named)
    if wanted.name in named:
        return bool(named[wanted.name](value))
    raise Failed("feel.type.unknown", name=wanted.name)


def _list(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> bool:
    if type(value) is not list:
        return False
    return not wanted.arguments or all(_fits(member, wanted.arguments[0], named) for member in value)


def _context(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> bool:
    if type(value) is not dict:
        return False
    return all(name in value and _fits(value[name], inner, named) for name, inner in wanted.fields)


def _range(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> bool:
    if type(value) is not Range:
        return False
    return not wanted.arguments or all(_fits(end, wanted.arguments[0], named) for end in (value.low, value.high))


def _function(value: Any, wanted: TypeNode, _named: Mapping[str, Any]) -> bool:
    if type(value) is not Function:
        return False
    return wanted.result is None or len(wanted.arguments) == len(value.parameters)


_COMPOUND = {"list": _list, "context": _context, "range": _range, "function": _function}


def coerced(value: Any, wanted: TypeNode, named: Mapping[str, Any]) -> Any:
    """``value`` as the type, a list of one standing for its member and the other way round; raises Failed."""
    if _fits(value, wanted, named):
        return value
    if wanted.name == "list" and _fits([value], wanted, named):
        return [value]
    if type(value) is list and len(value) == 1 and _fits(value[0], wanted, named):
        return value[0]
    raise Failed("feel.type.wanted", wanted=wanted.name, found=kind_text(value))
