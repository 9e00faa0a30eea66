"""``compile``, ``Expression`` and ``Computation``: the words other rooms need."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.texts import say
from service.engine.feel import ev_calls, ev_lists, ev_values, tree
from service.engine.feel.errors import FeelError, FeelLimit, OverLimit
from service.engine.feel.evaluate import EVALUATORS, MISSING, Root, Run, Scope
from service.engine.feel.operators import kind_text
from service.engine.feel.parser import parse
from service.engine.feel.tree import Node
from service.engine.feel.values import Function, Range

EVALUATORS.update(ev_values.EVALUATORS)
EVALUATORS.update(ev_lists.EVALUATORS)
EVALUATORS.update(ev_calls.EVALUATORS)

FUEL = 20_000


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. ``names`` are the free variable names it reads, roots of paths only."""

    source: str
    names: frozenset[str]
    root: Node = field(repr=False)

    def evaluate(
        self, context: Mapping[str, Any], *, at: datetime, strict: bool = True, fuel: int = FUEL,
        tank: "Tank | None" = None,
    ) -> Any:  # fmt: skip
        """The value over ``context``. ``at`` (aware) is what today() and now() say, in the time of Beijing.

        strict: an unknown name or operands that do not fit raise FeelError, and so does a result that cannot be a
        variable (a range, a function); else they give null, as DMN wants. A limit raises FeelLimit in both cases.
        The result shares nothing with ``context``.
        """
        return Computation(context, at=at, strict=strict, fuel=fuel, tank=tank).value(self)

    @property
    def constant(self) -> bool:
        """Whether it is one literal, the same over any context."""
        return isinstance(self.root, tree.Literal)

    def alternatives(self) -> tuple["Expression", ...]:
        """The tests of a cell one by one: ``"a", "b"`` gives two cells. A cell with ``not(...)`` or ``-`` has none."""
        if not isinstance(self.root, tree.Tests) or self.root.negated:
            return ()
        cells = (tree.Tests(part.column, (part,), False) for part in self.root.parts)
        return tuple(Expression(self.source, self.names, cell) for cell in cells)


@dataclass(slots=True)
class Tank:
    """Fuel that many computations share, one after the other. What they take depends on nothing but what they compute."""

    left: int

    @property
    def empty(self) -> bool:
        return self.left <= 0


class Computation:
    """Several expressions over one context, out of one tank of ``fuel``; each at most ``FUEL``. Variables are read once.

    ``tank``: one that is shared with other computations and pays for this one too.
    """

    def __init__(
        self, context: Mapping[str, Any], *, at: datetime, strict: bool = True, fuel: int = FUEL,
        tank: Tank | None = None,
    ) -> None:  # fmt: skip
        """``types`` may be filled afterwards: name of a type -> whether a value is of it, for ``instance of``."""
        if at.tzinfo is None:
            raise ValueError("at must be aware")
        self.strict = strict
        self.left = fuel
        self._tank = tank or Tank(fuel)
        self._run = Run("", at, strict=strict, fuel=0)
        self._root = Root(context, self._run.meter)
        self.types: dict[str, Callable[[Any], bool]] = {}
        self._run.types = self.types

    def variable(self, name: str, default: Any = None) -> Any:
        """The caller's variable as a value of the language."""
        with self._paying(name):
            found = self._root.taken(name)
        return default if found is MISSING else found

    def value(self, expression: Expression, names: Mapping[str, Any] | None = None) -> Any:
        """The value of ``expression``, with ``names`` (values of the language already) over the context."""
        run = self._run
        scope = self._root if names is None else Scope(dict(names), self._root)
        with self._paying(expression.source):
            found = run.meter.clean(run.value(expression.root, scope))
        bad = _unstorable(found) if self.strict else None
        if bad is not None:
            raise FeelError(say("feel.result.kind", found=kind_text(bad)), 1, expression.source)
        return found

    @contextmanager
    def _paying(self, source: str) -> Iterator[None]:
        run = self._run
        given = min(self.left, self._tank.left, FUEL)
        run.source, run.strict, run.meter.fuel, run.meter.depth = source, self.strict, given, 0
        try:
            yield
        except OverLimit as over:
            raise FeelLimit(over.message(), 0, source) from None
        except RecursionError:
            raise FeelLimit(say("feel.limit.calls"), 0, source) from None
        finally:
            spent = given - max(run.meter.fuel, 0)
            self.left -= spent
            self._tank.left -= spent


def compile(source: str, *, unary: bool = False, names: Iterable[str] = ()) -> Expression:
    """Read ``source``; raises FeelError with message, column, source. ``unary``: a decision table cell (``< 5, not("a")``, ``-``).

    ``names``: known names with spaces or operators in them (``Applicant age``), tried longest first.
    The value of a cell over a context with the input as ``?`` is true, false or null.
    """
    if not source.strip():
        raise FeelError(say("feel.syntax.empty"), 1, source)
    root, free = parse(source, unary=unary, names=names)
    return Expression(source, free, root)


def strip_equals(source: str) -> str:
    """``source`` without the leading ``=`` that BPMN attributes carry, and without surrounding blanks."""
    text = source.strip()
    return text[1:].strip() if text.startswith("=") else text


def _unstorable(value: Any) -> Any:
    """The first range or function in a result, or None. A result is a tree of bounded size and depth."""
    stack = [value]
    while stack:
        current = stack.pop()
        if type(current) in (Range, Function):
            return current
        if type(current) is list:
            stack.extend(current)
        elif type(current) is dict:
            stack.extend(current.values())
    return None
