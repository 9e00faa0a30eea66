"""Event subprocesses: armed while their scope runs; they end it or work beside it."""

import pytest

from service.engine.model import Bundle, Deliver, EngineError, Return
from tests.engine.case import Case
from tests.engine.diagram import (
    bundle,
    call,
    each,
    end,
    error,
    message,
    node,
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


def handler(event: str, *, interrupting: bool = True, id: str = "handler", last: str = "") -> str:
    """An event subprocess: its start ``s_<id>``, the user task ``h_<id>``, an end."""
    given = {} if interrupting else {"isInterrupting": "false"}
    given |= KEY if "messageEvent" in event else {}
    begin, work, over = f"s_{id}", f"h_{id}", f"e_{id}"
    inside = (node("startEvent", begin, event, **given), user(work), end(over, last), path(begin, work, over))
    return node("subProcess", id, *inside, triggeredByEvent="true")


def main(*handlers: str) -> Bundle:
    return bundle(start(), user("a"), user("b"), end(), path("start", "a", "b", "end"), *handlers)


def holds(text: str) -> str:
    return (
        f"<conditionalEventDefinition><condition>{text.replace('>', '&gt;')}</condition></conditionalEventDefinition>"
    )


def happens(case: Case, id: str = "s_handler") -> Case:
    return case.wakes(id) if case.wait(id).kind == "timer" else case.hears(id, seen=1)


EVENTS = {"message": message(), "signal": signal(), "timer": timer()}


@pytest.mark.parametrize("event", EVENTS)
def test_it_ends_what_its_scope_does(event: str) -> None:
    case = Case(main(handler(EVENTS[event])), n=0).does("a", n=1)
    assert happens(case).open == ["h_handler"]
    assert case.wait("h_handler").data == {"n": 1} | ({} if event == "timer" else {"seen": 1})
    assert "b" in {t.element for t in case.trail if t.outcome == "cancelled"}
    assert "s_handler" not in {w.element for w in case.waits.values()}
    assert case.does("h_handler", m=2).status == "completed"
    assert case.variables == {"n": 1, "m": 2} | ({} if event == "timer" else {"seen": 1})


@pytest.mark.parametrize("event", EVENTS)
def test_it_works_beside_its_scope_which_ends_after_it(event: str) -> None:
    case = happens(Case(main(handler(EVENTS[event], interrupting=False)), n=0))
    assert case.open == ["a", "h_handler"]
    assert ("s_handler" in {w.element for w in case.waits.values()}) == (event != "timer"), "a timer fires once"
    case.does("a", n=1).does("b")
    assert case.status == "active"
    assert case.does("h_handler", m=2).status == "completed"
    assert case.variables == {"n": 1, "m": 2} | ({} if event == "timer" else {"seen": 1})


def test_it_comes_again_while_one_is_still_running() -> None:
    case = happens(happens(Case(main(handler(message(), interrupting=False)))))
    assert case.open == ["a", "h_handler", "h_handler"]


def test_it_keeps_what_the_handler_and_the_work_each_changed() -> None:
    case = Case(main(handler(signal(), interrupting=False)), x=0, y=0).does("a", x=1)
    happens(case).does("h_handler", x=5, seen=2)
    case.does("b", y=3)
    assert case.variables == {"x": 5, "y": 3, "seen": 2}


def test_it_ends_with_its_scope_when_it_never_happened() -> None:
    case = Case(main(handler(timer())))
    number = case.number("s_handler")
    assert case.does("a").does("b").status == "completed"
    assert case.refuses(Deliver(number)).code == "not-waiting"
    assert Case(main(handler(timer()))).cancels().status == "cancelled"


@pytest.mark.parametrize("where", ["subprocess", "called"])
def test_it_lives_inside_other_scopes(where: str) -> None:
    inside = (start("s"), user("deep"), end("e"), path("s", "deep", "e"), handler(signal()))
    host = sub("host", *inside) if where == "subprocess" else call("host", "other")
    made = bundle(
        start(), host, user("last"), end(), path("start", "host", "last", "end"),
        called={"other": inside} if where == "called" else {},
    )  # fmt: skip
    assert happens(Case(made)).open == ["h_handler"]
    again = happens(Case(made)).does("h_handler")
    assert again.open == ["last"]
    assert again.does("last").status == "completed"
    assert Case(made).does("deep").open == ["last"]


def test_it_belongs_to_one_instance_of_many() -> None:
    host = sub("host", each(), start("s"), user("deep"), end("e"), path("s", "deep", "e"), handler(signal()))
    case = Case(bundle(start(), host, end(), path("start", "host", "end")), items=[1, 2])
    assert happens(case).open == ["deep", "h_handler"]
    assert case.does("deep").does("h_handler").status == "completed"


@pytest.mark.parametrize("code", ["E", "other"])
def test_it_catches_an_error_before_the_boundary_does(code: str) -> None:
    inside = (start("s"), service("job"), end("e"), path("s", "job", "e"), handler(error("E")))
    made = bundle(
        start(), sub("host", *inside), node("boundaryEvent", "edge", error(), attachedToRef="host"), user("outside"),
        end(), path("start", "host", "end"), path("edge", "outside", "end"),
    )  # fmt: skip
    case = Case(made).fails("job", code, why=1)
    found = "h_handler" if code == "E" else "outside"
    assert case.open == [found]
    assert case.wait(found).data == {"why": 1}
    assert "job" in {t.element for t in case.trail if t.outcome in ("error", "cancelled")}
    assert case.does(found).status == "completed"


def test_it_catches_an_error_thrown_by_an_end_event_and_ends_the_branch_beside() -> None:
    made = bundle(
        start(), parallel("fork"), user("a"), user("b"), end("bad", error("E")), end(), path("start", "fork", "a", "bad"),
        path("fork", "b", "end"), handler(error("E")),
    )  # fmt: skip
    case = Case(made, x=0).does("a", x=1)
    assert case.open == ["h_handler"]
    assert case.wait("h_handler").data == {"x": 1}
    assert {t.element: t.outcome for t in case.trail}["b"] == "cancelled"


def test_it_does_not_catch_its_own_error() -> None:
    inside = (start("s"), service("job"), end("e"), path("s", "job", "e"), handler(error("E"), last=error("E")))
    made = bundle(
        start(), sub("host", *inside), node("boundaryEvent", "edge", error("E"), attachedToRef="host"), user("outside"),
        end(), path("start", "host", "end"), path("edge", "outside", "end"),
    )  # fmt: skip
    assert Case(made).fails("job", "E").does("h_handler").open == ["outside"]
    alone = main(handler(signal(), last=error("E")), handler(error("E"), id="second"))
    case = happens(Case(alone))
    with pytest.raises(EngineError, match="E"):
        case.does("h_handler")


def test_it_begins_when_a_condition_comes_to_hold() -> None:
    case = Case(main(handler(holds("= n > 3"), interrupting=False)), n=0)
    assert case.open == ["a"]
    case.does("a", n=5)
    assert case.open == ["b", "h_handler"]
    case.does("h_handler")
    assert case.open == ["b"], "it turned true once"
    assert Case(main(handler(holds("= n > 3"))), n=0).does("a", n=5).open == ["h_handler"]


def test_it_is_neither_entered_nor_left_by_a_return() -> None:
    case = happens(Case(main(handler(signal(), interrupting=False))).does("a"))
    assert case.refuses(Return(case.number("h_handler"), "a")).code == "bad-target"
    assert case.refuses(Return(case.number("b"), "handler")).code == "bad-target"
    assert case.refuses(Return(case.number("b"), "h_handler")).code == "bad-target"
    assert case.returns("b", "a").open == ["a", "h_handler"]


def test_it_fires_a_cycle_as_often_as_drawn() -> None:
    case = Case(main(handler(timer("R2/PT10M", "timeCycle"), interrupting=False)))
    for round in (1, 2):
        case.wakes("s_handler").does("h_handler")
        assert ("s_handler" in {w.element for w in case.waits.values()}) == (round < 2)


def test_it_leaves_the_joins_beside_it_their_variables() -> None:
    made = bundle(
        start(), parallel("f"), user("a"), parallel("g"), user("b"), user("c"), parallel("j"), parallel("k"), user("z"),
        end(), path("start", "f", "a", "k", "z", "end"), path("f", "g", "b", "j", "k"), path("g", "c", "j"),
        handler(signal(), interrupting=False),
    )  # fmt: skip
    case = happens(Case(made, x=0).does("b", x=1)).does("h_handler", h=1).does("c", y=2).does("a", w=3)
    assert case.wait("z").data == {"x": 1, "y": 2, "w": 3}
    assert case.does("z").variables == {"x": 1, "y": 2, "w": 3, "h": 1, "seen": 1}


def test_it_catches_the_error_of_one_instance_and_ends_the_others() -> None:
    made = bundle(start(), service("job", each()), end(), path("start", "job", "end"), handler(error()))
    case = Case(made, items=[1, 2]).fails("job", "E")
    assert case.open == ["h_handler"]
    assert [t.outcome for t in case.trail if t.element == "job"] == ["error", "cancelled", "cancelled"]
