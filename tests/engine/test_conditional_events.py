"""Conditional events: looked at whenever a token has passed a node, over all the variables of their scope."""

from service.engine.model import Complete
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    catch,
    conditional,
    end,
    event_sub,
    line,
    parallel,
    path,
    start,
    sub,
    task,
    user,
)


def beside(*, interrupting: bool = True) -> Case:
    """A task with a condition on it, and another branch that can make it hold."""
    made = bundle(
        start(), parallel("fork"), user("work"), boundary("full", "work", conditional("= count > 2"), interrupting=interrupting), user("told"),
        user("side"), user("side2"), user("side3"), end(), end("end2"), end("end3"), path("start", "fork", "work", "end"),
        path("fork", "side", "side2", "side3", "end2"), path("full", "told", "end3"),
    )  # fmt: skip
    return Case(made, count=0)


def test_what_waits_goes_on_as_soon_as_another_branch_makes_the_condition_hold() -> None:
    made = bundle(
        start(), parallel("fork"), catch("enough", conditional("= count > 2")), user("then"), user("a"), user("b"), end(), end("end2"),
        path("start", "fork", "enough", "then", "end"), path("fork", "a", "b", "end2"),
    )  # fmt: skip
    case = Case(made)
    assert case.open == ["a"], "what it speaks of is not there yet"
    assert case.does("a", count=1).open == ["b"]
    assert case.does("b", count=3).open == ["then"]


def test_one_that_holds_already_is_passed_at_once() -> None:
    assert Case(line(catch("enough", conditional("= count > 2")), user("then")), count=3).open == ["then"]


def test_a_case_that_nothing_could_ever_move_is_refused() -> None:
    made = line(user("a"), catch("enough", conditional("= count > 2")), user("then"))
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {"count": 1})).code == "stuck"
    assert case.does("a", count=3).open == ["then"]


def test_it_interrupts_what_it_sits_on() -> None:
    case = beside().does("side", count=1)
    assert case.open == ["side2", "work"]
    assert case.does("side2", count=3).open == ["side3", "told"]
    assert [t.outcome for t in case.trail if t.element == "work"] == ["cancelled"]


def test_one_that_does_not_interrupt_happens_each_time_the_condition_begins_to_hold() -> None:
    case = beside(interrupting=False).does("side", count=3)
    assert case.open == ["side2", "told", "work"]
    assert case.does("side2", count=1).open == ["side3", "told", "work"]
    assert case.does("side3", count=4).open == ["told", "told", "work"]


def test_it_goes_before_what_else_is_ready() -> None:
    """The condition holds after the first automatic step; the second one of the interrupted activity does not come any more."""
    inside = sub(
        "sub", start("s"), task("one"), task("two"), user("deep"), end("e"), path("s", "one", "two", "deep", "e")
    )
    made = bundle(
        start(), user("a"), inside, boundary("stop", "sub", conditional("= go")), user("stopped"), end(),
        path("start", "a", "sub", "end"), path("stop", "stopped", "end"),
    )  # fmt: skip
    case = Case(made).does("a", go=True)
    assert case.open == ["stopped"]
    assert "one" not in case.passed


def test_an_event_subprocess_begins_when_its_condition_holds() -> None:
    made = bundle(
        start(), user("a"), user("b"), end(), path("start", "a", "b", "end"), event_sub("watch", conditional("= count > 2"), interrupting=False),
    )  # fmt: skip
    case = Case(made, count=0).does("a", count=3)
    assert case.open == ["b", "watch_task"]
    case.does("watch_task").does("b")
    assert case.status == "completed"


def test_it_is_kept_with_the_state() -> None:
    case = beside(interrupting=False).does("side", count=3)
    assert case.state
    assert b'"held":1' in case.state
    assert case.does("side2", count=5).open.count("told") == 1, "it still holds, so it does not begin to"
