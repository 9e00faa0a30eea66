"""Rule ``events``: kinds we run, where we run them."""

import pytest

from tests.engine.diagram import (
    boundary,
    bundle,
    catch,
    end,
    error,
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
    assert on(user("host"), two) == ["同一个环节上有两个处理错误“E1”的边界事件。"]
    different = boundary("event", "host", error("E1")) + boundary("second", "host", error()) + path("second", "end")
    assert on(user("host"), different) == []


def test_it_refuses_event_subprocesses() -> None:
    for truth in ("true", "1"):
        inner = node("subProcess", "inner", start("s", message()), end("e"), path("s", "e"), triggeredByEvent=truth)
        assert "事件子流程目前不能正确执行，不予部署。" in texts(start(), end(), path("start", "end"), inner)
    assert bundle(start(), node("subProcess", "i", start("s"), end("e"), path("s", "e"), triggeredByEvent="false"),
                  end(), path("start", "i", "end"))  # fmt: skip
