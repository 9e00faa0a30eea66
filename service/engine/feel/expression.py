"""``compile`` and ``Expression``: the only two words other rooms need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.texts import say
from service.engine.feel import ev_calls, ev_lists, ev_values
from service.engine.feel.errors import FeelError, FeelLimit, OverLimit
from service.engine.feel.evaluate import EVALUATORS, Root, Run
from service.engine.feel.parser import parse
from service.engine.feel.tree import Node

EVALUATORS.update(ev_values.EVALUATORS)
EVALUATORS.update(ev_lists.EVALUATORS)
EVALUATORS.update(ev_calls.EVALUATORS)


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression. ``names`` are the free variable names it reads, roots of paths only."""

    source: str
    names: frozenset[str]
    root: Node = field(repr=False)

    def evaluate(self, context: Mapping[str, Any], *, at: datetime, strict: bool = True, fuel: int = 20_000) -> Any:
        """The value over ``context``. ``at`` (aware) is what today() and now() say, in the time of Beijing.

        strict: an unknown name or operands that do not fit raise FeelError; else they give null, as DMN wants.
        A limit raises FeelLimit in both cases. The result shares nothing with ``context``.
        """
        if at.tzinfo is None:
            raise ValueError("at must be aware")
        run = Run(self.source, at, strict=strict, fuel=fuel)
        try:
            return run.meter.clean(run.value(self.root, Root(context, run.meter)))
        except OverLimit as over:
            raise FeelLimit(over.message(), 0, self.source) from None
        except RecursionError:
            raise FeelLimit(say("feel.limit.calls"), 0, self.source) from None


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
