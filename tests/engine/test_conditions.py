"""Conditional events: they happen when their condition comes to hold."""

from service.engine.model import Complete
from tests.engine.case import Case
from tests.engine.diagram import boundary, bundle, catch, end, parallel, path, start, sub, timer, user, xor
from tests.engine.test_event_subprocess_scopes import holds


def test_it_waits_for_what_a_branch_beside_changes() -> None:
    made = bundle(
        start(), parallel("fork"), catch("rich", holds("= n > 3")), user("after"), user("a"), user("b"), end(),
        path("start", "fork", "rich", "after", "end"), path("fork", "a", "b", "end"),
    )  # fmt: skip
    assert Case(made, n=5).open == ["a", "after"]
    case = Case(made)
    assert case.open == ["a"], "a variable that is missing makes it false"
    assert case.does("a", n=5).open == ["after", "b"]


def test_it_refuses_to_wait_for_what_nothing_can_change() -> None:
    made = bundle(start(), user("a"), catch("never", holds("= n > 3")), end(), path("start", "a", "never", "end"))
    case = Case(made)
    refused = case.refuses(Complete(case.number("a"), {}))
    assert (refused.code, refused.element) == ("stuck", "never")
    assert case.does("a", n=4).status == "completed"


def test_it_waits_for_a_condition_as_long_as_a_timer_guards_it() -> None:
    inside = (start("s"), catch("never", holds("= n > 3")), end("e"), path("s", "never", "e"))
    made = bundle(
        start(), sub("host", *inside), boundary("late", "host", timer()), end(), path("start", "host", "end"),
        path("late", "end"),
    )  # fmt: skip
    assert Case(made).wakes("late").status == "completed"


def test_it_interrupts_its_host() -> None:
    made = bundle(
        start(), sub("host", start("s"), user("a"), user("b"), end("e"), path("s", "a", "b", "e")),
        boundary("rich", "host", holds("= n > 3")), user("other"), end(), path("start", "host", "end"),
        path("rich", "other", "end"),
    )  # fmt: skip
    case = Case(made, n=0).does("a", n=5)
    assert case.open == ["other"]
    assert case.wait("other").data == {"n": 5}


def test_it_happens_beside_its_host_each_time_it_turns_true() -> None:
    made = bundle(
        start(), xor("again"), sub("host", start("s"), user("a"), user("b"), user("c"), end("e"), path("s", "a", "b", "c", "e")),
        boundary("rich", "host", holds("= n > 3"), interrupting=False), user("other"), end(),
        path("start", "again", "host", "end"), path("rich", "other", "end"),
    )  # fmt: skip
    case = Case(made, n=0).does("a", n=5)
    assert case.open == ["b", "other"]
    assert case.does("other").open == ["b"]
    assert case.does("b", n=0).open == ["c"]


def test_it_stops_a_loop_that_never_ends() -> None:
    made = bundle(
        start(), user("a"), xor("m"), catch("on", holds("= true")), end(), xor("x", "m"),
        path("start", "a", "m", "on", "x", "m"), '<sequenceFlow id="out" sourceRef="x" targetRef="end">'
        "<conditionExpression>= false</conditionExpression></sequenceFlow>",
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {})).code == "limit"


def test_it_refuses_a_condition_that_is_neither_true_nor_false() -> None:
    made = bundle(start(), user("a"), catch("odd", holds("= n")), end(), path("start", "a", "odd", "end"))
    case = Case(made)
    refused = case.refuses(Complete(case.number("a"), {"n": 3}))
    assert (refused.code, refused.element) == ("expression", "odd")
