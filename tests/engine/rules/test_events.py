"""Rule ``events``: kinds we run, where we run them."""

import pytest

from tests.engine.diagram import (
    boundary,
    bundle,
    catch,
    conditional,
    end,
    error,
    escalation,
    event_sub,
    flow,
    link,
    message,
    node,
    path,
    problems,
    signal,
    start,
    sub,
    task,
    terminate,
    throw,
    timer,
    user,
    xor,
)

LISTENS = {"oneseal__correlationKey": '= "k"'}


def texts(*parts: str) -> list[str]:
    return [p.message for p in problems(*parts, rule="events")]


def between(event: str) -> list[str]:
    return texts(start(), event, end(), path("start", "event", "end"))


def on(host: str, event: str) -> list[str]:
    return texts(start(), host, event, end(), path("start", "host", "end"), path("event", "end"))


def test_it_accepts_what_runs() -> None:
    for definition in (timer(), message(), signal()):
        assert between(catch("event", definition, **LISTENS)) == []
        assert on(user("host"), boundary("event", "host", definition, **LISTENS)) == []
    for definition in (message(), signal()):
        assert between(throw("event", definition)) == []
    for definition in (message(), signal(), terminate()):
        assert texts(start(), end("end", definition), path("start", "end")) == []
    assert on(user("host"), boundary("event", "host", error())) == []
    assert between(throw("event")) == []


@pytest.mark.parametrize(
    "event",
    [catch("event", error("E")), catch("event", terminate()), throw("event", timer()), throw("event", error("E")),
     throw("event", terminate())],
)  # fmt: skip
def test_it_refuses_kinds_elsewhere_than_they_run(event: str) -> None:
    assert len(between(event)) == 1
    assert "目前不能正确执行" in between(event)[0]


def test_it_refuses_events_that_say_nothing_or_too_much() -> None:
    assert between(catch("event")) == ["“intermediateCatchEvent”须指定触发方式。"]
    assert "一个事件只能有一种触发方式。" in between(catch("event", timer(), signal()))
    assert on(user("host"), boundary("event", "host")) == ["“boundaryEvent”须指定触发方式。"]


def test_it_refuses_messages_signals_and_errors_that_name_nothing() -> None:
    for kind in ("message", "signal"):
        definition = f'<{kind}EventDefinition {kind}Ref="missing"/>'
        assert between(catch("event", definition, **LISTENS))[0].startswith(f"没有指明{kind}的名称")
    crossed = message("alarm").replace("message_alarm", "signal_alarm")
    assert len(texts(start(), catch("event", crossed, **LISTENS), catch("b", signal("alarm")), end(),
                     path("start", "event", "b", "end"))) == 1  # fmt: skip
    text = "错误事件须指明错误代码（errorRef 指向有 errorCode 的定义）。"
    assert texts(start(), end("end", error()), path("start", "end")) == [text]
    assert on(user("host"), boundary("event", "host", '<errorEventDefinition errorRef="missing"/>')) == [text]


@pytest.mark.parametrize("host", [task("host"), xor("host"), node("businessRuleTask", "host")])
def test_it_refuses_to_sit_where_nothing_waits(host: str) -> None:
    assert "边界事件只能附着在会等待的任务、子流程或调用活动上。" in on(host, boundary("event", "host", timer()))


def test_it_refuses_to_sit_nowhere_or_in_another_scope() -> None:
    assert len(on(user("host"), boundary("event", "missing", timer()))) == 1
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    assert len(texts(start(), inner, boundary("event", "deep", timer()), end(), path("start", "inner", "end"),
                     path("event", "end"))) == 1  # fmt: skip


def test_it_refuses_errors_that_cannot_happen_or_do_not_interrupt() -> None:
    receive = node("receiveTask", "host", messageRef="message_news", **LISTENS)
    assert len(on(receive, boundary("event", "host", error()))) == 1
    found = on(user("host"), boundary("event", "host", error(), interrupting=False))
    assert found == ["错误边界事件总是中断的，不能设为非中断。"]


def test_it_refuses_two_catchers_of_one_error() -> None:
    two = boundary("event", "host", error("E1")) + boundary("second", "host", error("E1")) + path("second", "end")
    assert on(user("host"), two) == ["同一个环节或范围内有两个处理错误“E1”的事件。"]
    different = boundary("event", "host", error("E1")) + boundary("second", "host", error()) + path("second", "end")
    assert on(user("host"), different) == []


@pytest.mark.parametrize(
    "definition", [timer(), message(), signal(), error("E"), error(), escalation("E"), conditional("= x")]
)
def test_it_accepts_event_subprocesses(definition: str) -> None:
    assert texts(start(), end(), path("start", "end"), event_sub("help", definition, **LISTENS)) == []


def test_it_wants_an_event_subprocess_to_begin_on_one_event_and_by_no_flow() -> None:
    around = (start(), user("a"), end(), path("start", "a", "end"))
    plain = node("subProcess", "help", start("s"), end("e"), path("s", "e"), triggeredByEvent="1")
    assert texts(*around, plain) == ["事件子流程须有且只有一个带触发方式的开始事件，现有1个开始事件。"]
    two = node(
        "subProcess",
        "help",
        start("s", signal()),
        start("t", signal("b")),
        end("e"),
        path("s", "e"),
        path("t", "e"),
        triggeredByEvent="true",
    )
    assert texts(*around, two) == ["事件子流程须有且只有一个带触发方式的开始事件，现有2个开始事件。"]
    flows = (event_sub("help", signal()), end("end2"), path("help", "end2"))
    assert texts(*around, *flows) == ["事件子流程不能有来向或去向：它由自己的开始事件触发。"]
    edge = (event_sub("help", signal()), boundary("edge", "help", timer()), path("edge", "end"))
    assert texts(*around, *edge) == ["边界事件只能附着在会等待的任务、子流程或调用活动上。"]
    same = (event_sub("one", error("E")), event_sub("two", error("E")))
    assert texts(*around, *same) == ["同一个环节或范围内有两个处理错误“E”的事件。"]
    assert texts(*around, event_sub("help", error("E"), interrupting=False)) == [
        "错误边界事件总是中断的，不能设为非中断。"
    ]
    assert bundle(start(), node("subProcess", "i", start("s"), end("e"), path("s", "e"), triggeredByEvent="false"),
                  end(), path("start", "i", "end"))  # fmt: skip


@pytest.mark.parametrize("kind", ["timer", "signal", "conditional", "compensate", "escalation", "error"])
def test_it_refuses_other_starts_than_none_and_message_outside_of_them(kind: str) -> None:
    first = start("start", f"<{kind}EventDefinition/>")
    assert (
        any("startEvent" in t for t in texts(first, start("plain"), end(), path("start", "end"), path("plain", "end")))
        or kind == "compensate"
    )


def test_it_refuses_to_interrupt_nothing() -> None:
    first = node("startEvent", "start", isInterrupting="false")
    assert texts(first, end(), path("start", "end")) == ['isInterrupting="false" 只能用在事件子流程的开始事件上。']


def test_it_wants_escalations_to_name_a_code_and_to_come_from_inside() -> None:
    inner = sub("host", start("s"), throw("up", escalation("E")), end("e"), path("s", "up", "e"))
    assert on(inner, boundary("event", "host", escalation("E"))) == []
    assert on(inner, boundary("event", "host", escalation())) == []
    assert between(throw("event", escalation())) == [
        "升级事件须指明升级代码（escalationRef 指向有 escalationCode 的定义）。"
    ]
    assert on(user("host"), boundary("event", "host", escalation("E"))) == [
        "升级边界事件只能附着在子流程或调用活动上：升级由里面的环节抛出。"
    ]
    two = (
        boundary("event", "host", escalation("E")) + boundary("second", "host", escalation("E")) + path("second", "end")
    )
    assert on(inner, two) == ["同一个环节或范围内有两个处理升级“E”的事件。"]


def test_it_wants_conditional_events_to_say_their_condition() -> None:
    assert between(catch("event", conditional("= x > 1"))) == []
    assert between(catch("event", "<conditionalEventDefinition/>")) == ["条件事件须在 condition 中写明条件（FEEL）。"]


def linked(*parts: str) -> list[str]:
    return texts(start(), user("a"), throw("out", link("x")), end(), path("start", "a", "out"), *parts)


def test_it_wants_every_link_to_arrive_at_one_place() -> None:
    assert linked(catch("in", link("x")), path("in", "end")) == []
    assert linked(catch("in", link("y")), path("in", "end")) == [
        "链接“x”在同一流程范围内没有捕获事件，案件会停在这里。"
    ]
    two = (catch("in", link("x")), catch("in2", link("x")), path("in", "end"), path("in2", "end"))
    assert linked(*two) == ["链接“x”的捕获事件有两个（另一个是“in”），看不出去哪里。"]
    assert linked(catch("in", link("x")), path("in", "end"), path("out", "end")) == [
        "链接“x”的抛出事件不能有去向：去向就是同名的捕获事件。"
    ]
    assert linked(catch("in", link("x")), path("in", "end"), user("b"), flow("a", "b", "= q"), path("b", "in")) == [
        "链接“x”的捕获事件不能有来向：它只由同名的抛出事件到达。"
    ]
    assert "链接事件须有名称（linkEventDefinition 的 name）。" in linked(
        catch("in", "<linkEventDefinition/>"), path("in", "end")
    )
    inner = sub("inner", start("s"), throw("far", link("x")), path("s", "far"))
    found = linked(catch("in", link("x")), path("in", "end"), inner)
    assert "链接“x”在同一流程范围内没有捕获事件，案件会停在这里。" in found
