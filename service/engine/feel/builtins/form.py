"""How a built-in is declared and called: ``form(function, "string:string", "start position:number", "length:number?")``.

The function gets (run, *arguments) already of the declared types. ``?``: may be left out, ``null``: may be null,
``*`` (last one only): any number of them, handed over as one list. Types are those of ``kind``, ``|`` between alternatives.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from service.domain.texts import say
from service.engine.feel.errors import Failed
from service.engine.feel.evaluate import Run
from service.engine.feel.operators import kind_text
from service.engine.feel.values import Range, kind


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    types: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One way to call a built-in."""

    work: Callable[..., Any]
    parameters: tuple[Parameter, ...]
    many: bool
    required: int

    def takes(self, count: int) -> bool:
        return self.required <= count and (self.many or count <= len(self.parameters))

    def takes_named(self, names: set[str]) -> bool:
        known = {parameter.name for parameter in self.parameters}
        return names <= known and {p.name for p in self.parameters[: self.required]} <= names


def form(work: Callable[..., Any], *declared: str) -> Form:
    """A Form from its short notation."""
    many = bool(declared) and declared[-1].endswith("*")
    parameters = tuple(_parameter(text.removesuffix("*")) for text in declared)
    return Form(work, parameters, many, sum(not parameter.optional for parameter in parameters))


def _parameter(text: str) -> Parameter:
    name, _, types = text.partition(":")
    optional = types.endswith("?")
    return Parameter(name, frozenset(types.removesuffix("?").split("|")), optional)


def invoke(run: Run, name: str, forms: tuple[Form, ...], *, positional: list[Any], named: dict[str, Any]) -> Any:
    """Call the first form whose number, names and types of arguments fit; raises Failed when none does."""
    last: Failed | None = None
    for candidate in forms:
        arguments = _arguments(candidate, positional, named)
        if arguments is None:
            continue
        try:
            ready = _checked(name, candidate, arguments)
        except Failed as failed:
            last = last or failed
            continue
        run.meter.texts(*(text for value in ready for text in _texts(value)))
        return candidate.work(run, *ready)
    if last is not None:
        raise last
    raise Failed("feel.call.arguments", name=name, wanted=_wanted(forms))


def _wanted(forms: tuple[Form, ...]) -> str:
    return say("feel.call.or").join("、".join(p.name for p in one.parameters) for one in forms)


def _arguments(candidate: Form, positional: list[Any], named: dict[str, Any]) -> list[Any] | None:
    """The arguments in order, those left out at the end missing or null; None when the form does not fit."""
    if not named:
        return positional if candidate.takes(len(positional)) else None
    if not candidate.takes_named(set(named)):
        return None
    if candidate.many:
        value = named[candidate.parameters[-1].name]
        return [*(named[p.name] for p in candidate.parameters[:-1]), *(value if type(value) is list else [value])]
    return [named.get(parameter.name) for parameter in candidate.parameters]


def _checked(name: str, candidate: Form, arguments: list[Any]) -> list[Any]:
    fixed = len(candidate.parameters) - candidate.many
    ready = [_fitted(name, p, value) for p, value in zip(candidate.parameters[:fixed], arguments, strict=False)]
    if candidate.many:
        ready.append([_fitted(name, candidate.parameters[-1], value) for value in arguments[fixed:]])
    return ready


def _fitted(name: str, parameter: Parameter, value: Any) -> Any:
    """``value``, or the list of it, or its only member, whichever is of the declared type."""
    types = parameter.types
    found = kind(value)
    if "any" in types or found in types or (value is None and parameter.optional):
        return value
    if value is not None and "list" in types:
        return [value]
    if found == "list" and len(value) == 1 and kind(value[0]) in types:
        return value[0]
    raise Failed("feel.call.type", name=name, parameter=parameter.name, found=kind_text(value))


def _texts(value: Any) -> tuple[Any, ...]:
    """Every built-in pays for the texts it is handed, several times where it may go over them more than once."""
    return (value.low, value.high) * 4 if type(value) is Range else (value,)


def whole(value: Decimal) -> int:
    """A number without fraction as int, else Failed."""
    if value != value.to_integral_value():
        raise Failed("feel.number.whole")
    return int(value)


Registry = dict[str, tuple[Form, ...]]
