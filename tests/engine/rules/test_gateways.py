"""Rule ``gateways``: a condition on every flow but the default one, and nowhere else."""

from collections.abc import Callable

import pytest

from tests.engine.diagram import (
    alternatives,
    boundary,
    catch,
    end,
    flow,
    inclusive,
    link,
    node,
    parallel,
    path,
    problems,
    start,
    timer,
    user,
    xor,
)


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
    lone = texts(start(), catch("a", timer()), end(), path("start", "a"), flow("a", "end", "= x"))
    assert lone == [
        "顺序流“a__end”上的条件不会被执行：条件只能写在有多条去向的排他或包容网关上，或写在任务、子流程的去向上。"
    ]
    assert len(texts(start(), xor("g"), end(), path("start", "g"), flow("g", "end", "= x"))) == 1
    forked = (start(), parallel("f"), end(), end("e2"), path("start", "f"), flow("f", "end", "= x"), path("f", "e2"))
    assert len(texts(*forked)) == 1


def ways(default: str, *conditions: str) -> list[str]:
    """A task with a flow for each condition, the first to the first end."""
    given = f' default="{default}"' if default else ""
    asks = user("a").replace("<userTask", f"<userTask{given}")
    out = "".join(end(f"e{n}") + flow("a", f"e{n}", when) for n, when in enumerate(conditions))
    return texts(start(), asks, path("start", "a"), out)


def test_an_activity_that_chooses_has_a_way_besides() -> None:
    assert ways("", "= x", "") == []
    assert ways("a__e1", "= x", "") == []
    assert ways("a__e2", "= x", "= y", "") == []
    assert ways("", "= x", "= y") == ["“a”的去向都有条件、没有默认去向：条件都不成立时案件会停住。"]
    assert ways("", "= x") == ["“a”的去向都有条件、没有默认去向：条件都不成立时案件会停住。"]
    assert ways("a__e0", "= x", "= y") == ["默认去向“a__e0”不能再写条件。"]
    assert ways("elsewhere", "= x", "") == ["网关“a”没有默认去向：条件都不成立时案件会停住。"]
    assert ways("a__e0", "") == ["“a”设了默认去向，但去向上都没有条件，默认去向没有意义。"]


def behind(*targets: str, more: str = "") -> list[str]:
    """An event-based gateway with these behind it."""
    ids = [t.split('id="')[1].split('"')[0] for t in targets]
    ways = "".join(path("g", id, "end") for id in ids)
    return texts(start(), alternatives("g"), *targets, end(), path("start", "g"), ways, more)


def test_behind_an_event_based_gateway_stand_events_it_alone_leads_to() -> None:
    soon, late = catch("soon", timer()), catch("late", timer("P9D"))
    receive = node("receiveTask", "mail", messageRef="message_mail", oneseal__correlationKey="= k")
    assert behind(soon, late, receive) == []
    assert behind(soon) == ["事件网关“g”须有至少两条去向。"]
    told = "事件网关之后只能接定时、消息、信号、条件捕获事件或不带边界事件的接收任务，且只能由该网关到达：“{}”不是。"
    assert behind(soon, user("b")) == [told.format("b")]
    edge = boundary("edge", "mail", timer()) + path("edge", "end")
    assert behind(soon, receive, more=edge) == [told.format("mail")]
    assert behind(soon, late, more=path("soon", "late").replace("soon__late", "again")) == [told.format("late")]
    assert behind(soon, catch("jump", link("x"))) == [told.format("jump")]
    with_condition = (
        start(),
        alternatives("g"),
        soon,
        late,
        end(),
        path("start", "g"),
        flow("g", "soon", "= x"),
        path("g", "late", "end"),
        path("soon", "end"),
    )
    assert len(texts(*with_condition)) == 1
