"""强制: skipping, jumping and setting variables; no decision of a person is ever passed over."""

import pytest

from service.engine import run
from service.engine.model import FinishJob, Jump, SetVariables, Skip
from tests.engine.batches import signed
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    boundary,
    bundle,
    catch,
    each,
    end,
    flow,
    message,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    task,
    timer,
    user,
    xor,
)


def line(*nodes: str, names: str) -> Case:
    return Case(bundle(start(), *nodes, end(), path("start", *names.split(), "end")), x=1)


def targets(case: Case, element: str) -> set[str]:
    assert case.state
    return set(run.targets(case.bundle, case.state, case.number(element)))


@pytest.mark.parametrize("waiting", [service("w"), catch("w", timer()), catch("w", signal())])
def test_it_skips_what_the_machine_waits_for(waiting: str) -> None:
    case = line(waiting, user("a"), names="w a")
    number = case.number("w")
    case.step(Skip(number))
    assert case.open == ["a"]
    assert case.last
    assert [(c.element, c.how) for c in case.last.closed] == [("w", "cancelled")]
    assert [(t.element, t.outcome) for t in case.last.trail] == [("w", "skipped")]
    assert case.refuses(Skip(number)).code == "not-waiting"


def test_it_skips_a_message_only_where_the_drawing_names_who_sends_it() -> None:
    named = catch("w", message(), oneseal__correlationKey="= x", oneseal__senders="initiator")
    assert line(named, names="w").step(Skip(2)).status == "completed"
    nobody = line(catch("w", message(), oneseal__correlationKey="= x"), names="w")
    assert nobody.refuses(Skip(nobody.number("w"))).code == "forced"


def test_it_never_skips_a_persons_task_nor_an_event_that_hangs_on_one() -> None:
    made = bundle(
        start(), user("a"), boundary("late", "a", timer()), end(), path("start", "a", "end"), path("late", "end")
    )
    case = Case(made)
    assert case.refuses(Skip(case.number("a"))).code == "forced"
    assert case.refuses(Skip(case.number("late"))).code == "forced"
    assert case.refuses(Jump(case.number("late"), "a")).code == "bad-target"


def test_it_jumps_forwards_over_the_machines_work_and_back_to_what_was_done() -> None:
    case = line(user("a"), service("b"), service("c"), user("d"), user("e"), names="a b c d e").does("a", y=2)
    assert targets(case, "b") == {"a", "c", "d"}
    case.step(Jump(case.number("b"), "d"))
    assert (case.open, case.wait("d").data) == (["d"], {"x": 1, "y": 2})
    assert case.last
    assert [(t.element, t.outcome) for t in case.last.trail] == [("b", "cancelled")]
    assert targets(case, "d") == {"a", "b", "c"}
    case.step(Jump(case.number("d"), "a"))
    assert case.open == ["a"]
    case.does("a").handles("b").handles("c").does("d")
    assert case.does("e").status == "completed"


@pytest.mark.parametrize("target", ["e", "end", "start", "nowhere"])
def test_it_does_not_jump_past_an_undone_decision(target: str) -> None:
    case = line(user("a"), service("b"), user("d"), user("e"), names="a b d e").does("a")
    assert case.refuses(Jump(case.number("b"), target)).code in ("forced", "bad-target")


def test_an_undone_decision_ends_only_by_a_jump_after_which_it_comes_again() -> None:
    made = bundle(
        start(), xor("way", default="b"), user("b"), user("c"), task("after"), end(), path("start", "way", "b", "after", "end"),
        flow("way", "c", "= x = 2"), path("c", "after"),
    )  # fmt: skip
    case = Case(made, x=1)
    assert case.open == ["b"]
    assert targets(case, "b") == {"way"}


def test_in_a_loop_it_goes_back_but_not_round() -> None:
    made = bundle(
        start(), service("first"), service("at"), user("b"), xor("again", default="end"), end(),
        path("start", "first", "at", "b", "again", "end"), flow("again", "first", "= x = 2"),
    )  # fmt: skip
    case = Case(made, x=1).handles("first")
    assert targets(case, "at") == {"first", "b"}


def test_it_does_not_choose_where_ways_part() -> None:
    """People said how they decide; the gateway goes by it, not the administrator."""
    made = bundle(
        start(), user("u"), service("note"), boundary("late", "note", timer()), xor("agreed", default="no"), service("yes"),
        task("no"), task("slow"), end(), end("out"), path("start", "u", "note", "agreed"), flow("agreed", "yes", "= ok"),
        path("yes", "end"), path("agreed", "no", "out"), path("late", "slow", "out"),
    )  # fmt: skip
    case = Case(made, ok=True).does("u")
    assert targets(case, "note") == {"u", "agreed"}
    case.handles("note")
    assert targets(case, "yes") == {"u", "note", "agreed", "end"}


def test_no_other_outcome_of_the_shipped_batch_can_be_forced() -> None:
    walk = signed()
    assert walk.state
    found = set(run.targets(walk.bundle, walk.state, walk.wait("check_seal").number))
    assert {"sign_authorisation", "is_seal_ready"} <= found
    assert not found & {"batch_withdrawn_end", "not_passed_end", "meeting_rejected", "issue_notice", "make_seal"}


def test_a_subprocess_in_which_somebody_decides_is_not_jumped_over() -> None:
    inside = sub("s", start("s0"), user("u"), end("s1"), path("s0", "u", "s1"))
    case = line(service("b"), inside, service("c"), names="b s c")
    assert targets(case, "b") == {"s"}


def test_it_leaves_no_join_waiting_and_no_sibling_undone() -> None:
    made = bundle(
        start(), service("before"), parallel("fork"), service("a1"), service("a2"), user("b1"), parallel("join"),
        service("last"), end(), path("start", "before", "fork", "a1", "a2", "join", "last", "end"), path("fork", "b1", "join"),
    )  # fmt: skip
    case = Case(made).handles("before")
    assert targets(case, "a1") == {"before", "fork", "a2"}
    case.step(Jump(case.number("a1"), "a2")).handles("a2").does("b1")
    assert case.open == ["last"]


def test_an_instance_is_not_jumped_out_of() -> None:
    case = line(service("m", each("= [1, 2]")), user("z"), names="m z")
    assert case.refuses(Jump(case.number("m"), "z")).code == "bad-target"


def test_it_sets_and_removes_variables_at_one_place_or_everywhere() -> None:
    made = bundle(
        start(), parallel("fork"), service("a"), service("b"), parallel("join"), user("z"), end(),
        path("start", "fork", "a", "join", "z", "end"), path("fork", "b", "join"),
    )  # fmt: skip
    case = Case(made, x=1, y=1)
    case.state = run.apply(case.bundle, case.state, SetVariables(case.number("a"), {"x": 5}, ("y",)), at=AT).state
    case.state = run.apply(case.bundle, case.state, SetVariables(0, {"w": 9}), at=AT).state
    seen = {w.element: w.data for w in run.waits(case.bundle, case.state)}
    assert seen == {"a": {"x": 5, "w": 9}, "b": {"x": 1, "y": 1, "w": 9}}
    for element in ("a", "b"):
        number = next(w.number for w in run.waits(case.bundle, case.state) if w.element == element)
        case.state = run.apply(case.bundle, case.state, FinishJob(number, {}), at=AT).state
    (last,) = run.waits(case.bundle, case.state)
    assert last.data == {"x": 5, "w": 9}
