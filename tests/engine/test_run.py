"""The verbs of the engine over small processes: start, complete, finish, throw, wake, deliver, cancel."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from service.engine import run
from service.engine.feel import YearMonthDuration
from service.engine.model import (
    Bundle,
    Cancel,
    Command,
    Complete,
    Deliver,
    EngineError,
    FinishJob,
    RaiseError,
    Return,
    Start,
    WakeTimer,
)
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    bundle,
    catch,
    each,
    end,
    flow,
    inclusive,
    message,
    node,
    parallel,
    path,
    service,
    signal,
    start,
    sub,
    task,
    terminate,
    throw,
    timer,
    user,
    xor,
)


def line(*nodes: str) -> Bundle:
    """start -> the given nodes (by their ids) -> end."""
    ids = [n.split('id="')[1].split('"')[0] for n in nodes]
    return bundle(start(), *nodes, end(), path("start", *ids, "end"))


def test_it_runs_from_start_to_end() -> None:
    case = Case(line(user("a"), service("b"), task("note"), user("c")), reason="x")
    case.does("a", first=1).handles("b", second=2)
    assert case.open == ["c"]
    assert case.wait("c").data == {"reason": "x", "first": 1, "second": 2}
    case.does("c")
    assert case.status == "completed"
    assert case.passed == ["start", "a", "b", "note", "c", "end"]
    assert case.variables == {"reason": "x", "first": 1, "second": 2}


def test_it_starts_by_the_plain_start_or_by_a_message() -> None:
    made = bundle(
        start(), start("ordered", message("batch_issued")), xor("both"), user("a"), end(),
        path("start", "both", "a", "end"), path("ordered", "both"),
    )  # fmt: skip
    assert Case(made).passed == ["start", "both"]
    assert Case(made, message="batch_issued").passed == ["ordered", "both"]
    with pytest.raises(EngineError) as refusal:
        run.apply(made, None, Start({}, message="other"), at=AT)
    assert refusal.value.code == "bad-target"


def test_it_chooses_one_way_in_the_order_drawn() -> None:
    made = bundle(
        start(), user("a"), xor("which", "c"), task("b"), task("b2"), task("c"), end(), path("start", "a", "which"),
        flow("which", "b", "= amount > 100"), flow("which", "b2", "= amount > 50"), flow("which", "c"),
        path("b", "end"), path("b2", "end"), path("c", "end"),
    )  # fmt: skip
    assert "b" in Case(made).does("a", amount=200).passed
    assert "b2" in Case(made).does("a", amount=51).passed
    assert "c" in Case(made).does("a", amount=Decimal(50)).passed


def test_it_says_which_expression_of_which_element_failed() -> None:
    made = bundle(
        start(), user("a"), xor("which", "c"), task("b"), task("c"), end(), path("start", "a", "which"),
        flow("which", "b", "= amount"), flow("which", "c"), path("b", "end"), path("c", "end"),
    )  # fmt: skip
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {"amount": "many"}))
    assert (failed.code, failed.element, failed.expression) == ("expression", "which__b", "= amount")
    unknown = case.refuses(Complete(case.number("a"), {}))
    assert (unknown.code, unknown.element) == ("expression", "which__b")
    assert case.does("a", amount=True).status == "completed"


def test_it_waits_for_timers_messages_and_signals() -> None:
    made = line(
        catch("later", timer("P2D", unit="workdays")),
        catch("heard", message("news"), oneseal__correlationKey='= "k-" + string(n)'),
        catch("rung", signal("alarm")),
        node("receiveTask", "told", messageRef="message_news", oneseal__correlationKey="= n"),
    )
    case = Case(made, n=7)
    due = case.wait("later").timer
    assert due
    assert (due.kind, due.value, due.unit) == ("duration", "P2D", "workdays")
    case.wakes("later")
    assert (case.wait("heard").message, case.wait("heard").key) == ("news", "k-7")
    case.hears("heard", seen=1)
    assert (case.wait("rung").kind, case.wait("rung").message) == ("signal", "alarm")
    case.hears("rung").hears("told", n=8)
    assert case.status == "completed"
    assert case.variables == {"n": 8, "seen": 1}


@pytest.mark.parametrize(
    ("source", "value", "kind", "found"),
    [
        ('= "P" + string(n) + "D"', 3, "timeDuration", "P3D"),
        ('= duration("PT36H")', 0, "timeDuration", "P1DT43200S"),
        ('= duration("P1Y2M")', 0, "timeDuration", "P1Y2M"),
        ('= date("2026-12-01")', 0, "timeDate", "2026-12-01"),
        ('= date and time("2026-12-01T08:00:00+08:00")', 0, "timeDate", "2026-12-01T08:00:00+08:00"),
    ],
)
def test_it_works_out_timers(source: str, value: int, kind: str, found: str) -> None:
    due = Case(line(catch("later", timer(source, kind))), n=value).wait("later").timer
    assert due
    assert due.value == found


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('= "-PT5M"', "timeDuration"), ('= "P99999999Y"', "timeDuration"), ('= "30 days"', "timeDuration"),
        ("= null", "timeDuration"), ('= duration("-P1D")', "timeDuration"), ('= duration("P0D")', "timeDuration"),
        ("= 5", "timeDuration"), ('= "tomorrow"', "timeDate"), ('= time("08:00:00")', "timeDate"),
    ],
)  # fmt: skip
def test_it_refuses_times_that_cannot_come(source: str, kind: str) -> None:
    case = Case(line(user("a"), catch("later", timer(source, kind))))
    failed = case.refuses(Complete(case.number("a"), {}))
    assert (failed.code, failed.element, failed.expression) == ("expression", "later", source)


def test_it_wants_whole_days_when_working_days_are_counted() -> None:
    case = Case(line(user("a"), catch("later", timer("= wait", unit="workdays"))))
    assert case.refuses(Complete(case.number("a"), {"wait": "PT36H"})).code == "expression"
    assert case.does("a", wait="P2D").open == ["later"]


def test_it_throws_messages_and_signals_with_what_they_carry() -> None:
    made = line(
        throw("tell", message("news"), oneseal__correlationKey="= id", oneseal__payload='= {"n": 2}'),
        throw("ring", signal("alarm"), oneseal__payload='= {"why": "test"}'),
    )
    thrown = Case(made, id="k").thrown
    assert [(t.kind, t.name, t.key, t.data) for t in thrown] == [
        ("message", "news", "k", {"n": 2}),
        ("signal", "alarm", "", {"why": "test"}),
    ]


def test_it_throws_at_the_end_too() -> None:
    made = bundle(start(), end("over", message("news"), oneseal__payload="= {}"), path("start", "over"))
    case = Case(made)
    assert [t.name for t in case.thrown] == ["news"]
    assert case.status == "completed"


def test_it_ends_everything_at_a_terminate_event() -> None:
    made = bundle(
        start(), parallel("fork"), user("a"), sub("inner", start("s"), user("b"), end("e"), path("s", "b", "e")),
        end("stop", terminate()), end(), path("start", "fork", "a", "stop"), path("fork", "inner", "end"),
    )  # fmt: skip
    case = Case(made).does("a", x=1)
    assert case.status == "completed"
    assert [(t.element, t.outcome) for t in case.trail[-4:]] == [
        ("a", "completed"), ("inner", "cancelled"), ("b", "cancelled"), ("stop", "completed"),
    ]  # fmt: skip
    assert case.variables == {"x": 1}


def test_it_terminates_only_the_subprocess_around() -> None:
    inside = (
        start("s"), parallel("fork"), user("a"), user("b"), end("stop", terminate()), end("e"),
        path("s", "fork", "a", "stop"), path("fork", "b", "e"),
    )  # fmt: skip
    case = Case(line(sub("inner", *inside), user("after"))).does("a")
    assert case.open == ["after"]


def test_it_is_cancelled_whole() -> None:
    made = bundle(
        start(), parallel("fork"), user("a"), sub("inner", start("s"), user("b", each()), end("e"), path("s", "b", "e")),
        parallel("join"), end(), path("start", "fork", "a", "join", "end"), path("fork", "inner", "join"),
    )  # fmt: skip
    case = Case(made, items=[1, 2]).cancels()
    assert case.status == "cancelled"
    assert case.last
    assert {(c.element, c.how) for c in case.last.closed} == {("a", "cancelled"), ("b", "cancelled")}
    assert case.refuses(Cancel()).code == "not-waiting"


def crossroads() -> Case:
    """A case with a wait of every kind, an open multi-instance and a subprocess."""
    made = bundle(
        start(), parallel("fork"), user("person"), service("job"), catch("clock", timer()),
        catch("post", message(), oneseal__correlationKey='= "k"'), catch("bell", signal()), user("many", each()),
        sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e")), parallel("join"), end(),
        path("start", "fork"), path("join", "end"),
        *(path("fork", id, "join") for id in ("person", "job", "clock", "post", "bell", "many", "inner")),
    )  # fmt: skip
    return Case(made, items=[1, 2])


COMMANDS: dict[str, type[Any]] = {
    "Complete": Complete, "FinishJob": FinishJob, "RaiseError": RaiseError, "WakeTimer": WakeTimer, "Deliver": Deliver,
    "Return": Return,
}  # fmt: skip
FITS = {
    "user": {"Complete", "RaiseError", "Return"}, "job": {"FinishJob", "RaiseError"}, "timer": {"WakeTimer"},
    "message": {"Deliver"}, "signal": {"Deliver"},
}  # fmt: skip
EXTRA: dict[str, tuple[Any, ...]] = {
    "Complete": ({},),
    "FinishJob": ({},),
    "RaiseError": ("code",),
    "Return": ("person",),
}


@pytest.mark.parametrize("verb", COMMANDS)
def test_it_refuses_every_number_that_does_not_wait_for_that(verb: str) -> None:
    case = crossroads()
    before = case.state
    for number in range(-2, 40):
        waiting = case.waits.get(number)
        if waiting is None or verb not in FITS[waiting.kind]:
            failed = case.refuses(COMMANDS[verb](number, *EXTRA.get(verb, ())))
            assert failed.code == "not-waiting"
    assert case.state == before
    assert run.waits(case.bundle, case.state or b"") == tuple(case.waits.values())


def test_it_does_nothing_twice() -> None:
    case = crossroads()
    done = case.number("person")
    case.does("person")
    assert case.refuses(Complete(done, {})).code == "not-waiting"
    job = case.number("job")
    case.handles("job")
    assert case.refuses(FinishJob(job, {})).code == "not-waiting"
    assert case.refuses(RaiseError(job, "x")).code == "not-waiting"


def test_it_starts_a_case_once() -> None:
    assert crossroads().refuses(Start({})).code == "not-waiting"


def test_it_does_nothing_more_when_it_is_over() -> None:
    case = Case(line(user("a")))
    number = case.number("a")
    case.does("a")
    commands: list[Command] = [Complete(number, {}), Return(number, "a"), Cancel(), WakeTimer(number)]
    for command in commands:
        assert case.refuses(command).code == "not-waiting"


def test_it_gives_every_wait_a_number_of_its_own_for_ever() -> None:
    made = bundle(
        start(), xor("again"), user("a"), xor("more", "end"), end(), path("start", "again", "a", "more"),
        flow("more", "again", "= more"), flow("more", "end"),
    )  # fmt: skip
    case, numbers = Case(made), []
    for _ in range(5):
        numbers.append(case.number("a"))
        case.does("a", more=True)
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    "data",
    [
        {"typename": "章"}, {"__class__": "x", "__builtins__": {"a": 1}}, {"$": {"$": "decimal", "v": "1"}},
        {"中文 名": "有空格"}, {"nested": {"typename": {"typename": None}}}, {"task": 1, "data": 2, "self": 3, "": 4},
        {"day": date(2026, 1, 31), "money": Decimal("12.50"), "span": timedelta(hours=5)},
        {"moment": datetime(2026, 1, 31, 8, 0), "months": YearMonthDuration(5), "big": 2**80},
    ],
    ids=str,
)  # fmt: skip
def test_it_keeps_any_variables_through_every_kind_of_node(data: dict[str, Any]) -> None:
    inner = sub("inner", start("s"), user("b"), end("e"), path("s", "b", "e"))
    made = bundle(
        start(), user("a"), parallel("fork"), inner, service("c"), parallel("join"), user("d"), end(),
        path("start", "a", "fork", "inner", "join", "d", "end"), path("fork", "c", "join"),
    )  # fmt: skip
    case = Case(made)
    case.step(Complete(case.number("a"), data)).does("b", own=1).step(FinishJob(case.number("c"), data))
    found = case.wait("d").data
    assert found == data | {"own": 1}
    assert {k: type(v) for k, v in found.items()} == {k: type(v) for k, v in (data | {"own": 1}).items()}


def test_it_never_takes_a_variable_for_a_part_of_python() -> None:
    made = bundle(
        start(), user("a"), xor("which", "c"), task("b"), task("c"), end(), path("start", "a", "which"),
        flow("which", "b", '= box.__class__ = "mine"'), flow("which", "c"), path("b", "end"), path("c", "end"),
    )  # fmt: skip
    case = Case(made)
    assert case.refuses(Complete(case.number("a"), {"box": {}})).code == "expression"
    assert "b" in case.does("a", box={"__class__": "mine"}).passed


@pytest.mark.parametrize("value", [float("nan"), float("inf"), b"bytes", "a\x00", "\ud800", {1: 2}, object(), 2**9999])
def test_it_refuses_values_that_cannot_be_kept(value: Any) -> None:
    case = Case(line(user("a"), user("b")))
    assert case.refuses(Complete(case.number("a"), {"x": value})).code == "data"
    with pytest.raises(EngineError) as refusal:
        run.apply(case.bundle, None, Start({"x": value}), at=AT)
    assert refusal.value.code == "data"


def test_it_does_not_share_data_with_the_caller() -> None:
    given: dict[str, Any] = {"rows": [{"n": 1}]}
    case = Case(line(user("a"), user("b")))
    case.does("a", **given)
    given["rows"][0]["n"] = 999
    assert case.does("b").variables == {"rows": [{"n": 1}]}


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


def test_it_takes_an_inclusive_way_of_one_or_more() -> None:
    made = bundle(
        start(), user("a"), inclusive("split", "z"), user("x"), user("y"), user("z"), inclusive("join"), end(),
        path("start", "a", "split"), flow("split", "x", "= n > 1"), flow("split", "y", "= n > 2"), flow("split", "z"),
        path("x", "join", "end"), path("y", "join"), path("z", "join"),
    )  # fmt: skip
    assert Case(made).does("a", n=3).open == ["x", "y"]
    assert Case(made).does("a", n=2).open == ["x"]
    assert Case(made).does("a", n=1).open == ["z"]
    assert Case(made).does("a", n=3).does("y").does("x").status == "completed"
    assert Case(made).does("a", n=1).does("z").status == "completed"
