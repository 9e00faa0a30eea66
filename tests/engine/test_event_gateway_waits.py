"""Event gateways: the first of several events decides, the others are over."""

import pytest

from service.engine.model import Bundle, Deliver, Return, TimerDue, WakeTimer
from tests.engine.case import Case
from tests.engine.diagram import (
    bundle,
    catch,
    end,
    message,
    node,
    parallel,
    path,
    signal,
    start,
    task,
    timer,
    user,
    xor,
)

KEY = {"oneseal__correlationKey": "= id"}


def gateway(id: str = "gate") -> str:
    return node("eventBasedGateway", id)


def choice() -> Bundle:
    """Five events behind one gateway, each with a road of its own."""
    events = (
        catch("news", message("news"), **KEY), catch("alarm", signal()), catch("soon", timer("PT1H")),
        catch("late", timer("P3D")), catch("rich", condition("= amount > 9")),
    )  # fmt: skip
    ids = ("news", "alarm", "soon", "late", "rich")
    roads = "".join(path("gate", id, f"after_{id}", "end") for id in ids)
    return bundle(
        start(), gateway(), *events, *[user(f"after_{id}") for id in ids], end(), path("start", "gate"), roads
    )


def condition(text: str) -> str:
    return (
        f"<conditionalEventDefinition><condition>{text.replace('>', '&gt;')}</condition></conditionalEventDefinition>"
    )


def test_it_waits_for_all_at_once_each_timer_with_its_own_time() -> None:
    case = Case(choice(), id="17", amount=1)
    assert case.open == ["alarm", "late", "news", "soon"], "a condition waits for nothing outside"
    assert case.wait("soon").timer == TimerDue("duration", "PT1H")
    assert case.wait("late").timer == TimerDue("duration", "P3D")
    assert case.wait("news").key == "17"
    assert case.wait("news").data == {"id": "17", "amount": 1}


@pytest.mark.parametrize("first", ["news", "alarm", "soon", "late"])
def test_it_goes_on_with_the_first_and_closes_the_others(first: str) -> None:
    case = Case(choice(), id="17", amount=1)
    others = {e: case.number(e) for e in case.open if e != first}
    case.wakes(first) if first in ("soon", "late") else case.hears(first, seen=1)
    assert case.open == [f"after_{first}"]
    assert case.last
    assert {c.element: c.how for c in case.last.closed} == {first: "completed"} | dict.fromkeys(others, "cancelled")
    assert case.passed == ["start", "gate", first]
    for element, number in others.items():
        command = WakeTimer(number) if element in ("soon", "late") else Deliver(number)
        assert case.refuses(command).code == "not-waiting"
    assert case.wait(f"after_{first}").data.get("seen", 0) == (1 if first in ("news", "alarm") else 0)
    assert case.does(f"after_{first}").status == "completed"


def test_it_takes_a_condition_that_holds_at_once() -> None:
    assert Case(choice(), id="17", amount=10).open == ["after_rich"]


def test_it_waits_for_receive_tasks() -> None:
    tasks = [node("receiveTask", id, messageRef=f"message_{id}", oneseal__correlationKey='= "k"') for id in ("a", "b")]
    made = bundle(
        start(), gateway(), *tasks, end(), path("start", "gate", "a", "end"), path("gate", "b", "end")
    )  # fmt: skip
    case = Case(made).hears("b", seen=1)
    assert (case.status, case.variables) == ("completed", {"seen": 1})


def test_it_comes_again_in_a_loop_and_ends_with_its_case() -> None:
    made = bundle(
        start(), xor("m"), gateway(), catch("again", timer()), catch("stop", signal()), end(),
        path("start", "m", "gate", "again", "m"), path("gate", "stop", "end"),
    )  # fmt: skip
    case = Case(made).wakes("again").wakes("again")
    assert case.open == ["again", "stop"]
    assert Case(made).hears("stop").status == "completed"
    assert case.cancels().status == "cancelled"


def test_it_lies_in_a_branch_that_joins() -> None:
    made = bundle(
        start(), parallel("fork"), gateway(), catch("one", timer()), catch("two", signal()), xor("m"), task("t"),
        user("beside"), parallel("join"), user("last"), end(), path("start", "fork", "gate", "one", "m", "t", "join"),
        path("gate", "two", "m"), path("fork", "beside", "join", "last", "end"),
    )  # fmt: skip
    case = Case(made, x=0).does("beside", x=1)
    assert case.open == ["one", "two"]
    assert case.hears("two", y=2).wait("last").data == {"x": 1, "y": 2}


def test_it_is_left_by_a_return_and_entered_by_none_behind_it() -> None:
    made = bundle(
        start(), user("a"), parallel("fork"), user("b"), gateway(), catch("one", timer()), catch("two", signal()), end(),
        path("start", "a", "fork", "b", "end"), path("fork", "gate", "one", "end"), path("gate", "two", "end"),
    )  # fmt: skip
    case = Case(made).does("a")
    assert case.refuses(Return(case.number("b"), "one")).code == "bad-target"
    assert case.returns("b", "a").open == ["a"]
