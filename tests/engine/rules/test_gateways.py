"""Rule ``gateways``: a condition on every flow but the default one, and nowhere else."""

from collections.abc import Callable

import pytest

from tests.engine.diagram import end, flow, inclusive, parallel, path, problems, start, user, xor


def texts(*parts: str) -> list[str]:
    return [p.message for p in problems(*parts, rule="gateways")]


def choice(gate: str, *flows: str) -> list[str]:
    return texts(
        start(), gate, user("a"), user("b"), end(), path("start", "g"), *flows, path("a", "end"), path("b", "end")
    )


@pytest.mark.parametrize("kind", [xor, inclusive])
def test_it_accepts_conditions_and_a_default(kind: Callable[[str, str], str]) -> None:
    assert choice(kind("g", "b"), flow("g", "a", "= x"), flow("g", "b")) == []


@pytest.mark.parametrize("kind", [xor, inclusive])
def test_it_wants_a_default(kind: Callable[[str, str], str]) -> None:
    assert choice(kind("g", ""), flow("g", "a", "= x"), flow("g", "b", "= y")) == [
        "网关“g”没有默认去向：条件都不成立时案件会停住。"
    ]
    assert choice(kind("g", "missing"), flow("g", "a", "= x"), flow("g", "b", "= y")) != []


def test_it_wants_a_condition_on_every_other_flow() -> None:
    assert choice(xor("g", "b"), flow("g", "a"), flow("g", "b")) == ["网关的去向“g__a”既不是默认去向也没有条件。"]


def test_it_refuses_a_condition_on_the_default() -> None:
    assert choice(xor("g", "b"), flow("g", "a", "= x"), flow("g", "b", "= y")) == ["默认去向“g__b”不能再写条件。"]


def test_it_refuses_conditions_that_would_be_passed_over() -> None:
    lone = texts(start(), user("a"), end(), path("start", "a"), flow("a", "end", "= x"))
    assert lone == ["顺序流“a__end”上的条件不会被执行：条件只能写在有多条去向的排他或包容网关上。"]
    assert len(texts(start(), xor("g"), end(), path("start", "g"), flow("g", "end", "= x"))) == 1
    forked = (start(), parallel("f"), end(), end("e2"), path("start", "f"), flow("f", "end", "= x"), path("f", "e2"))
    assert len(texts(*forked)) == 1
