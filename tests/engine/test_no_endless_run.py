"""The shapes by which a small diagram stops a careless engine, tried again: refused at deploy or stopped in the step, by name and soon."""

from collections.abc import Iterator
from time import process_time

import pytest

from service.engine.model import Complete, Problem
from tests.engine.case import Case
from tests.engine.diagram import (
    again,
    boundary,
    bundle,
    call,
    catch,
    diagram,
    each,
    end,
    flow,
    node,
    path,
    problems,
    problems_of,
    process,
    start,
    sub,
    task,
    timer,
    user,
    xor,
)  # fmt: skip

MOST_CPU = 5.0


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    begun = process_time()
    yield
    assert process_time() - begun < MOST_CPU


def around(*nodes: str, id: str = "x") -> list[Problem]:
    return problems(start(), *nodes, end(), path("start", id, "end"))


def named(found: list[Problem]) -> set[str]:
    assert found
    return {p.element for p in found}


def test_a_process_that_calls_itself_is_refused() -> None:
    assert named(around(call("x", "main"))) & {"x", "main"}


@pytest.mark.parametrize("value", ["P99999999Y", "P999999999999999999999D", "-P1D", "PT0S", "P", "P1Y" * 900])
def test_a_duration_of_ages_or_of_nothing_is_refused(value: str) -> None:
    assert named(around(catch("x", timer(value)))) == {"x"}


@pytest.mark.parametrize(
    "value", ["R100000000/PT0S", "R/PT0S", "R100000000/PT1H", "R3/PT1S", "R99999999999999999999/P1D"]
)
def test_a_cycle_without_pause_or_end_is_refused(value: str) -> None:
    edge = boundary("b", "x", timer(value, "timeCycle"), interrupting=False)
    found = problems(start(), user("x"), edge, end(), path("start", "x", "end"), path("b", "end"))
    assert named(found) == {"b"}


def test_a_standard_loop_of_a_thousand_million_is_refused() -> None:
    assert named(around(node("task", "x", again("= true", most="1000000000")))) == {"x"}
    made = bundle(
        start(), user("a"), node("task", "x", again("= true", most="1000")), end(), path("start", "a", "x", "end")
    )
    assert Case(made).does("a").status == "completed"  # the most that may be drawn


def test_a_million_instances_are_stopped() -> None:
    made = bundle(
        start(), user("a"), user("x", each("= for i in 1..n return i")), end(), path("start", "a", "x", "end")
    )
    case = Case(made)
    for many in (1_001, 10**6, 10**30):
        failed = case.refuses(Complete(case.number("a"), {"n": many}))
        assert failed.code in ("limit", "expression")
        assert failed.element == "x"


def test_a_loop_through_a_gateway_without_a_wait_is_stopped_not_silently_dead() -> None:
    made = bundle(
        start(), user("a"), xor("in"), task("t"), xor("out", "in"), end(), path("start", "a", "in", "t", "out"),
        flow("out", "end", "= 1 = 2"), flow("out", "in"),
    )  # fmt: skip
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {}))
    assert (failed.code, failed.element in {"in", "t", "out"}) == ("limit", True)


def test_a_data_line_to_nothing_inside_a_subprocess_hangs_no_reader() -> None:
    lost = '<dataInputAssociation id="d"><sourceRef>nowhere</sourceRef><targetRef>nothing</targetRef></dataInputAssociation>'
    around(
        sub(
            "x",
            start("s"),
            user("u", lost),
            '<dataObjectReference id="r" dataObjectRef="gone"/>',
            end("e"),
            path("s", "u", "e"),
        )
    )


def test_a_condition_of_thousands_of_marks_is_refused() -> None:
    found = problems(
        start(),
        xor("x", "end"),
        task("t"),
        end(),
        path("start", "x"),
        flow("x", "t", "= " + "?" * 4000 + '"'),
        flow("x", "end"),
        path("t", "end"),
    )
    assert named(found) == {"x__t"}


def test_a_sum_over_ten_thousand_million_is_stopped_by_fuel() -> None:
    made = bundle(
        start(), user("a"), xor("x", "end"), task("t"), end(), path("start", "a", "x"),
        flow("x", "t", "= sum(for i in 1..10000000000 return i) > 1"), flow("x", "end"), path("t", "end"),
    )  # fmt: skip
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {}))
    assert (failed.code, failed.element) in {("expression", "x__t"), ("limit", "x__t")}


@pytest.mark.parametrize("id", ["End", "Start", "main.EndJoin", "x.BoundaryEventSplit", "Root"])
def test_an_approval_under_an_id_of_the_engine_never_disappears(id: str) -> None:
    """Refused, or it runs: SpiffWorkflow put its own node in its place and the case ended without it."""
    parts = (start(), user("apply"), user(id), user("stamp"), end(), path("start", "apply", id, "stamp", "end"))
    if not problems(*parts):
        assert Case(bundle(*parts)).does("apply").open == [id]
    else:
        assert id in named(problems(*parts))


@pytest.mark.parametrize("id", ["u", "x", "end", "v", "w"])
def test_a_process_that_goes_by_the_id_of_something_in_it_hangs_no_rule(id: str) -> None:
    """Found by fuzzing: who looked for the scopes around a task went round for ever."""
    back = {"oneseal__returnTo": "u", "oneseal__separateFrom": "u"}
    inside = (start("s"), user("v", **back), end("e"), path("s", "v", "e"))
    deep = (start(), user("u"), sub("x", *inside), user("w", **back), end(), path("start", "u", "x", "w", "end"))
    flat = (start(), user("u"), user("w", **back), end(), path("start", "u", "w", "end"))
    assert {p.rule for p in problems_of(diagram(process(id, *deep)))} >= {"ids"}
    if id not in ("x", "v"):
        assert {p.rule for p in problems_of(diagram(process(id, *flat)))} >= {"ids"}
