"""Fuel and sizes: each limit is met exactly, is an error strict or not, and costs no more than it says."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from service.engine import feel
from tests.engine.feel.computing import AT, value


def limit(source: str, variables: dict[str, Any] | None = None) -> feel.FeelLimit:
    """The limit that an expression meets, the same strict and lenient."""
    met = []
    for strict in (True, False):
        with pytest.raises(feel.FeelLimit) as caught:
            value(source, variables or {}, strict=strict)
        met.append(caught.value)
    assert met[0].message == met[1].message
    return met[0]


def nested(count: int, opening: str, core: str, closing: str) -> str:
    return opening * count + core + closing * count


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("1" + " " * 4095, "1" + " " * 4096),
        ("+".join(["1"] * 1999), "+".join(["1"] * 2000)),
        (nested(63, "[", "1", "]"), nested(64, "[", "1", "]")),
        ('"' + "a" * 4000 + '"', '"' + "a" * 4100 + '"'),
    ],
)  # fmt: skip
def test_it_takes_a_source_up_to_the_limit_and_no_further(inside: str, outside: str) -> None:
    value(inside)
    limit(outside)


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("count(for i in 1..4000 return i) = 4000", "for i in 1..10001 return i"),
        ("string length(a + a) = 65536", "a + a + \"b\""),
        ("count(concatenate(xs, xs)) = 10000", "append(concatenate(xs, xs), 1)"),
    ],
)  # fmt: skip
def test_it_makes_values_up_to_the_limit_and_no_further(inside: str, outside: str) -> None:
    variables = {"a": "a" * 32_768, "xs": list(range(5000))}
    assert value(inside, variables) is True
    limit(outside, variables)


def test_it_stops_at_the_same_unit_of_fuel_every_time() -> None:
    source = "count(for i in 1..100 return i * 2)"
    enough = next(fuel for fuel in range(1, 2000) if _has_value(source, fuel))
    assert 300 < enough < 800
    assert [_has_value(source, enough - 1), _has_value(source, enough)] == [False, True]


def _has_value(source: str, fuel: int) -> bool:
    try:
        return bool(value(source, fuel=fuel) == 100)
    except feel.FeelLimit:
        return False


def test_it_shares_one_tank_between_the_expressions_of_a_computation() -> None:
    computation = feel.Computation({"xs": list(range(100))}, at=AT, fuel=2000)
    expression = feel.compile("sum(for x in xs return x)")
    assert [computation.value(expression) for _ in range(3)] == [4950] * 3
    with pytest.raises(feel.FeelLimit):
        any(computation.value(expression) is None for _ in range(100))
    assert 0 <= computation.left < 500


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..9999, j in 1..9999 return 1",
        "for i in 1..1e60 return i",
        "count(for i in 1e40..1e50 return 1)",
        "{f: function(x) f(x), v: f(1)}.v",
        "{f: function(x) f(x) + f(x), v: f(1)}.v",
        "{f: function(g) g(g), v: f(f)}.v",
        "sort(for i in 1..5000 return 5000 - i)",
        "distinct values(for i in 1..5000 return i)",
        "(for a in 1..99, b in 1..99, c in 1..99 return a + b + c)[1]",
        "some x in 1..1e9 satisfies x < 0",
        "flatten(for i in 1..200 return for j in 1..200 return j)",
        'for i in 1..9000 return "' + "a" * 200 + '" + string(i)',
        "(for i in 1..400 return if i = 1 then [1] else concatenate(partial[-1], partial[-1]))",
        '(for i in 1..400 return if i = 1 then "ab" else partial[-1] + partial[-1])',
        "(for i in 1..400 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "string(for i in 1..400 return if i = 1 then [1] else [partial[-1], partial[-1]])",
        "(for i in 1..2000 return [partial]) = (for i in 1..2000 return [partial])",
        "string(for i in 1..90 return [partial[-1]])",
    ],
)  # fmt: skip
def test_it_stops_what_would_never_end_or_never_fit(source: str) -> None:
    begun = time.process_time()
    met = limit(source)
    assert met.message
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "source",
    [
        "for i in 1..20000 return long = other", "for i in 1..20000 return long < other", "max(for i in 1..9000 return long)",
        "sort(for i in 1..9000 return long)", "for i in 1..20000 return contains(long, other)",
        "for i in 1..20000 return starts with(long, other)", "for i in 1..20000 return long in [other..other]",
        "for i in 1..20000 return before([other..long], [long..long])", "for i in 1..20000 return upper case(long)",
        "for i in 1..20000 return string length(long)", "list contains(for i in 1..9000 return other, long)",
        "distinct values(for i in 1..9000 return other)", "for i in 1..20000 return [long] = [other]",
        'replace(long, "长", long)', 'matches(long, "^(长|长长)*$")', 'split(long, "长")', "for i in 1..20000 return number(long)",
        'matches(long, "[' + "".join(f"{chr(65 + i % 26)}-z" for i in range(300)) + ']{9}")',
        "for i in 1..20000 return long between other and other", "for i in 1..20000 return 1.000001 ** 1e30",
        "for i in 1..20000 return exp(log(1.5))", "for i in 1..20000 return index of(many, 1)",
        "for i in 1..20000 return median(many)", "for i in 1..20000 return stddev(many)", "for i in 1..20000 return mode(many)",
        "for i in 1..20000 return {a: many} = {a: many}",
        "for i in 1..20000 return many instance of list<number>", "for i in 1..20000 return (function(p: list<number>) 1)(many)",
        "for i in 1..20000 return wide = wider", "for i in 1..20000 return -1 in many", "for i in 1..20000 return get value(wide, many)",
        "{spans: for i in 1..1500 return [i..i], v: for i in 1..20000 return -1 in spans}.v",
        "for i in 1..20000 return false in (false" + " and x" * 600 + ")", "for i in 1..20000 return rows.a", "for i in 1..20000 return many",
        "for i in 1..20000 return append(many, 1)", "for i in 1..20000 return rows[a > 0]", "for i in 1..20000 return string(many)",
    ],
)  # fmt: skip
def test_it_pays_for_the_length_of_what_it_works_on(source: str) -> None:
    variables: dict[str, Any] = {
        "long": "长" * 60_000,
        "other": "长" * 59_999 + "短",
        "many": list(range(3000)),
        "x": 1,
    }
    variables |= {"wide": {f"k{n}": n for n in range(30_000)}, "rows": [{"a": n} for n in range(3000)]}
    variables["wider"] = {f"k{n}": n for n in range(29_999)} | {"last": 1}
    begun = time.process_time()
    with pytest.raises(feel.FeelError):
        value(source, variables)
    assert time.process_time() - begun < 2


def test_it_counts_levels_of_calls_before_python_does() -> None:
    """A column says that our own count stopped it: the same on every machine, however deep the stack already is."""
    for source in ("{f: function(x) f(x), v: f(1)}.v", "{f: function(x) sort([1, 2], function(a, b) f(a)), v: f(1)}.v"):
        met = limit(source)
        assert met.column > 0
        assert "层次过深" in met.message


@pytest.mark.parametrize(
    "source",
    [
        "(" * 2000 + "1" + ")" * 2000, "[" * 4000, "-" * 4000 + "1", "{a:" * 1000 + "1" + "}" * 1000, "not(" * 900 + "true" + ")" * 900,
        "if " * 1300, "x[" * 1300, "function(a) " * 300 + "a", "for x in " * 400, "1 in (" * 600, "x instance of " + "list<" * 700,
        ".a" * 2000, "a" + ".a" * 2000, "some x in " * 400, "((((1)" * 500, "\"" + "\\" * 4000, "/*" * 2000,
    ],
)  # fmt: skip
def test_it_reads_no_deeper_than_it_may(source: str) -> None:
    begun = time.process_time()
    with pytest.raises(feel.FeelError):
        feel.compile(source)
    with pytest.raises(feel.FeelError):
        feel.compile(source, unary=True)
    assert time.process_time() - begun < 2


def _circle() -> list[Any]:
    found: list[Any] = []
    found.append(found)
    return found


def _shared(levels: int) -> list[Any]:
    found: list[Any] = [0]
    for _ in range(levels):
        found = [found] * 10
    return found


STRANGERS: list[Callable[[], Any]] = [
    object, lambda: len, lambda: print, lambda: {1: 2}, lambda: {"a": object()}, lambda: {1, 2}, lambda: b"bytes", lambda: 1j,
    lambda: float("nan"), lambda: float("inf"), lambda: 10**100, lambda: 1e200, _circle, lambda: _shared(12), lambda: [[0] * 9999] * 9999,
    lambda: type, lambda: AT.tzinfo,
]  # fmt: skip


@pytest.mark.parametrize("make", STRANGERS)
def test_it_takes_no_value_that_is_none_of_the_language(make: Callable[[], Any]) -> None:
    for source in ("x", "[x]", "count([x])", "string(x)", "x = x", "{a: x}.a"):
        with pytest.raises(feel.FeelError):
            value(source, {"x": make()})


def test_it_does_not_look_at_variables_it_does_not_read() -> None:
    assert value("n", {"n": 1, "x": object()}) == 1


def cost(source: str, **variables: Any) -> int:
    """The fuel an expression takes."""
    computation = feel.Computation(variables, at=AT)
    computation.value(feel.compile(source))
    return 20_000 - computation.left


@pytest.mark.parametrize(
    "work", ["{} = {}", "{} < {}", "{} in [{}..{}]", "starts with({}, {})", "list contains([{}], {})", "min({}, {})"]
)
def test_it_takes_fuel_for_long_texts(work: str) -> None:
    short, long = cost(work.replace("{}", "a"), a="长"), cost(work.replace("{}", "a"), a="长" * 6400)
    assert short < 20
    assert long >= short + 100


@pytest.mark.parametrize("work", ["1.5 ** 1.5", "exp(1.5)", "log(1.5)"])
def test_it_takes_more_fuel_for_dear_arithmetic(work: str) -> None:
    assert cost(work) >= cost("1.5 * 1.5") + 15


def test_it_takes_more_fuel_for_a_pattern_that_looks_longer_at_each_character() -> None:
    text = "长" * 500
    assert cost(f'matches(text, "[{"a-z" * 100}]")', text=text) > 20 * cost('matches(text, "a")', text=text)


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("(a)" * 20, "(a)" * 21), ("a" * 1000, "a" * 1001), ("(?:" * 29 + "a" + ")" * 29, "(?:" * 30 + "a" + ")" * 30),
        ("a{900}", "(?:a{900}){2}"), ("[a-z-" * 28 + "[a]" + "]" * 28, "[a-z-" * 29 + "[a]" + "]" * 29),
    ],
)  # fmt: skip
def test_it_takes_a_pattern_up_to_the_limit_and_no_further(inside: str, outside: str) -> None:
    assert value(f'matches("b", "{inside}")') is False
    assert limit(f'matches("b", "{outside}")').message == "正则表达式过大。"


def test_it_copies_no_more_than_a_bounded_number_of_nodes() -> None:
    assert len(value("x", {"x": [[0] * 6000] * 8})) == 8
    assert limit("x", {"x": [[0] * 6000] * 9}).message == "数据超过50000个组成部分。"
