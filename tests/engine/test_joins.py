"""Branches come together: who waits for whom, and what becomes of the variables they changed."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.engine import codec
from service.engine.merge import merge
from service.engine.model import Bundle
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    end,
    error,
    flow,
    inclusive,
    parallel,
    path,
    service,
    start,
    sub,
    task,
    timer,
    user,
    xor,
)


def branches(*names: str) -> Bundle:
    """start -> first -> a parallel block of user tasks -> last -> end."""
    return bundle(
        start(), user("first"), parallel("fork"), *(user(n) for n in names), parallel("join"), user("last"), end(),
        path("start", "first", "fork"), *(path("fork", n, "join") for n in names), path("join", "last", "end"),
    )  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations("abc")), ids="".join)
def test_it_waits_for_every_branch_in_any_order(order: tuple[str, ...]) -> None:
    case = Case(branches("a", "b", "c")).does("first", kept=1)
    for name in order:
        assert "last" not in case.open
        case.does(name, **{name: name})
    assert case.wait("last").data == {"kept": 1, "a": "a", "b": "b", "c": "c"}


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize(
    ("before", "a", "b", "after"),
    [
        ({"n": 1}, {"n": 2}, {}, {"n": 2}),
        ({"n": 1}, {}, {"n": 2}, {"n": 2}),
        ({"n": 1}, {"n": True}, {}, {"n": True}),
        ({"n": [1]}, {"n": [True]}, {}, {"n": [True]}),
        ({"box": {"x": 1, "y": 1}}, {"box": {"x": 2, "y": 1}}, {"box": {"x": 1, "y": 3}}, {"box": {"x": 2, "y": 3}}),
        ({"box": {"x": 1, "y": 1}}, {"box": {"y": 1}}, {"box": {"x": 1, "y": 2}}, {"box": {"y": 2}}),
        ({"rows": [1]}, {"rows": [1, 2]}, {}, {"rows": [1, 2]}),
        ({"rows": [1]}, {"rows": [1, 2]}, {"rows": [1, 3]}, {"rows": [1, 2, 3]}),
        ({"rows": [1, 2]}, {"rows": [2]}, {"rows": [1, 2, 3]}, None),
        ({}, {"new": 1}, {"other": 2}, {"new": 1, "other": 2}),
        ({"n": None}, {"n": 0}, {}, {"n": 0}),
    ],
    ids=str,
)
def test_it_merges_what_each_branch_changed(
    order: str, before: dict[str, Any], a: dict[str, Any], b: dict[str, Any], after: dict[str, Any] | None
) -> None:
    case = Case(branches("a", "b")).does("first", **before)
    for name in order:
        case.does(name, **{"a": a, "b": b}[name])
    found = dict(case.wait("last").data)
    # Two branches that change one list otherwise: the flow drawn later has the last word.
    assert found == (after if after is not None else before | b)
    assert [type(v) for v in found.values()] == [type(v) for v in (after or before | b).values()]


def test_it_takes_away_what_a_branch_took_away() -> None:
    assert merge({"a": 1, "b": 2}, [{"b": 2}, {"a": 1, "b": 3}]) == {"b": 3}
    assert merge({"a": 1}, [{}, {"a": 2}]) == {"a": 2}


_VALUES = st.recursive(
    st.integers(0, 2) | st.booleans(),
    lambda v: st.lists(v, max_size=2) | st.dictionaries(st.sampled_from("xy"), v),
    max_leaves=4,
)
_VARIABLES = st.dictionaries(st.sampled_from("abc"), _VALUES)


@given(_VARIABLES, _VARIABLES)
def test_it_loses_nothing_when_only_one_branch_changes(base: dict[str, Any], changed: dict[str, Any]) -> None:
    for order in ([base, changed], [changed, base]):
        found = merge(base, order)
        assert found == changed
        assert codec.dumps(found) == codec.dumps(changed), "1 is not true"


def test_it_keeps_the_newer_value_through_nested_forks() -> None:
    """A value changed before an inner fork is only carried along by the inner branches; one of them changes it again."""
    made = bundle(
        start(), parallel("f1"), user("a"), parallel("f2"), user("a1"), user("a2"), inclusive("j"), user("b"), user("last"),
        end(), path("start", "f1", "a", "f2", "a1", "j", "last", "end"), path("f2", "a2", "j"), path("f1", "b", "j"),
    )  # fmt: skip
    for changer, other in (("a1", "a2"), ("a2", "a1")):
        case = Case(made, x=0).does("a", x=1).does(changer, x=2).does(other).does("b", y=1)
        assert case.wait("last").data == {"x": 2, "y": 1}


def test_it_adds_up_what_branches_with_ends_of_their_own_changed() -> None:
    made = bundle(
        start(), user("first"), parallel("fork"), user("a"), user("b"), end("end_a"), end("end_b"),
        path("start", "first", "fork", "a", "end_a"), path("fork", "b", "end_b"),
    )  # fmt: skip
    case = Case(made).does("first", n=1, rows=[0]).does("b", n=2, rows=[0, 2]).does("a", rows=[0, 1])
    assert case.status == "completed"
    assert case.variables == {"n": 2, "rows": [0, 2, 1]}


def test_it_merges_what_a_subprocess_in_a_branch_changed() -> None:
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    made = bundle(
        start(), parallel("fork"), inner, user("b"), parallel("join"), user("last"), end(),
        path("start", "fork", "inner", "join", "last", "end"), path("fork", "b", "join"),
    )  # fmt: skip
    case = Case(made, x=0, y=0).does("b", x=1).does("deep", y=1)
    assert case.wait("last").data == {"x": 1, "y": 1}


def test_it_joins_anew_in_every_round_of_a_loop() -> None:
    made = bundle(
        start(), xor("again"), parallel("fork"), user("a"), user("b"), parallel("join"), xor("more", "end"), end(),
        path("start", "again", "fork", "a", "join", "more"), path("fork", "b", "join"),
        flow("more", "again", "= more"), flow("more", "end"),
    )  # fmt: skip
    case = Case(made)
    for round in range(3):
        case.does("a", more=round < 2).does("b")
    assert case.status == "completed"
    assert case.passed.count("join") == 3


def test_it_joins_more_flows_than_branches_one_of_each() -> None:
    """Two branches that come in by the same flow make the next one wait its turn."""
    made = bundle(
        start(), parallel("f1"), xor("m"), user("a"), user("b"), user("c"), user("d"), parallel("join"), end(),
        path("start", "f1", "a", "m", "join", "end"), path("f1", "b", "m"), path("f1", "c", "x"), path("f1", "d", "x"),
        xor("x"), path("x", "join"),
    )  # fmt: skip
    case = Case(made).does("a").does("b").does("c")
    assert case.passed.count("join") == 1
    case.does("d")
    assert case.passed.count("join") == 2
    assert case.status == "completed"


def split(*, loop: bool = False) -> Bundle:
    back = (flow("out", "in", "= again"), flow("out", "end")) if loop else (flow("out", "end"),)
    return bundle(
        start(), xor("in"), inclusive("split", "b"), user("a"), user("b"), user("c"), inclusive("join"), user("last"),
        xor("out", "end" if loop else ""), end(), path("start", "in", "split"), flow("split", "a", "= n > 1"),
        flow("split", "b"), flow("split", "c", "= n > 2"), path("a", "join", "last", "out"), path("b", "join"),
        path("c", "join"), *back,
    )  # fmt: skip


@pytest.mark.parametrize(("n", "open"), [(1, ["b"]), (2, ["a"]), (3, ["a", "c"])])
def test_it_waits_at_an_inclusive_join_for_those_that_set_out(n: int, open: list[str]) -> None:
    for order in itertools.permutations(open):
        case = Case(split(), n=n)
        assert case.open == open
        for name in order:
            assert "last" not in case.open
            case.does(name, **{name: 1})
        assert case.wait("last").data == {"n": n, **dict.fromkeys(open, 1)}


def test_it_fires_an_inclusive_join_once_a_round() -> None:
    case = Case(split(loop=True), n=3)
    for round in range(3):
        case.does("c").does("a").does("last", again=round < 2)
    assert case.status == "completed"
    assert case.passed.count("join") == 3


def test_it_does_not_wait_for_those_that_could_only_come_round_again() -> None:
    """An inclusive block inside a parallel one inside a loop: the other branch reaches the join only by the next round."""
    made = bundle(
        start(), xor("in"), parallel("fork"), inclusive("split", "ij"), user("a"), user("b"), inclusive("ij"), user("c"),
        parallel("join"), xor("out", "end"), end(), path("start", "in", "fork", "split"),
        flow("split", "a", "= true"), flow("split", "b", "= both"), flow("split", "ij"), path("a", "ij", "join", "out"), path("b", "ij"), path("fork", "c", "join"),
        flow("out", "in", "= again"), flow("out", "end"),
    )  # fmt: skip
    case = Case(made, both=False, again=False).does("c")
    case.does("a", again=True)
    assert case.open == ["a", "c"]
    case.does("a", again=False).does("c")
    assert case.status == "completed"
    case = Case(made, both=True, again=False).does("b").does("c").does("a")
    assert case.status == "completed"


def test_it_waits_at_an_inclusive_join_for_a_boundary_road() -> None:
    made = bundle(
        start(), parallel("fork"), task("a"), sub("s", start("s1"), user("deep"), end("s2"), path("s1", "deep", "s2")),
        inclusive("join"), user("last"), end(), path("start", "fork", "a", "join", "last", "end"),
        path("fork", "s", "join"),
    )  # fmt: skip
    assert Case(made).open == ["deep"]
    assert Case(made).does("deep").open == ["last"]


def test_it_waits_for_a_host_whose_event_has_already_come_in() -> None:
    """What the reminder brought waits at the join until the reminded task comes too: the step after it is done once."""
    made = bundle(
        start(), user("host"), boundary("late", "host", timer(), interrupting=False), task("note"), inclusive("join"),
        user("last"), end(), path("start", "host", "join", "last", "end"), path("late", "note", "join"),
    )  # fmt: skip
    case = Case(made).wakes("late")
    assert case.open == ["host"]
    assert case.does("host").does("last").status == "completed"


def test_it_waits_for_a_host_that_could_fail_into_it() -> None:
    made = bundle(
        start(), parallel("fork"), task("a"), service("host"), boundary("failed", "host", error()), inclusive("join"),
        user("last"), end("other"), end(), path("start", "fork", "a", "join", "last", "end"), path("fork", "host", "other"),
        path("failed", "join"),
    )  # fmt: skip
    case = Case(made)
    assert case.open == ["host"]
    assert case.fails("host", "any").does("last").status == "completed"
    assert Case(made).handles("host").open == ["last"]
