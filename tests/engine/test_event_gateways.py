"""Event-based gateways: of all that waits behind one, the first to happen decides, and nothing else waits any more."""

import pytest

from service.engine.model import Bundle, Deliver, Return, WakeTimer
from tests.engine.case import Case
from tests.engine.diagram import (
    alternatives,
    boundary,
    bundle,
    catch,
    conditional,
    end,
    message,
    node,
    parallel,
    path,
    signal,
    start,
    sub,
    timer,
    user,
)  # fmt: skip

KEY = {"oneseal__correlationKey": '= "k"'}
EVENTS = (
    catch("soon", timer("P1D")), catch("late", timer("P30D")), catch("news", message(), **KEY), catch("alarm", signal()),
    catch("full", conditional("= count > 2")), node("receiveTask", "post", messageRef="message_mail", **KEY),
)  # fmt: skip
IDS = ("soon", "late", "news", "alarm", "full", "post")


def waiting(*beside: str) -> Bundle:
    ways = "".join(path("ask", id, f"after_{id}", "end") for id in IDS)
    return bundle(
        start(),
        alternatives("ask"),
        *EVENTS,
        *(user(f"after_{id}") for id in IDS),
        end(),
        path("start", "ask"),
        ways,
        *beside,
    )


def test_each_timer_has_its_own_time() -> None:
    case = Case(waiting())
    assert case.open == ["alarm", "late", "news", "post", "soon"], "a condition waits for nothing outside"
    due = {w.element: w.timer.value for w in case.waits.values() if w.timer}
    assert due == {"soon": "P1D", "late": "P30D"}
    assert {w.host for w in case.waits.values()} == {0}


@pytest.mark.parametrize("first", ["soon", "late", "news", "alarm", "post"])
def test_the_first_to_happen_decides(first: str) -> None:
    case = Case(waiting(), n=1)
    others = [w for w in case.waits.values() if w.element != first]
    wait = case.wait(first)
    case.step(WakeTimer(wait.number) if wait.kind == "timer" else Deliver(wait.number, {"seen": 1}))
    assert case.open == [f"after_{first}"]
    assert case.wait(f"after_{first}").data == {"n": 1} | ({} if wait.kind == "timer" else {"seen": 1})
    assert case.passed[-2:] == ["ask", first]
    for other in others:
        command = WakeTimer(other.number) if other.kind == "timer" else Deliver(other.number, {})
        assert case.refuses(command).code == "not-waiting", (
            "two that happen at the same moment: one of them is too late"
        )
    assert case.does(f"after_{first}").status == "completed"


def test_what_closed_tells_which_one_it_was() -> None:
    case = Case(waiting()).wakes("soon")
    assert case.last
    assert {(c.element, c.how) for c in case.last.closed} == {
        ("soon", "completed"), ("late", "cancelled"), ("news", "cancelled"), ("alarm", "cancelled"), ("post", "cancelled"),
    }  # fmt: skip


def test_a_condition_that_holds_already_is_the_first() -> None:
    assert Case(waiting(), count=3).open == ["after_full"]


def test_a_branch_beside_it_may_make_the_condition_hold() -> None:
    made = bundle(
        start(), parallel("fork"), alternatives("ask"), EVENTS[1], EVENTS[4], user("slow"), user("quick"), user("side"), end(), end("end2"),
        path("start", "fork", "ask", "late", "slow", "end"), path("ask", "full", "quick", "end"), path("fork", "side", "end2"),
    )  # fmt: skip
    case = Case(made, count=0)
    assert case.open == ["late", "side"]
    assert case.does("side", count=3).open == ["quick"]


def test_it_is_cancelled_with_the_activity_around_it() -> None:
    inside = (
        start("s"),
        alternatives("ask"),
        EVENTS[0],
        EVENTS[2],
        end("e"),
        path("s", "ask", "soon", "e"),
        path("ask", "news", "e"),
    )
    made = bundle(
        start(), sub("sub", *inside), boundary("stop", "sub", signal("stop")), user("stopped"), end(), path("start", "sub", "end"),
        path("stop", "stopped", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.open == ["news", "soon"]
    assert case.hears("stop").open == ["stopped"]


def test_a_return_takes_what_waits_along() -> None:
    made = bundle(
        start(), user("draft"), parallel("fork"), alternatives("ask"), EVENTS[0], EVENTS[2], user("review", oneseal__returnTo="draft"), parallel("join"),
        node("exclusiveGateway", "merge"), user("last"), end(), path("start", "draft", "fork", "ask", "soon", "merge", "join", "last", "end"),
        path("ask", "news", "merge"), path("fork", "review", "join"),
    )  # fmt: skip
    case = Case(made).does("draft")
    assert case.open == ["news", "review", "soon"]
    assert case.step(Return(case.number("review"), "draft", {})).open == ["draft"]
    assert case.does("draft").does("review").hears("news").does("last").status == "completed"
