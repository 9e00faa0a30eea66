"""Rule ``flows``: flows join nodes of one scope, every scope has one plain start, activities have one way out."""

from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    diagram,
    end,
    message,
    node,
    path,
    problems,
    problems_of,
    process,
    start,
    sub,
    timer,
    user,
    xor,
)


def texts(*parts: str) -> list[str]:
    return [p.message for p in problems(*parts, rule="flows")]


def test_it_accepts_a_plain_line() -> None:
    assert texts(start(), user("a"), end(), path("start", "a", "end")) == []


def test_it_refuses_a_fork_that_is_not_drawn() -> None:
    found = texts(start(), user("a"), end(), end("e2"), path("start", "a", "end"), path("a", "e2"))
    assert found == ["“a”有2条去向；并行请画并行网关，选择请画排他网关。"]
    assert texts(start(), end(), end("e2"), path("start", "end"), path("start", "e2")) != []


def test_it_refuses_a_dead_end() -> None:
    found = texts(start(), user("a"), path("start", "a"))
    assert found == ["“a”没有去向，案件会停在这里。"]


def test_it_refuses_flows_that_hang_loose_or_leave_their_subprocess() -> None:
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    found = texts(start(), inner, end(), path("start", "inner", "end"), path("start", "deep"))
    assert "顺序流“start__deep”的一端“deep”不在同一个流程或子流程中。" in found
    assert any("nowhere" in t for t in texts(start(), end(), path("start", "end"), path("start", "nowhere")))


def test_it_refuses_to_go_into_a_start_or_out_of_an_end() -> None:
    host = boundary("late", "a", timer())
    found = texts(start(), user("a"), host, xor("x"), end(), path("start", "x", "a", "end", "x"), path("late", "x"))
    assert found == ["结束事件之后不能再有顺序流。"]
    found = texts(start(), user("a"), host, end(), path("start", "a", "end"), path("late", "end"), path("a", "late"))
    assert "开始事件和边界事件不能有来向。" in found
    assert "开始事件和边界事件不能有来向。" in texts(start(), user("a"), end(), path("start", "a", "start"))


def test_it_wants_just_one_plain_start_in_every_scope() -> None:
    assert texts(user("a"), end(), path("a", "end")) == ["须有且只有一个普通开始事件，现有0个。"]
    two = texts(start(), start("s2"), xor("x"), end(), path("start", "x", "end"), path("s2", "x"))
    assert two == ["须有且只有一个普通开始事件，现有2个。"]
    inner = sub("inner", user("deep"), end("e"), path("deep", "e"))
    found = problems(start(), inner, end(), path("start", "inner", "end"), rule="flows")
    assert [(p.element, p.message) for p in found] == [("inner", "须有且只有一个普通开始事件，现有0个。")]


def with_message_start(*names: str) -> tuple[str, ...]:
    starts = [start(f"on_{i}", message(name)) + path(f"on_{i}", "x") for i, name in enumerate(names)]
    return start(), *starts, xor("x"), end(), path("start", "x", "end")


def test_it_lets_the_main_process_start_by_messages_too() -> None:
    assert texts(*with_message_start("batch_issued", "case_transferred")) == []
    assert bundle(*with_message_start("batch_issued")).elements["on_0"].kind == "startEvent"


def test_it_refuses_two_starts_for_one_message() -> None:
    found = problems(*with_message_start("news", "news"), rule="flows")
    assert [(p.element, p.message) for p in found] == [("on_1", "消息开始事件的消息“news”与另一个开始事件相同。")]


def test_it_refuses_other_starts_and_message_starts_elsewhere() -> None:
    found = texts(start(), start("by_time", timer()), xor("x"), end(), path("start", "x", "end"), path("by_time", "x"))
    assert found == [
        "这里只能用普通开始事件；消息开始事件只能放在主流程。到时或收到信号才发起的，请由人员或消息发起，再用捕获事件等待；办理中才发生的用事件子流程。"
    ]
    called = process(
        "called", start("s"), start("m", message()), xor("x"), end("e"), path("s", "x", "e"), path("m", "x")
    )
    main = process("main", start(), call("c", "called"), end(), path("start", "c", "end"))
    found_too = [p.element for p in problems_of(diagram(main, called)) if p.rule == "flows"]
    assert found_too == ["m"]
    inner = sub("inner", start("s"), start("m", message()), xor("x"), end("e"), path("s", "x", "e"), path("m", "x"))
    assert texts(start(), inner, end(), path("start", "inner", "end")) != []


def test_it_lets_gateways_have_many_ways() -> None:
    assert (
        texts(start(), node("parallelGateway", "f"), end(), end("e2"), path("start", "f", "end"), path("f", "e2")) == []
    )
