"""Expressions nobody would write: whatever the text, only a value of the language, a FeelError or a FeelLimit comes out."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.engine import feel
from service.engine.feel.builtins import BUILTINS
from tests.engine.feel.computing import AT, VARIABLES
from tests.engine.feel.test_withstanding_attacks import plain

LITERALS = [
    "0", "1", "-1", "2.5", "1e30", "1e-30", "9999999999999999999999999999999999", '""', '"a"', '"火田镇"', '"P1D"', '"2022-08-01"', '"(a|b)*"',
    "true", "false", "null", "[]", "[1, 2, 3]", '["b", "a"]', "[null]", "[[1], 2]", "{}", "{a: 1}", '{a: {b: "c"}}', "[{a: 1}, {a: 2}]", "[1..5]",
    '("a".."f"]', "(< 5)", "(>= 1)", '@"2022-08-01"', '@"9999-12-31"', '@"08:30:00"', '@"08:30:00+08:00"', '@"2022-08-01T08:30:00"',
    '@"2022-08-01T08:30:00Z"', '@"0001-01-01T00:00:00+14:00"', '@"P1D"', '@"-PT1H"', '@"P1Y2M"', '@"P999999Y"', "(function(x) x)", "(function(x, y) x < y)",
    "n", "name", "xs", "items", "item", "nothing", "yes", "missing", "today()", "now()", "count", "?",
]  # fmt: skip
OPERATORS = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"]
PARTS = [
    "year",
    "month",
    "weekday",
    "hour",
    "days",
    "years",
    "timezone",
    "time offset",
    "start",
    "end included",
    "a",
    "name",
    "__class__",
    "owner",
]
TYPES = [
    "number",
    "string",
    "list<number>",
    "context<a: string>",
    "function<number> -> string",
    "date and time",
    "range<date>",
    "nonsense",
    "Any",
]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One construct around smaller expressions."""
    one_of_many = st.sampled_from(sorted(BUILTINS))
    return st.one_of(
        st.tuples(inner, st.sampled_from(OPERATORS), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        st.tuples(one_of_many, st.lists(inner, max_size=4)).map(lambda t: f"{t[0]}({', '.join(t[1])})"),
        st.tuples(inner, inner).map(lambda t: f"{t[0]}[{t[1]}]"),
        st.tuples(inner, st.sampled_from(PARTS)).map(lambda t: f"{t[0]}.{t[1]}"),
        st.tuples(inner, inner, inner).map(lambda t: f"(if {t[0]} then {t[1]} else {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"(for i in {t[0]} return {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"(for i in {t[0]}..{t[1]} return [i, {t[2]}, partial])"),
        st.tuples(st.sampled_from(["some", "every"]), inner, inner).map(lambda t: f"({t[0]} i in {t[1]} satisfies {t[2]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"({t[0]} between {t[1]} and {t[2]})"),
        st.tuples(inner, inner).map(lambda t: f"[{t[0]}..{t[1]}]"),
        st.tuples(inner, inner).map(lambda t: f"{{a: {t[0]}, b: {t[1]}}}"),
        st.tuples(inner, inner).map(lambda t: f"(function(p) {t[0]})({t[1]})"),
        st.tuples(inner, st.sampled_from(TYPES)).map(lambda t: f"({t[0]} instance of {t[1]})"),
        inner.map(lambda t: f"-{t}"),
    )  # fmt: skip


EXPRESSIONS = st.recursive(st.sampled_from(LITERALS), _grown, max_leaves=12)
PIECES = [
    *LITERALS,
    *OPERATORS,
    *"()[]{}.,:?@",
    "..",
    "if",
    "then",
    "else",
    "for",
    "return",
    "some",
    "satisfies",
    "function",
    "instance of",
    "not(",
    "//",
    "/*",
    "*/",
]
SCRAPS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
    st.text(max_size=60),
    st.text(alphabet='ab1 .()[]{}"\\+-*/=<>,:?@\u00a0\u200b', max_size=60),
)


def outcome(source: str, *, strict: bool, unary: bool = False, variables: Mapping[str, Any] = VARIABLES) -> Any:
    """The value, or the FeelError; anything else is raised and fails the test."""
    try:
        found = feel.compile(source, unary=unary).evaluate({**variables, "?": "a"}, at=AT, strict=strict)
    except feel.FeelError as error:
        return error
    assert plain(found)
    return found


@settings(max_examples=150, deadline=None)
@given(EXPRESSIONS)
def test_it_gives_a_value_or_a_feel_error(source: str) -> None:
    strict, lenient = outcome(source, strict=True), outcome(source, strict=False)
    if isinstance(strict, feel.FeelError):
        # Only a limit may stop a lenient computation of what could be read.
        assert not isinstance(lenient, feel.FeelError) or isinstance(lenient, feel.FeelLimit)
    else:
        assert lenient == strict, "what is computed strictly is the same when lenient"


@settings(max_examples=120, deadline=None)
@given(SCRAPS)
def test_it_reads_any_text_or_says_why_not(source: str) -> None:
    for unary in (False, True):
        for strict in (False, True):
            outcome(source, strict=strict, unary=unary)


@settings(max_examples=60, deadline=None)
@given(EXPRESSIONS)
def test_it_gives_the_same_every_time(source: str) -> None:
    first, second = outcome(source, strict=True), outcome(source, strict=True)
    if isinstance(first, feel.FeelError):
        assert (type(first), first.message, first.column) == (type(second), second.message, second.column)
    else:
        assert first == second


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.floats(), st.text(max_size=20),
        st.dates(), st.times(), st.datetimes(), st.timedeltas(), st.builds(feel.YearMonthDuration, st.integers(-10**6, 10**6)), st.binary(max_size=3),
    ),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
SOURCES = ["x", "[x, y]", "x = y", "x < y", "x + y", "x - y", "x * y", "x / y", "string(x)", "x in [y..y]", "x[y]", "x.a", "{x: x}.x", "-x", "x in y", "sort([x, y])",
           "concatenate(x, y)[item = x]", "min(x, y)", "distinct values([x, y])", "x between y and y", "for i in x return i = y"]  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(SOURCES), VALUES, VALUES)
def test_it_takes_any_variables_or_says_why_not(source: str, x: Any, y: Any) -> None:
    for strict in (True, False):
        outcome(source, strict=strict, variables={"x": x, "y": y})


NUMBERS = st.integers(-999, 999).map(lambda n: (f"({n})", Fraction(n)))


def _sum(pair: tuple[tuple[str, Fraction], str, tuple[str, Fraction]]) -> tuple[str, Fraction]:
    (left, a), op, (right, b) = pair
    return f"({left} {op} {right})", {"+": a + b, "-": a - b, "*": a * b}[op]


@settings(max_examples=80, deadline=None)
@given(st.recursive(NUMBERS, lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(_sum), max_leaves=8))
def test_it_computes_whole_numbers_as_mathematics_does(pair: tuple[str, Fraction]) -> None:
    source, expected = pair
    assert outcome(source, strict=True) == Decimal(expected.numerator)
