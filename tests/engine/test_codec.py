"""The codec keeps every value a case may hold, and nothing else."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import IntEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine import codec
from service.engine.feel import YearMonthDuration

VALUES: list[Any] = [
    None, True, False, 0, -7, 10**30, "", "章", "a\nb", "𠮷", Decimal("1.50"), Decimal("-0"), Decimal("1E+30"),
    date(2026, 2, 28), datetime(2026, 2, 28, 1, 2, 3, 456, tzinfo=UTC), datetime(2026, 2, 28, 1, 2),
    datetime(2026, 2, 28, tzinfo=timezone(timedelta(hours=8))), time(8, 30), time(8, 30, tzinfo=UTC),
    timedelta(days=-1, microseconds=1), timedelta(hours=36), YearMonthDuration(14), YearMonthDuration(-1), [], {},
    [1, [2, [3]]], {"typename": "printed", "__class__": "x", "$": "decimal", "v": 1}, {"$": {"$": []}},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_it_gives_back_what_it_was_given(value: Any) -> None:
    found = codec.loads(codec.dumps(value))
    assert found == value
    assert type(found) is type(value)
    assert codec.dumps(found) == codec.dumps(value)


def test_it_keeps_the_digits_of_a_decimal() -> None:
    assert str(codec.loads(codec.dumps(Decimal("1.50")))) == "1.50"


def test_it_keeps_the_name_of_a_zone() -> None:
    moment = datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    found = codec.loads(codec.dumps([moment, moment.timetz()]))
    assert [v.tzinfo.key for v in found] == ["Asia/Shanghai"] * 2
    assert found[0] == moment


def test_it_makes_decimals_and_whole_numbers_of_floats() -> None:
    assert codec.loads(codec.dumps([1.5, 2.0, 1e300])) == [Decimal("1.5"), 2, Decimal("1e+300")]
    assert codec.dumps(2.0) == "2"


class _Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    "value",
    [
        float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"), "a\x00b", {"a\x00": 1}, {1: 2}, b"bytes", {1},
        object(), 1j, "\ud800", {"\udfff": 1}, 2**5000, range(3), [[float("nan")]], UTC,
    ],
    ids=lambda value: type(value).__name__,  # the same in every process, and short
)  # fmt: skip
def test_it_refuses_what_cannot_be_kept(value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message differs by value)
        codec.dumps(value)


def test_it_keeps_a_number_of_a_subclass_as_the_number() -> None:
    assert codec.loads(codec.dumps(_Level.HIGH)) == 3


def test_it_refuses_what_is_nested_too_deep() -> None:
    value: list[Any] = []
    for _ in range(codec.DEEPEST):
        value = [value]
    assert codec.loads(codec.dumps(value)) == value
    with pytest.raises(ValueError, match="deeper"):
        codec.dumps([value])


@pytest.mark.parametrize(
    "text",
    [
        '{"$":"pickle","v":"x"}', '{"$":"decimal"}', '{"$":["decimal"],"v":"1"}', '{"$":"decimal","v":"NaN"}',
        '{"$":"decimal","v":"x"}', '{"$":"date","v":"yesterday"}', '{"$":"seconds","v":[1]}', '{"$":"object","v":[1]}',
        '{"$":"datetime","v":"2026-01-01T00:00@Nowhere/City"}', '{"$":"decimal","v":"1","more":2}', "{",
        '{"$":"seconds","v":[99999999999,0,0]}',
    ],
)  # fmt: skip
def test_it_refuses_what_it_never_writes(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        codec.loads(text)


def test_its_text_does_not_depend_on_the_order_of_keys() -> None:
    assert codec.dumps({"b": 1, "a": {"d": 1, "c": 2}}) == codec.dumps({"a": {"c": 2, "d": 1}, "b": 1})


def test_it_settles_data_as_it_will_be_read_back() -> None:
    given: dict[str, Any] = {"b": 1.5, "a": [{"d": (1,), "c": None}]}
    found = codec.settled(given)
    assert found == {"a": [{"c": None, "d": [1]}], "b": Decimal("1.5")}
    assert list(found) == ["a", "b"]
    assert list(found["a"][0]) == ["c", "d"]
    given["a"].append("later")
    assert len(found["a"]) == 1


_SCALARS = (
    st.none() | st.booleans() | st.integers(-(2**80), 2**80) | st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
    | st.decimals(allow_nan=False, allow_infinity=False) | st.dates() | st.datetimes() | st.times() | st.timedeltas()
    | st.datetimes(timezones=st.just(UTC)) | st.integers(-999, 999).map(YearMonthDuration)
)  # fmt: skip
_KEYS = st.sampled_from(["$", "v", "typename", "__class__", "a"]) | st.text("章ab", max_size=3)


@given(st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4)))
def test_it_gives_back_any_value(value: Any) -> None:
    text = codec.dumps(value)
    found = codec.loads(text)
    assert found == value
    assert codec.dumps(found) == text
    assert json.loads(text) == codec.encode(value)
