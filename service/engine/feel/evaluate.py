"""Tree -> value. One function per kind of node, in the plain dict ``EVALUATORS``; each step costs fuel.

A function gets (node, run, scope). Where there is no answer it returns ``run.nothing(...)``: null when lenient, FeelError when strict.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from service.domain.texts import say
from service.engine.feel import limits
from service.engine.feel.errors import Failed, FeelError, FeelLimit, OverLimit
from service.engine.feel.tree import Node

MISSING = object()


class Scope:
    """Names of one block over those of the block around it; the outermost is a ``Root``."""

    __slots__ = ("names", "parent")

    def __init__(self, names: dict[str, Any], parent: "Scope | None") -> None:
        self.names = names
        self.parent = parent

    def find(self, name: str) -> Any:
        """The value of ``name`` or MISSING."""
        scope = self
        while scope.parent is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.parent
        return scope.taken(name)

    def taken(self, name: str) -> Any:
        return self.names.get(name, MISSING)


class Root(Scope):
    """The caller's variables, each adopted as a FEEL value when first read."""

    __slots__ = ("context", "meter")

    def __init__(self, context: Mapping[str, Any], meter: limits.Meter) -> None:
        super().__init__({}, None)
        self.context = context
        self.meter = meter

    def taken(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if name not in self.context:
            return MISSING
        self.names[name] = value = self.meter.adopt(self.context[name])
        return value


class Run:
    """One evaluation: its fuel, its time, whether null may stand for an error."""

    __slots__ = ("at", "meter", "source", "strict", "types")

    def __init__(self, source: str, at: datetime, *, strict: bool, fuel: int) -> None:
        self.source = source
        self.at = at
        self.strict = strict
        self.meter = limits.Meter(fuel)
        self.types: Mapping[str, Callable[[Any], bool]] = {}

    def value(self, node: Node, scope: Scope) -> Any:
        """The value of ``node``."""
        meter = self.meter
        meter.fuel -= 1
        meter.depth += 1
        if meter.fuel < 0 or meter.depth > limits.CALLS:
            raise self.over(node, "feel.limit.fuel" if meter.fuel < 0 else "feel.limit.calls")
        try:
            return EVALUATORS[type(node)](node, self, scope)
        except Failed as failed:
            return self.nothing(node, failed.text, **failed.values)
        except OverLimit as over:
            raise self.over(node, over.text, **over.values) from None
        finally:
            meter.depth -= 1

    def nothing(self, node: Node, text: str, /, **values: Any) -> Any:
        """null, or FeelError at the place of ``node`` when strict."""
        if self.strict:
            raise FeelError(say(text, **values), node.column, self.source)
        return None

    def over(self, node: Node, text: str, /, **values: Any) -> FeelLimit:
        return FeelLimit(say(text, **values), node.column, self.source)


EVALUATORS: dict[type[Node], Callable[[Any, Run, Scope], Any]] = {}
