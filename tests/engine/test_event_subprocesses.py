"""Event subprocesses: armed while their scope runs, in processes, subprocesses and called processes."""

import pytest

from service.engine.model import Bundle, Return, WakeTimer
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    end,
    error,
    event_sub,
    message,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    timer,
    user,
)

KEY = {"oneseal__correlationKey": '= "k"'}
EVENTS = {"timer": timer(), "message": message(), "signal": signal()}


def armed(event: str, *, interrupting: bool) -> Case:
    given = KEY if event == "message" else {}
    sub_ = event_sub("help", EVENTS[event], interrupting=interrupting, **given)
    made = bundle(
        start(),
        parallel("fork"),
        user("a"),
        user("b"),
        end(),
        end("end2"),
        path("start", "fork", "a", "end"),
        path("fork", "b", "end2"),
        sub_,
    )
    return Case(made, n=0)


def happens(case: Case, event: str, **data: object) -> Case:
    return case.wakes("help_start") if event == "timer" else case.hears("help_start", **data)


@pytest.mark.parametrize("event", EVENTS)
def test_one_that_interrupts_ends_everything_else_in_its_scope(event: str) -> None:
    case = armed(event, interrupting=True).does("a", x=1)
    assert case.open == ["b"]
    case = happens(case, event)
    assert case.open == ["help_task"]
    assert case.wait("help_task").data == {"n": 0, "x": 1}
    assert [t.outcome for t in case.trail if t.element == "b"] == ["cancelled"]
    assert case.does("help_task", y=2).status == "completed"
    assert case.variables == {"n": 0, "x": 1, "y": 2}


@pytest.mark.parametrize("event", ["message", "signal"])
def test_one_that_does_not_runs_beside_the_rest_as_often_as_it_happens(event: str) -> None:
    case = happens(happens(armed(event, interrupting=False), event, seen=1), event, seen=2)
    assert case.open == ["a", "b", "help_task", "help_task"]
    case.does("help_task", one=1).does("a", x=1).does("b")
    assert case.open == ["help_task"], "while one of them runs, the scope does, and it may happen again"
    assert case.does("help_task").status == "completed"
    assert (case.variables["x"], case.variables["one"]) == (1, 1)


def test_a_timer_that_does_not_interrupt_comes_once() -> None:
    case = happens(armed("timer", interrupting=False), "timer")
    assert case.open == ["a", "b", "help_task"]


def test_it_loses_nothing_that_the_others_change_meanwhile() -> None:
    case = happens(armed("message", interrupting=False), "message")
    case.does("a", n=5).does("help_task", told=True).does("b")
    assert case.status == "completed"
    assert (case.variables["n"], case.variables["told"]) == (5, True)


def test_what_it_sets_is_not_brought_back_by_a_branch_that_had_changed_it_before() -> None:
    made = bundle(
        start(), parallel("fork"), user("a"), user("a2"), user("b"), parallel("join"), user("last"), end(),
        path("start", "fork", "a", "a2", "join", "last", "end"), path("fork", "b", "join"),
        event_sub("help", message(), interrupting=False, **KEY),
    )  # fmt: skip
    case = Case(made, x=0, y=0).does("a", x=1)
    case.hears("help_start")
    assert case.wait("help_task").data == {"x": 1, "y": 0}
    case.does("help_task", x=5).does("b", y=2).does("a2")
    assert case.wait("last").data == {"x": 1, "y": 2}, "the branches meet without it"
    assert case.does("last").status == "completed"
    assert case.variables == {"x": 5, "y": 2}


def test_the_scope_that_ends_first_takes_what_waits_along() -> None:
    case = armed("message", interrupting=True).does("a").does("b")
    assert (case.status, case.open) == ("completed", [])


INSIDE = (start("s"), user("deep"), end("e"), path("s", "deep", "e"), event_sub("help", message(), **KEY))


@pytest.mark.parametrize("called", [False, True])
def test_it_stands_in_subprocesses_and_called_processes(called: bool) -> None:
    made = bundle(
        start(), call("sub", "called") if called else sub("sub", *INSIDE), user("after"), end(), path("start", "sub", "after", "end"),
        called={"called": INSIDE} if called else {},
    )  # fmt: skip
    case = Case(made)
    assert case.open == ["deep"]
    assert case.hears("help_start", x=1).open == ["help_task"]
    case.does("help_task")
    assert case.open == ["after"]
    assert case.wait("after").data == {"x": 1}


def failing(*events: str, inside: tuple[str, ...] = ()) -> Bundle:
    body = (start("s"), service("job"), end("e", error("bad")), path("s", "job", "e"), *inside)
    roads = user("caught") + path("edge", "caught", "end") if any('id="edge"' in e for e in events) else ""
    return bundle(
        start(), sub("sub", *body), *events, user("after"), end(), path("start", "sub", "after", "end"), roads
    )


def test_an_error_goes_to_the_event_subprocess_before_the_boundary() -> None:
    made = failing(boundary("edge", "sub", error("bad")), inside=(event_sub("help", error("bad")),))
    assert Case(made).fails("job", "bad", why="x").open == ["help_task"]
    case = Case(made).handles("job", n=1)
    assert case.open == ["help_task"]
    assert case.wait("help_task").data == {"n": 1}
    assert case.does("help_task").open == ["after"]


def test_an_error_inside_the_event_subprocess_goes_outward() -> None:
    help_ = event_sub("help", error("bad"), user("t"), end("he", error("bad")), path("help_start", "t", "he"))
    made = failing(boundary("edge", "sub", error("bad")), inside=(help_,))
    assert Case(made).handles("job").does("t").open == ["caught"]


def test_it_is_asked_by_code_and_catches_all_without_one() -> None:
    assert Case(failing(inside=(event_sub("help", error()),))).fails("job", "other").open == ["help_task"]
    made = failing(boundary("edge", "sub", error()), inside=(event_sub("help", error("bad")),))
    assert Case(made).fails("job", "other").open == ["caught"]


def test_once_one_has_taken_over_no_other_begins() -> None:
    made = bundle(
        start(), user("a"), end(), path("start", "a", "end"), event_sub("one", message(), **KEY), event_sub("two", signal()),
        event_sub("three", error("bad")),
    )  # fmt: skip
    case = Case(made).hears("one_start")
    assert case.open == ["one_task"]
    late = Case(made)
    assert late.hears("two_start").open == ["two_task"]


def test_a_return_stays_inside_and_never_enters() -> None:
    inside = (user("first"), user("second"), end("he"), path("help_start", "first", "second", "he"))
    made = bundle(start(), user("a"), end(), path("start", "a", "end"), event_sub("help", message(), *inside, **KEY))
    case = Case(made).hears("help_start").does("first")
    assert case.refuses(Return(case.number("second"), "a", {})).code == "bad-target"
    assert case.step(Return(case.number("second"), "first", {})).open == ["first"]
    main = Case(made)
    assert main.refuses(Return(main.number("a"), "help", {})).code == "bad-target"


def test_cancelling_the_case_takes_everything() -> None:
    case = armed("message", interrupting=False).hears("help_start").cancels()
    assert (case.status, case.open) == ("cancelled", [])


def test_a_cycle_begins_it_round_by_round() -> None:
    made = bundle(
        start(), user("a"), end(), path("start", "a", "end"), event_sub("help", timer("R2/P1D", "timeCycle"), interrupting=False),
    )  # fmt: skip
    case = Case(made)
    first = case.wait("help_start")
    assert first.timer
    assert (first.timer.kind, first.timer.value) == ("duration", "P1D")
    case.wakes("help_start")
    second = case.wait("help_start")
    assert second.number != first.number
    assert case.refuses(WakeTimer(first.number)).code == "not-waiting", "each round comes exactly once"
    case.wakes("help_start")
    assert case.open == ["a", "help_task", "help_task"]
