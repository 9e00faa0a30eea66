"""Subprocesses and called processes: what goes in, what comes out, several of one kind at once."""

from service.engine.model import Complete
from tests.engine.case import Case
from tests.engine.diagram import (
    bundle,
    call,
    end,
    flow,
    parallel,
    path,
    start,
    sub,
    user,
    xor,
)

ASK = (start("s"), user("ask"), end("e"), path("s", "ask", "e"))


def test_it_hands_all_variables_in_and_takes_all_out() -> None:
    for host in (call("host", "other"), sub("host", *ASK)):
        called = {"other": ASK} if "callActivity" in host else {}
        made = bundle(start(), user("a"), host, user("b"), end(), path("start", "a", "host", "b", "end"), called=called)
        case = Case(made, kept=1, changed=1).does("a", given=2)
        assert case.wait("ask").data == {"kept": 1, "changed": 1, "given": 2}
        case.does("ask", changed=2, new={"x": [1]})
        assert case.wait("b").data == {"kept": 1, "changed": 2, "given": 2, "new": {"x": [1]}}


def test_it_runs_one_process_twice_at_once() -> None:
    made = bundle(
        start(), parallel("f"), user("left"), user("right"), call("c1", "other"), call("c2", "other"), parallel("j"), end(),
        path("start", "f", "left", "c1", "j", "end"), path("f", "right", "c2", "j"), called={"other": ASK},
    )  # fmt: skip
    case = Case(made).does("left", side="left").does("right", other=1)
    first, second = sorted(case.waits)
    assert case.open == ["ask", "ask"]
    assert (case.waits[first].data, case.waits[second].data) == ({"side": "left"}, {"other": 1})
    case.step(Complete(second, {"b": 2})).step(Complete(first, {"a": 1}))
    assert case.status == "completed"
    assert case.variables == {"side": "left", "other": 1, "a": 1, "b": 2}


def test_it_calls_again_in_every_round() -> None:
    made = bundle(
        start(), xor("in"), call("c", "other"), xor("out", "end"), end(), path("start", "in", "c", "out"),
        flow("out", "in", "= n < 3"), flow("out", "end"), called={"other": ASK},
    )  # fmt: skip
    case = Case(made)
    for n in (1, 2, 3):
        case.does("ask", n=n)
    assert case.status == "completed"
    assert case.passed.count("ask") == 3


def test_it_is_done_only_when_every_branch_inside_is() -> None:
    inside = (
        start("s"), parallel("f"), user("x"), user("y"), end("ex"), end("ey"), path("s", "f", "x", "ex"), path("f", "y", "ey"),
    )  # fmt: skip
    case = Case(bundle(start(), sub("host", *inside), user("after"), end(), path("start", "host", "after", "end")))
    assert case.does("x", x=1).open == ["y"]
    assert case.does("y", y=1).open == ["after"]
    assert case.wait("after").data == {"x": 1, "y": 1}


def test_it_tells_the_story_from_the_inside_out() -> None:
    case = Case(bundle(start(), call("host", "other"), end(), path("start", "host", "end"), called={"other": ASK}))
    case.does("ask")
    assert case.passed == ["start", "s", "ask", "e", "host", "end"]
    assert [t.kind for t in case.trail] == [
        "startEvent",
        "startEvent",
        "userTask",
        "endEvent",
        "callActivity",
        "endEvent",
    ]
