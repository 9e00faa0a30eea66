"""Escalations: told to the first that catches them; nobody has to."""

from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    end,
    error,
    escalation,
    event_sub,
    path,
    start,
    sub,
    throw,
    user,
)

INSIDE = (
    start("s"),
    user("deep"),
    throw("up", escalation("slow")),
    user("deeper"),
    end("e"),
    path("s", "deep", "up", "deeper", "e"),
)


def on(*events: str, host: str = "sub", called: bool = False) -> Case:
    roads = "".join(
        path(id, f"after_{id}", "end") + user(f"after_{id}")
        for id in ("first", "second")
        if any(f'id="{id}"' in e for e in events)
    )
    body = call("sub", "called") if called else sub("sub", *INSIDE)
    made = bundle(
        start(),
        body,
        *events,
        user("last"),
        end(),
        path("start", host, "last", "end"),
        roads,
        called={"called": INSIDE} if called else {},
    )
    return Case(made, n=0)


def test_one_that_interrupts_ends_the_activity_around_it() -> None:
    for called in (False, True):
        case = on(boundary("first", "sub", escalation("slow")), called=called).does("deep", x=1)
        assert case.open == ["after_first"]
        assert case.wait("after_first").data == {"n": 0, "x": 1}
        assert ("up", "completed") in [(t.element, t.outcome) for t in case.trail]
        assert case.does("after_first").status == "completed"


def test_one_that_does_not_interrupt_goes_on_beside_it() -> None:
    case = on(boundary("first", "sub", escalation("slow"), interrupting=False)).does("deep")
    assert case.open == ["after_first", "deeper"]
    case.does("after_first", told=True)
    assert case.does("deeper").wait("last").data == {"n": 0}
    assert case.does("last").status == "completed"
    assert case.variables["told"] is True


def test_the_exact_code_goes_before_the_one_that_catches_all() -> None:
    case = on(boundary("first", "sub", escalation()), boundary("second", "sub", escalation("slow"))).does("deep")
    assert case.open == ["after_second"]
    assert on(boundary("first", "sub", escalation()), boundary("second", "sub", escalation("other"))).does(
        "deep"
    ).open == ["after_first"]


def test_nobody_has_to_catch_it() -> None:
    case = on().does("deep")
    assert case.open == ["deeper"]
    assert "up" in case.passed


def test_an_end_event_escalates_and_ends() -> None:
    inside = (start("s"), user("deep"), end("e", escalation("slow")), path("s", "deep", "e"))
    made = bundle(
        start(), sub("sub", *inside), boundary("first", "sub", escalation("slow"), interrupting=False), user("after"), user("last"), end(),
        path("start", "sub", "last", "end"), path("first", "after", "end"),
    )  # fmt: skip
    assert Case(made).does("deep").open == ["after", "last"]


def test_the_nearest_scope_is_asked_first() -> None:
    inner = sub(
        "inner", start("t"), throw("up", escalation("slow")), user("deep"), end("u"), path("t", "up", "deep", "u")
    )
    outer = sub(
        "outer",
        start("s"),
        inner,
        boundary("near", "inner", escalation()),
        user("caught"),
        end("e"),
        path("s", "inner", "e"),
        path("near", "caught", "e"),
    )
    made = bundle(
        start(), outer, boundary("far", "outer", escalation("slow")), user("missed"), end(), path("start", "outer", "end"), path("far", "missed", "end"),
    )  # fmt: skip
    assert Case(made).open == ["caught"]


def test_an_event_subprocess_catches_what_its_scope_throws() -> None:
    for interrupting, open_ in ((False, ["deeper", "help_task"]), (True, ["help_task"])):
        inside = (*INSIDE, event_sub("help", escalation("slow"), interrupting=interrupting))
        made = bundle(start(), sub("sub", *inside), user("last"), end(), path("start", "sub", "last", "end"))
        case = Case(made).does("deep", x=1)
        assert case.open == open_
        assert case.wait("help_task").data == {"x": 1}
        while case.open != ["last"]:
            case.does(case.open[0])
        assert case.does("last").status == "completed"


def test_an_escalation_is_no_error() -> None:
    case = on(boundary("first", "sub", error("slow"))).does("deep")
    assert case.open == ["deeper"]
