"""BPMN errors: thrown by jobs, people and end events, caught by the nearest boundary event that fits."""

import pytest

from service.engine.model import Complete, EngineError, RaiseError
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    end,
    error,
    parallel,
    path,
    service,
    start,
    sub,
    user,
)

INSIDE = (start("s"), service("job"), end("e"), path("s", "job", "e"))
FAILING = (start("s"), user("deep"), end("bad", error("E1")), path("s", "deep", "bad"))


def guarded(host: str, *codes: str, called: dict[str, tuple[str, ...]] | None = None) -> Case:
    """``host`` with an error boundary for each code ("" catches all), each leading to a user task of its name."""
    events = [boundary(f"on_{code or 'any'}", "host", error(code)) for code in codes]
    roads = [user(code or "any") + path(f"on_{code or 'any'}", code or "any", "end") for code in codes]
    return Case(bundle(start(), host, *events, *roads, end(), path("start", "host", "end"), called=called), n=0)


@pytest.mark.parametrize("host", [service("host"), user("host")], ids=["job", "person"])
def test_it_goes_to_the_event_for_its_code_else_to_the_one_for_all(host: str) -> None:
    assert guarded(host, "", "E1", "E2").fails("host", "E2").open == ["E2"]
    assert guarded(host, "E1", "").fails("host", "other").open == ["any"]
    assert guarded(host, "", "E1").fails("host", "").open == ["any"]


def test_it_brings_the_variables_and_what_the_worker_tells() -> None:
    case = guarded(service("host"), "E1").fails("host", "E1", why="full")
    assert case.wait("E1").data == {"n": 0, "why": "full"}
    assert [(t.element, t.outcome) for t in case.trail][1:] == [("host", "error"), ("on_E1", "completed")]


def test_it_is_refused_when_nobody_catches_it() -> None:
    case = guarded(service("host"), "E1")
    before = case.state
    failed = case.refuses(RaiseError(case.number("host"), "E9"))
    assert (failed.code, failed.element) == ("uncaught-error", "host")
    assert case.state == before
    assert case.handles("host").status == "completed"


@pytest.mark.parametrize("kind", ["subprocess", "called"])
def test_it_goes_outward(kind: str) -> None:
    host = sub("host", *INSIDE) if kind == "subprocess" else call("host", "other")
    case = guarded(host, "E1", called={"other": INSIDE} if kind == "called" else None)
    case.fails("job", "E1", why="full")
    assert case.open == ["E1"]
    assert case.wait("E1").data == {"n": 0, "why": "full"}


def test_it_goes_outward_through_several_levels_past_events_for_other_codes() -> None:
    inner = sub("inner", *INSIDE)
    middle = (
        start("s1"), inner, boundary("wrong", "inner", error("E2")), user("never"), end("e1"),
        path("s1", "inner", "e1"), path("wrong", "never", "e1"),
    )  # fmt: skip
    outer = (start("s2"), call("calling", "middle"), end("e2"), path("s2", "calling", "e2"))
    case = guarded(sub("host", *outer), "E1", called={"middle": middle}).fails("job", "E1")
    assert case.open == ["E1"]


def test_it_is_thrown_by_an_end_event() -> None:
    case = guarded(sub("host", *FAILING), "E1").does("deep", n=3)
    assert case.open == ["E1"]
    assert case.wait("E1").data == {"n": 3}
    assert [(t.element, t.outcome) for t in case.trail][-3:] == [
        ("bad", "error"),
        ("host", "error"),
        ("on_E1", "completed"),
    ]


def test_it_ends_the_other_branches_and_keeps_what_they_did() -> None:
    inside = (
        start("s"), parallel("fork"), user("a"), user("b"), service("job"), end("e1"), end("e2"), end("e3"),
        path("s", "fork", "a", "e1"), path("fork", "b", "e2"), path("fork", "job", "e3"),
    )  # fmt: skip
    case = guarded(sub("host", *inside), "E1").does("a", x=1)
    case.fails("job", "E1", n=7)
    assert case.open == ["E1"]
    assert case.wait("E1").data == {"n": 7, "x": 1}
    assert {t.element for t in case.trail if t.outcome == "cancelled"} == {"b", "job"}


def test_it_is_refused_when_an_end_event_throws_and_nobody_catches() -> None:
    case = Case(bundle(start(), sub("host", *FAILING), end(), path("start", "host", "end")))
    failed = case.refuses(Complete(case.number("deep"), {}))
    assert (failed.code, failed.element) == ("uncaught-error", "bad")
    with pytest.raises(EngineError):
        Case(bundle(start(), end("bad", error("E1")), path("start", "bad")))


def test_it_can_be_repaired_and_tried_again() -> None:
    made = bundle(
        start(), service("host"), boundary("on_E1", "host", error("E1")), user("repair"), end(),
        path("start", "host", "end"), path("on_E1", "repair", "host"),
    )  # fmt: skip
    case = Case(made).fails("host", "E1").does("repair").fails("host", "E1").does("repair").handles("host")
    assert case.status == "completed"
