"""Lists, filters, loops, contexts, ranges and functions."""

from decimal import Decimal

import pytest

from tests.engine.feel.computing import VARIABLES, refusal, value

TRUE = [
    "xs[1] = 3 and xs[-1] = 2 and xs[9] = null and xs[0] = null",
    "xs[item > 1] = [3, 2]",
    "items[days > 4].name = [\"乙\", \"丙\"]",
    "[{full name: 1}, {full name: 2}][full name > 1].full name = [2]",
    "items[open].name = [\"甲\", \"丙\"]",
    "items[open = false and days > 1][1].name = \"乙\"",
    "items.days = [3, 7, 5]",
    "5[1] = 5 and 5[2] = null and null[1] = null",
    "[][1] = null and [] = []",
    "count(items) = 3 and count([]) = 0 and count(items[days > 99]) = 0",
    "for x in xs return x * 2 = 6",
    "(for x in xs return x * 2) = [6, 2, 4]",
    "(for i in 1..3 return i) = [1, 2, 3] and (for i in 3..1 return i) = [3, 2, 1]",
    "(for i in [1..3] return i) = [1, 2, 3] and (for i in (1..3) return i) = [2] and (for i in (1..1) return i) = []",
    "(for a in [1, 2], b in [10, 20] return a + b) = [11, 21, 12, 22]",
    "(for a in [[1], [2, 3]], b in a return b) = [1, 2, 3]",
    "(for i in 1..5 return if i = 1 then 1 else i * partial[-1]) = [1, 2, 6, 24, 120]",
    '(for d in @"2022-08-01"..@"2022-08-03" return d.day) = [1, 2, 3]',
    "some x in xs satisfies x > 2",
    "every x in xs satisfies x > 0",
    "not(every x in xs satisfies x > 1)",
    "(some x in [] satisfies x) = false and (every x in [] satisfies x) = true",
    "some a in [1, 2], b in [2, 3] satisfies a = b",
    "list contains(xs, 2) and not(list contains(xs, 9)) and list contains([1, null], null)",
    "append([1], 2, 3) = [1, 2, 3] and concatenate([1], [2, 3]) = [1, 2, 3] and concatenate([1], 2) = [1, 2]",
    "insert before([1, 3], 1, 2) = [2, 1, 3] and insert before([1, 3], -1, 2) = [1, 2, 3]",
    "remove([1, 2, 3], 2) = [1, 3] and reverse([1, 2, 3]) = [3, 2, 1]",
    "list replace([2, 4, 7, 8], 3, 6) = [2, 4, 6, 8]",
    "list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) = [5, 5, 7, 8]",
    "index of([1, 2, 3, 2], 2) = [2, 4] and index of([1], 9) = []",
    "distinct values([1, 2, 3, 2, 1]) = [1, 2, 3] and union([1, 2], [2, 3]) = [1, 2, 3]",
    "flatten([[1, 2], [[3]], 4]) = [1, 2, 3, 4]",
    "sublist([4, 5, 6], 1, 2) = [4, 5] and sublist([4, 5, 6], -2) = [5, 6]",
    "sort(xs, function(x, y) x < y) = [1, 2, 3] and sort(xs) = [1, 2, 3]",
    "sort(items, function(x, y) x.days > y.days).name = [\"乙\", \"丙\", \"甲\"]",
    "all([true, true]) and not(all([true, false])) and any([false, true]) and not(any([])) and all([])",
    "is empty([]) and not(is empty(xs))",
    "{a: 1, b: a + 1}.b = 2",
    "{\"a b\": 1, c d: 2}.c d = 2",
    "{a: {b: [10, 20]}}.a.b[2] = 20",
    "item.owner.code = \"350622\" and item.tags[2] = \"计生\"",
    "get value(item, \"days\") = 3 and get value(item, [\"owner\", \"code\"]) = \"350622\" and get value(item, \"x\") = null",
    "get entries({a: 1})[1].key = \"a\" and get entries({a: 1})[1].value = 1",
    "context put({a: 1}, \"b\", 2) = {a: 1, b: 2} and context put({a: {b: 1}}, [\"a\", \"b\"], 2) = {a: {b: 2}}",
    "context merge([{a: 1}, {a: 2, b: 3}]) = {a: 2, b: 3}",
    "context([{key: \"a\", value: 1}]) = {a: 1}",
    "5 in [1..5] and not(5 in [1..5)) and 5 in ]4..5] and not(5 in ]5..6]) and 5 in (4..6)",
    "5 in (> 4) and 5 in > 4 and 5 in (<= 5, 9) and 5 in (1, 5) and 5 in [1, 5]",
    "\"b\" in [\"a\"..\"c\"]",
    "(function(a, b) a + b)(1, 2) = 3 and {f: function(x: number) x * 2, y: f(4)}.y = 8",
    "{fact: function(n, f) if n < 2 then 1 else n * f(n - 1, f), v: fact(5, fact)}.v = 120",
    "substring(start position: 2, string: \"abc\") = \"bc\"",
    "before(1, 10) and after([5..10], [1..5)) and meets([1..5], [5..10]) and overlaps([1..5], [3..8])",
    "starts([1..5], [1..8]) and finishes(10, [1..10]) and during(5, [1..10]) and includes([1..10], 5) and coincides(5, 5)",
    "[1..5].start = 1 and [1..5).end included = false",
    "1 instance of number and \"a\" instance of string and not(null instance of number) and {a: 1} instance of context<a: number>",
    "[1, 2] instance of list<number> and not([1, \"a\"] instance of list<number>)",
    "is defined(n) and not(is defined(missing)) and get or else(missing, 7) = 7",
]  # fmt: skip


@pytest.mark.parametrize("source", [source for source in TRUE if not source.startswith("for x in xs return x * 2 =")])
def test_it_holds(source: str) -> None:
    assert value(source) is True


def test_it_takes_the_whole_rest_as_the_body_of_a_loop() -> None:
    assert value("for x in xs return x * 2 = 6") == [True, False, False]


def test_it_gives_a_result_that_shares_nothing_with_the_variables() -> None:
    given = {"xs": [{"a": [1]}]}
    found = value("xs", given)
    found[0]["a"].append(2)
    found.append(3)
    assert given == {"xs": [{"a": [1]}]}


def test_it_leaves_the_variables_as_they_were() -> None:
    before = repr(VARIABLES)
    value('[append(xs, 9), sort(xs), reverse(xs), context put(item, "days", 9), remove(xs, 1)]')
    assert repr(VARIABLES) == before


def test_it_sees_names_of_members_before_those_outside() -> None:
    assert value("rows[days > limit].days", {"rows": [{"days": 1}, {"days": 9}], "limit": 5, "days": 0}) == [Decimal(9)]


@pytest.mark.parametrize(
    "source",
    [
        "xs[1.5]", "xs[\"a\"]", "xs.name", "item.missing", "items.missing", "n.x", "nothing.x", "for x in nothing return x",
        "for i in 1..1.5 return i", "for i in \"a\"..\"b\" return i", "some x in xs satisfies x", "every x in xs satisfies \"a\"",
        "insert before([1], 5, 2)", "remove([1], 0)", "sublist([1], 2, 5)", "context([{key: 1, value: 1}])",
        "context([{key: \"a\", value: 1}, {key: \"a\", value: 2}])", "[5..1] = 1", "[1..\"a\"]", "1 instance of missing type",
        "sort([1, \"a\"])", "max(1, \"a\")", "list replace([1], function(a, b) 1, 2)", "(function(a) a)(1, 2)",
        "(function(a: number) a)(\"x\")", "n(1)", "missing(1)", "count()", "count(1, 2)", "substring(text: \"a\")",
    ],
)  # fmt: skip
def test_it_has_no_answer(source: str) -> None:
    assert refusal(source).column >= 1
    value(source, strict=False)  # lenient: null, somewhere; never an error


def test_it_does_not_hand_out_what_cannot_be_a_variable() -> None:
    assert refusal("[1..5]").message == "结果中含有区间，不能作为变量保存。"
    assert refusal("{a: [function(x) x]}").message == "结果中含有函数，不能作为变量保存。"
