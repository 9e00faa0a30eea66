"""A submission has a size: beyond it nothing is looked at, and nothing ever overflows."""

from typing import Any

import pytest

from tests.engine.forms.small import checked, codes, field, form, rows


def nested(levels: int, open: Any) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = open(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        ["x"] * 5_001,
        {f"k{n}": 1 for n in range(5_001)},
        nested(40, lambda v: [v]),
        nested(100_000, lambda v: [v]),
        nested(100_000, lambda v: {"a": v}),
        "长" * (512 * 1024 + 1),
        10**80,
        -(10**5_000),
        {1: 2},
        object(),
        b"bytes",
        {"set"},
    ],
    ids=lambda value: type(value).__name__,
)
def test_it_refuses_what_is_too_large_or_no_json(value: Any) -> None:
    (fault,) = checked(form(field("textfield")), {"a": value}).faults
    assert fault.code == "too-large"


def test_it_takes_a_list_of_three_hundred_full_rows() -> None:
    names = [f"f{n}" for n in range(14)]
    hide = {"hide": '=this.f0 = "hidden"'}
    made = form(
        rows(
            "items",
            *(field("textfield", n, conditional=hide if n == "f1" else None) for n in names),
            allowAddRemove=True,
        )
    )
    assert codes(made, {"items": [dict.fromkeys(names, "值")] * 300}) == []


def test_it_gives_up_computing_row_by_row_at_a_fixed_count() -> None:
    made = form(
        rows(
            "r",
            *(field("expression", f"e{n}", expression=f"=this.a + {n}") for n in range(9)),
            field("number"),
            allowAddRemove=True,
        )
    )
    assert codes(made, {"r": [{"a": n} for n in range(222)]}) == []
    assert codes(made, {"r": [{"a": n} for n in range(223)]}) == [("", "too-large")]


def test_it_lets_no_expression_run_away() -> None:
    endless = "=count(for x in 1..100, y in 1..100, z in 1..100 return x)"
    made = form(
        field("textfield", conditional={"hide": endless}, readonly=endless),
        field("number", "n", validate={"max": endless}),
    )
    assert codes(made, {"a": "x", "n": 5}) == []
