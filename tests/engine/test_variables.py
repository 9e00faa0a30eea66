"""Variables come through every node as they were given, whatever their names; what cannot be kept is refused."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from service.engine import run
from service.engine.feel import YearMonthDuration
from service.engine.model import (
    Complete,
    EngineError,
    FinishJob,
    Start,
)
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    bundle,
    end,
    flow,
    line,
    parallel,
    path,
    service,
    start,
    sub,
    task,
    user,
    xor,
)


@pytest.mark.parametrize(
    "data",
    [
        {"typename": "章"}, {"__class__": "x", "__builtins__": {"a": 1}}, {"$": {"$": "decimal", "v": "1"}},
        {"中文 名": "有空格"}, {"nested": {"typename": {"typename": None}}}, {"task": 1, "data": 2, "self": 3, "": 4},
        {"day": date(2026, 1, 31), "money": Decimal("12.50"), "span": timedelta(hours=5)},
        {"moment": datetime(2026, 1, 31, 8, 0), "months": YearMonthDuration(5), "big": 2**80},
    ],
    ids=str,
)  # fmt: skip
def test_it_keeps_any_variables_through_every_kind_of_node(data: dict[str, Any]) -> None:
    inner = sub("inner", start("s"), user("b"), end("e"), path("s", "b", "e"))
    made = bundle(
        start(), user("a"), parallel("fork"), inner, service("c"), parallel("join"), user("d"), end(),
        path("start", "a", "fork", "inner", "join", "d", "end"), path("fork", "c", "join"),
    )  # fmt: skip
    case = Case(made)
    case.step(Complete(case.number("a"), data)).does("b", own=1).step(FinishJob(case.number("c"), data))
    found = case.wait("d").data
    assert found == data | {"own": 1}
    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in (data | {"own": 1}).items()}


def test_it_never_takes_a_variable_for_a_part_of_python() -> None:
    made = bundle(
        start(), user("a"), xor("which", "c"), task("b"), task("c"), end(), path("start", "a", "which"),
        flow("which", "b", '= box.__class__ = "mine"'), flow("which", "c"), path("b", "end"), path("c", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {"box": {}})).code == "expression"
    assert "b" in case.does("a", box={"__class__": "mine"}).passed


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", "a\x00", "\ud800", {1: 2}, object(), 2**9999])
def test_it_refuses_values_that_cannot_be_kept(value: Any) -> None:
    case = Case(line(user("a"), user("b")))
    assert case.refuses(Complete(case.number("a"), {"x": value})).code == "data"
    with pytest.raises(EngineError) as refusal:
        run.apply(case.bundle, None, Start({"x": value}), at=AT)
    assert refusal.value.code == "data"


def test_it_does_not_share_data_with_the_caller() -> None:
    given: dict[str, Any] = {"rows": [{"n": 1}]}
    case = Case(line(user("a"), user("b")))
    case.does("a", **given)
    given["rows"][0]["n"] = 999
    assert case.does("b").variables == {"rows": [{"n": 1}]}
