"""Cells of a decision table: the input stands left of each test."""

from datetime import date
from typing import Any

import pytest

from service.engine import feel
from tests.engine.feel.computing import AT, holds

ROWS: list[tuple[str, Any, bool]] = [
    ("-", 1, True), ("-", None, True),
    ("5", 5, True), ("5", 6, False), ("5", 5.0, True),
    ('"E1"', "E1", True), ('"E1", "E2"', "E2", True), ('"E1", "E2"', "E3", False),
    ("< 5", 4, True), ("< 5", 5, False), (">= 5", 5, True), ("= 5", 5, True), ("!= 5", 5, False),
    ("[1..5]", 5, True), ("[1..5)", 5, False), ("]1..5]", 1, False), ("(1..5)", 3, True), ("< 1, > 5", 9, True),
    ("[1..5[", 5, False),
    ('not("a")', "b", True), ('not("a")', "a", False), ('not("a", "b")', "b", False), ("not(< 5)", 4, False),
    ("not([1..5], 9)", 7, True),
    ("true", True, True), ("true", False, False), ("false", False, True), ("false", True, False),
    ("null", None, True), ("null", 1, False), ("not(null)", 1, True), ("not(null)", None, False),
    ("true", None, False), ("false", None, False), ('"a"', None, False), ('not("a")', None, True),
    ("? > 3", 5, True), ("? > 3 and ? < 9", 9, False), ('contains(?, "镇")', "火田镇", True),
    ("limit", 7, True), ("< limit", 6, True), ("[1..limit]", 8, False), ("list", 2, True), ("list", 9, False),
    ('@"2022-08-01"', date(2022, 8, 1), True), ('> @"2022-08-01"', date(2022, 8, 2), True),
    ("[1, 2]", 2, True), ("[1, 2]", [1, 2], True), ("count(?) > 1", [1, 2], True),
    ('"-"', "-", True), ("-5", -5, True), ('""', "", True), ('"火田", "莆美"', "莆美", True),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "given", "expected"), ROWS)
def test_it_holds_or_not(cell: str, given: Any, expected: bool) -> None:
    assert holds(cell, given, limit=7, list=[1, 2]) is expected


@pytest.mark.parametrize("cell", ["< 5", "[1..5]", "not(< 5)", "> limit"])
def test_it_is_not_met_by_null_and_is_no_error_either(cell: str) -> None:
    assert holds(cell, None, limit=7) is None


@pytest.mark.parametrize(
    ("cell", "given"),
    [("< 5", "a"), ("5", "5"), ("[1..5]", "a"), ('"a"', 1), ("true", "是"), ("missing", 1), ("> missing", 1)],
)
def test_it_is_an_error_when_the_input_does_not_fit(cell: str, given: Any) -> None:
    with pytest.raises(feel.FeelError):
        holds(cell, given)


@pytest.mark.parametrize("cell", ["", "5,", ", 5", "< ", "not(", "not()", "[1..5", "5 6", "- 5 -", "<> 5"])
def test_it_cannot_be_read(cell: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile(cell, unary=True)
    assert caught.value.message
    assert caught.value.column >= 1


def test_it_tells_its_alternatives_one_by_one() -> None:
    cells = feel.compile('"高", < 5, [7..9]', unary=True).alternatives()
    assert [[c.evaluate({"?": v}, at=AT, strict=False) for c in cells] for v in ("高", 4, 8)] == [
        [True, None, None], [None, True, False], [None, False, True],
    ]  # fmt: skip
    assert feel.compile('not("a")', unary=True).alternatives() == ()
    assert feel.compile("1 + 1").alternatives() == ()
