"""退回: what is cancelled, what goes on, what the new task sees; and what is refused because a join would wait for ever."""

import pytest

from service.engine.model import Complete, Return
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    each,
    end,
    flow,
    inclusive,
    message,
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


def straight() -> Case:
    made = bundle(start(), user("a"), service("b"), user("c"), end(), path("start", "a", "b", "c", "end"))
    return Case(made).does("a", x=1).handles("b", y=2)


def test_it_starts_anew_at_the_target_and_leaves_what_is_done() -> None:
    case = straight()
    old = case.number("c")
    case.returns("c", "a", opinion="补材料")
    assert case.open == ["a"]
    assert case.wait("a").data == {"x": 1, "y": 2, "opinion": "补材料"}
    assert case.last
    assert [(c.element, c.how) for c in case.last.closed] == [("c", "cancelled")]
    assert [(t.element, t.outcome) for t in case.last.trail] == [("c", "cancelled")]
    assert case.refuses(Complete(old, {})).code == "not-waiting"
    case.does("a").handles("b").does("c")
    assert case.passed == ["start", "a", "b", "a", "b", "c", "end"]


def test_it_goes_back_again_and_again() -> None:
    case = straight()
    for _ in range(3):
        case.returns("c", "a").does("a").handles("b")
    assert case.does("c").status == "completed"


def test_it_may_jump_ahead() -> None:
    made = bundle(start(), user("a"), user("b"), user("c"), end(), path("start", "a", "b", "c", "end"))
    case = Case(made).returns("a", "c")
    assert case.open == ["c"]
    assert case.does("c").status == "completed"


@pytest.mark.parametrize("target", ["start", "event", "missing", "end_of_nothing", ""])
def test_it_refuses_what_is_no_target(target: str) -> None:
    made = bundle(
        start(), user("a"), boundary("event", "a", timer()), end(), path("start", "a", "end"), path("event", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Return(case.number("a"), target)).code == "bad-target"


def test_it_comes_only_from_a_persons_task() -> None:
    made = bundle(start(), user("a"), service("b"), end(), path("start", "a", "b", "end"))
    case = Case(made).does("a")
    assert case.refuses(Return(case.number("b"), "a")).code == "not-waiting"


def forked(join: str) -> Case:
    """before -> block(a1 -> a2 -> a3 | b1 -> b2) -> last."""
    gate = {"parallel": parallel, "inclusive": inclusive}[join]
    made = bundle(
        start(), user("before"), parallel("fork"), user("a1"), user("a2"), user("a3"), user("b1"), user("b2"), gate("join"),
        user("last"), end(), path("start", "before", "fork", "a1", "a2", "a3", "join", "last", "end"),
        path("fork", "b1", "b2", "join"),
    )  # fmt: skip
    return Case(made, x=0).does("before")


@pytest.mark.parametrize("join", ["parallel", "inclusive"])
def test_it_leaves_a_sibling_branch_alone(join: str) -> None:
    case = forked(join).does("a1", x=1).does("b1", y=1)
    case.returns("a2", "a1")
    assert case.open == ["a1", "b2"]
    assert case.wait("a1").data == {"x": 1}
    case.does("b2", y=2).does("a1", x=3).does("a2").does("a3")
    assert case.wait("last").data == {"x": 3, "y": 2}
    assert case.does("last").status == "completed"


@pytest.mark.parametrize("join", ["parallel", "inclusive"])
def test_it_leaves_a_sibling_that_waits_at_the_join_alone(join: str) -> None:
    case = forked(join).does("b1").does("b2", y=2).does("a1").does("a2").returns("a3", "a1")
    assert case.open == ["a1"]
    case.does("a1", x=5).does("a2").does("a3")
    assert case.wait("last").data == {"x": 5, "y": 2}


@pytest.mark.parametrize("join", ["parallel", "inclusive"])
def test_it_ends_all_branches_when_it_goes_before_the_fork(join: str) -> None:
    case = forked(join).does("b1", y=1).does("a1", x=1).returns("a2", "before")
    assert case.open == ["before"]
    assert case.wait("before").data == {"x": 1, "y": 1}
    case = forked(join).does("b1").does("b2", y=1).does("a1").returns("a2", "before", z=1)
    assert case.wait("before").data == {"x": 0, "y": 1, "z": 1}
    case.does("before").does("a1").does("a2").does("a3").does("b1").does("b2")
    assert case.open == ["last"]


@pytest.mark.parametrize(("origin", "target"), [("a1", "b1"), ("a1", "b2"), ("a1", "join")])
@pytest.mark.parametrize("join", ["parallel", "inclusive"])
def test_it_never_goes_into_a_sibling_branch_or_onto_a_join(join: str, origin: str, target: str) -> None:
    case = forked(join)
    assert case.refuses(Return(case.number(origin), target)).code == "bad-target"


def test_it_never_goes_into_a_block_from_outside() -> None:
    case = forked("parallel")
    for name in ("a1", "a2", "a3", "b1", "b2"):
        case.does(name)
    assert case.refuses(Return(case.number("last"), "a2")).code == "bad-target"
    assert case.returns("last", "before").open == ["before"]


def test_it_ends_the_inner_block_and_leaves_the_outer_one_alone() -> None:
    made = bundle(
        start(), parallel("f1"), user("a"), parallel("f2"), user("a1"), user("a2"), parallel("j2"), user("b"),
        parallel("j1"), user("last"), end(), path("start", "f1", "a", "f2", "a1", "j2", "j1", "last", "end"),
        path("f2", "a2", "j2"), path("f1", "b", "j1"),
    )  # fmt: skip
    case = Case(made, x=0).does("a", x=1).does("a2", x=2).does("b", y=1)
    case.returns("a1", "a")
    assert case.open == ["a"]
    assert case.wait("a").data == {"x": 2}
    case.does("a").does("a1").does("a2")
    assert case.wait("last").data == {"x": 2, "y": 1}


def test_it_leaves_work_beside_the_main_road_alone() -> None:
    """A road with an end of its own, as the chase for receipts: it is not brought about again, so it goes on."""
    made = bundle(
        start(), parallel("fork"), user("chase"), user("publish"), user("register"), end("chased"), end(),
        path("start", "fork", "publish", "register", "end"), path("fork", "chase", "chased"),
    )  # fmt: skip
    case = Case(made).does("publish").returns("register", "publish")
    assert case.open == ["chase", "publish"]
    case.does("chase", c=1).does("publish").does("register", r=1)
    assert case.variables == {"c": 1, "r": 1}


def test_it_ends_what_a_boundary_event_began_beside_the_task() -> None:
    made = bundle(
        start(), user("a"), user("b"), boundary("late", "b", timer(), interrupting=False), service("remind"), end("reminded"),
        end(), path("start", "a", "b", "end"), path("late", "remind", "reminded"),
    )  # fmt: skip
    case = Case(made).does("a").wakes("late")
    assert case.open == ["b", "remind"]
    case.returns("b", "a")
    assert case.open == ["a"]


def test_it_goes_out_of_a_subprocess_and_a_called_process() -> None:
    inside = (
        start("s"), parallel("f"), user("deep"), user("beside"), parallel("j"), end("e"),
        path("s", "f", "deep", "j", "e"), path("f", "beside", "j"),
    )  # fmt: skip
    for host in (sub("host", *inside), call("host", "other")):
        called = {} if "subProcess" in host else {"other": inside}
        made = bundle(start(), user("a"), host, end(), path("start", "a", "host", "end"), called=called)
        case = Case(made).does("a").does("beside", x=1)
        case.returns("deep", "a", y=2)
        assert case.open == ["a"]
        assert case.wait("a").data == {"x": 1, "y": 2}
        assert case.does("a").does("deep").does("beside").status == "completed"


def test_it_stays_inside_when_the_target_does() -> None:
    inside = (start("s"), user("one"), user("two"), end("e"), path("s", "one", "two", "e"))
    made = bundle(
        start(), sub("host", *inside), boundary("stop", "host", message(), oneseal__correlationKey='= "k"'), end(),
        path("start", "host", "end"), path("stop", "end"),
    )  # fmt: skip
    case = Case(made).does("one")
    guard = case.number("stop")
    case.returns("two", "one")
    assert case.open == ["one"]
    assert case.number("stop") == guard


def test_it_ends_all_instances_when_it_leaves_a_multi_instance_task() -> None:
    made = bundle(
        start(), user("a"), user("many", each(output="= said")), end(), path("start", "a", "many", "end"),
    )  # fmt: skip
    case = Case(made).does("a", items=[1, 2, 3]).does("many", said="x", own=1)
    case.returns("many", "a", why="redo")
    assert case.open == ["a"]
    assert case.wait("a").data == {"items": [1, 2, 3], "why": "redo"}
    assert case.does("a", items=[1]).open == ["many"]


def test_it_touches_only_its_own_instance_inside_a_multi_instance_subprocess() -> None:
    inside = (start("s"), user("one"), user("two"), end("e"), path("s", "one", "two", "e"))
    made = bundle(
        start(), user("a"), sub("many", each(output="= item"), *inside), end(), path("start", "a", "many", "end"),
    )  # fmt: skip
    case = Case(made).does("a", items=["x", "y"])
    case.step(Complete(case.number("one", item="x"), {}))
    case.returns("two", "one")
    assert case.open == ["one", "one"]
    assert case.wait("one", item="y")
    case.step(Return(case.number("one", item="y"), "a"))
    assert case.open == ["a"]


def test_it_keeps_a_loop_around_it_running() -> None:
    made = bundle(
        start(), xor("in"), user("a"), parallel("f"), user("b"), user("c"), parallel("j"), xor("out", "end"), end(),
        path("start", "in", "a", "f", "b", "j", "out"), path("f", "c", "j"), flow("out", "in", "= again"), flow("out", "end"),
    )  # fmt: skip
    case = Case(made)
    for again in (True, False):
        case.does("a").does("b", again=again).returns("c", "a").does("a").does("b", again=again).does("c")
    assert case.status == "completed"


def test_it_may_go_to_a_step_of_the_machine() -> None:
    made = bundle(
        start(), user("a"), task("t"), service("b"), user("c"), end(), path("start", "a", "t", "b", "c", "end")
    )
    case = Case(made).does("a").handles("b").returns("c", "t")
    assert case.open == ["b"]
