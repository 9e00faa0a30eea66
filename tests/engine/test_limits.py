"""Nothing runs for ever, and a case costs what it holds now, however long it has run."""

from dataclasses import replace
from time import process_time

import pytest

from service.engine import run
from service.engine.model import Bundle, Complete, EngineError, Start
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    bundle,
    call,
    each,
    end,
    flow,
    line,
    parallel,
    path,
    start,
    sub,
    task,
    user,
    xor,
)


def test_it_stops_an_endless_loop_without_a_wait() -> None:
    made = bundle(
        start(), user("a"), xor("again"), task("b"), xor("more", "again"), end(), path("start", "a", "again", "b", "more"),
        flow("more", "end", "= stop"), flow("more", "again"),
    )  # fmt: skip
    case = Case(made)
    before = case.state
    assert case.refuses(Complete(case.number("a"), {"stop": False})).code == "limit"
    assert case.state == before
    assert case.does("a", stop=True).status == "completed"


def test_it_stops_a_fork_that_multiplies_without_end() -> None:
    made = bundle(
        start(), user("a"), xor("again"), parallel("fork"), user("b"), end(), path("start", "a", "again", "fork", "again"),
        path("fork", "b", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {})).code == "limit"


def test_it_runs_a_long_chain() -> None:
    ids = [f"t{n}" for n in range(900)]
    made = bundle(start(), *(task(id) for id in ids), end(), path("start", *ids, "end"))
    assert len(Case(made).passed) == 902


def test_it_holds_seventeen_parallel_blocks_in_a_row() -> None:
    parts = [start(), user("a"), path("start", "a", "fork0")]
    for n in range(17):
        parts += [parallel(f"fork{n}"), task(f"x{n}"), task(f"y{n}"), parallel(f"join{n}")]
        parts += [path(f"fork{n}", f"x{n}", f"join{n}"), path(f"fork{n}", f"y{n}", f"join{n}")]
        parts.append(path(f"join{n}", f"fork{n + 1}" if n < 16 else "end"))
    assert Case(bundle(*parts, end())).does("a").status == "completed"


def test_it_costs_the_same_in_the_two_thousandth_round() -> None:
    made = bundle(
        start(), xor("again"), user("a"), parallel("fork"), task("c"), task("d"), parallel("join"), xor("more", "end"),
        end(), path("start", "again", "a", "fork", "c", "join", "more"), path("fork", "d", "join"),
        flow("more", "again", "= round < 2000"), flow("more", "end"),
    )  # fmt: skip
    step = run.apply(made, None, Start({"round": 0, "text": "章" * 200}), at=AT)
    sizes = []
    for count in range(1, 2001):
        sizes.append(len(step.state))
        step = run.apply(made, step.state, Complete(step.opened[0].number, {"round": count}), at=AT)
    assert step.status == "completed"
    assert max(sizes) <= sizes[0] + 20, "only the digits of numbers grow"


def test_it_refuses_a_case_that_could_never_move_again() -> None:
    made = bundle(
        start(), user("a"), xor("which", "c"), task("b"), task("c"), parallel("join"), end(), path("start", "a", "which"),
        flow("which", "b", "= true"), flow("which", "c"), path("b", "join", "end"), path("c", "join"),
    )  # fmt: skip
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {}))
    assert (failed.code, failed.element) == ("stuck", "join")


def test_it_turns_a_fault_of_its_own_into_an_engine_error() -> None:
    """A state that fits the bundle no more: an element it speaks of is gone."""
    case = Case(line(user("a"), user("b")))
    other = line(user("b"))
    with pytest.raises(EngineError) as refusal:
        run.apply(other, case.state, Complete(case.number("a"), {}), at=AT)
    assert refusal.value.code == "state"


def test_it_calls_sixteen_deep_and_not_deeper() -> None:
    def made(levels: int) -> Bundle:
        called = {
            f"p{n}": (start(f"s{n}"), call(f"c{n}", f"p{n + 1}") if n < levels else user("a"), end(f"e{n}"),
                      path(f"s{n}", f"c{n}" if n < levels else "a", f"e{n}"))
            for n in range(1, levels + 1)
        }  # fmt: skip
        return bundle(start(), call("c0", "p1"), end(), path("start", "c0", "end"), called=called)

    case = Case(made(15))
    assert case.open == ["a"]
    assert case.does("a").status == "completed"
    assert Case(made(15)).cancels().status == "cancelled"
    with pytest.raises(EngineError) as refusal:
        Case(made(17))
    assert refusal.value.code == "limit"


def test_it_stops_instances_that_multiply() -> None:
    inside = (start("s"), user("deep", each("= many")), end("e"), path("s", "deep", "e"))
    made = bundle(
        start(), user("a"), sub("outer", each("= many"), *inside), end(), path("start", "a", "outer", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {"many": list(range(100))})).code == "limit"
    assert len(case.does("a", many=list(range(40))).open) == 1600


def test_it_names_the_element_where_it_went_wrong_itself() -> None:
    inside = (start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    made = bundle(start(), user("a"), sub("inner", *inside), end(), path("start", "a", "inner", "end"))
    case = Case(made)
    graphs = {id: graph for id, graph in made.compiled.graphs.items() if id != "inner"}
    broken = replace(made, compiled=replace(made.compiled, graphs=graphs))
    with pytest.raises(EngineError) as refusal:
        run.apply(broken, case.state, Complete(case.number("a"), {}), at=AT)
    assert (refusal.value.code, refusal.value.element) == ("internal", "inner")


MOMENT = 'date and time("2026-01-01T00:00:00@Asia/Shanghai")'
DEAR = f'= not(every x in 1..400 satisfies {MOMENT} + duration("P1D") > {MOMENT})'


def test_it_stops_a_loop_of_dear_conditions_and_names_where() -> None:
    """Each condition alone is within its fuel, and the loop within its steps; together they would hold the writer for a minute."""
    made = bundle(
        start(), user("a"), xor("join"), xor("again", "join"), end(), path("start", "a", "join", "again"),
        flow("again", "end", DEAR), flow("again", "join"),
    )  # fmt: skip
    case = Case(made)
    begun = process_time()
    failed = case.refuses(Complete(case.number("a"), {}))
    assert process_time() - begun < 10
    assert (failed.code, failed.element) == ("limit", "again__end")
    assert "一次推进的计算量" in failed.message
    again = case.refuses(Complete(case.number("a"), {}))
    assert (again.code, again.element, again.message) == (failed.code, failed.element, failed.message)


def test_it_gives_the_next_step_fuel_of_its_own() -> None:
    work = "= (for x in 1..6000 return x)[1]"
    inside = (start("s"), user("deep", each("= [1]", output=work)), end("e"), path("s", "deep", "e"))
    made = bundle(start(), user("a"), sub("outer", each("= many"), *inside), end(), path("start", "a", "outer", "end"))
    case = Case(made).does("a", many=list(range(60)))
    for _ in range(60):
        case.does("deep")
    assert case.status == "completed"
