"""Numbers are exact decimals of 34 digits."""

from decimal import Decimal

import pytest

from tests.engine.feel.computing import refusal, value

TRUE = [
    "0.1 + 0.2 = 0.3",
    "price * 3 = 0.3",
    "1.10 = 1.1",
    "10 / 4 = 2.5",
    "2 ** 10 = 1024",
    "2 ** 3 ** 2 = 64",
    "2 ** -1 = 0.5",
    "-2 ** 2 = 4",
    "1 - 2 - 3 = -4",
    "2 + 3 * 4 = 14",
    "(2 + 3) * 4 = 20",
    "12 / 2 / 3 = 2",
    "- (1 + 2) = -3",
    "1.5e3 = 1500",
    ".5 = 0.5",
    "0.30000000000000000001 > 0.3",
    "decimal(1 / 3, 2) = 0.33",
    "decimal(2.5, 0) = 2",
    "decimal(3.5, 0) = 4",
    "round half up(2.5, 0) = 3",
    "round half down(2.5, 0) = 2",
    "round up(-5.121, 2) = -5.13",
    "round down(-5.126, 2) = -5.12",
    "round half up(1234, -2) = 1200",
    "floor(-1.5) = -2",
    "floor(1.56, 1) = 1.5",
    "ceiling(-1.5) = -1",
    "ceiling(1.51, 1) = 1.6",
    "abs(-10) = 10",
    "abs(@\"-P1D\") = @\"P1D\"",
    "modulo(12, 5) = 2",
    "modulo(-12, 5) = 3",
    "modulo(12, -5) = -3",
    "modulo(10.1, 4.5) = 1.1",
    "sqrt(16) = 4",
    "log(1) = 0",
    "exp(0) = 1",
    "even(-2) and odd(3) and not(odd(2))",
    'number("1 000,5", " ", ",") = 1000.5',
    'number("1,234.5", ",", ".") = 1234.5',
    "number(\"-0.5\") = -0.5",
    "sum([0.1, 0.2, 0.3]) = 0.6",
    "sum(1, 2, 3) = 6",
    "min(xs) = 1 and max(xs) = 3 and max(1, 9, 4) = 9",
    "mean([1, 2, 3, 4]) = 2.5",
    "median([8, 2, 5, 3, 4]) = 4 and median([6, 1, 2, 3]) = 2.5",
    "mode([6, 3, 9, 6, 6]) = [6] and mode([6, 1, 9, 6, 1]) = [1, 6] and mode([]) = []",
    "stddev([2, 4, 7, 5]) > 2.08 and stddev([2, 4, 7, 5]) < 2.09",
    "product([2, 3, 4]) = 24",
    "sum([]) = null and min([]) = null and mean([]) = null",
    "5 between 1 and 5 and not(6 between 1 and 5)",
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_it_holds(source: str) -> None:
    assert value(source) is True


def test_it_keeps_every_digit_of_a_decimal() -> None:
    assert value("0.1 + 0.2") == Decimal("0.3")
    assert value("1 / 3") == Decimal("0." + "3" * 34)


def test_it_keeps_every_digit_of_a_negative_number() -> None:
    assert value("-1.234567890123456789012345678901234") == Decimal("-1.234567890123456789012345678901234")


def test_it_takes_a_float_of_the_caller_as_it_is_written() -> None:
    assert value("price", {"price": 0.1}) == Decimal("0.1")


def test_it_gives_a_fresh_decimal_for_an_integer_of_any_size_allowed() -> None:
    assert value("n", {"n": 10**60}) == Decimal(10**60)


@pytest.mark.parametrize(
    "source",
    [
        "1 / 0", "modulo(1, 0)", "sqrt(-1)", "log(0)", "(-8) ** 0.5", "10 ** 61", "10 ** -61", "1e60 * 10",
        'number("1,5")', 'number("十")', 'number("0x10")', 'number("1_000")', 'number("١")', 'number("")',
        'number("NaN")', 'number("Infinity")', "even(1.5)", "decimal(1, 7000)", "sum([1, \"2\"])",
    ],
)  # fmt: skip
def test_it_has_no_answer(source: str) -> None:
    assert refusal(source).column >= 1
    assert value(source, strict=False) is None
