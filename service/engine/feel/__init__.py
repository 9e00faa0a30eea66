"""FEEL, the one expression language: our own, metered by fuel and never by the clock, so a replay gives the same result.

``compile(source)`` reads an expression once, at deploy; ``Expression.evaluate(context, at=...)`` computes it. The road of an
expression through the room: ``lexer`` (text -> tokens), ``parser`` and ``parse_*`` (tokens -> ``tree``), ``evaluate`` and
``ev_*`` (tree -> value, one function per node in a plain dict), ``builtins/*`` (functions, plain dicts), ``values`` (what a value
may be), ``limits`` (fuel and sizes).

Values: None, bool, Decimal, str, date, time, datetime, timedelta, YearMonthDuration, list, dict, Range, Function.
"""

from service.engine.feel.errors import FeelError, FeelLimit
from service.engine.feel.expression import Computation, Expression, Tank, compile, strip_equals  # noqa: A004
from service.engine.feel.text import shown
from service.engine.feel.values import Function, Range, YearMonthDuration, kind

__all__ = [
    "Computation", "Expression", "FeelError", "FeelLimit", "Function", "Range", "Tank", "YearMonthDuration", "compile", "kind",
    "shown", "strip_equals",
]  # fmt: skip
