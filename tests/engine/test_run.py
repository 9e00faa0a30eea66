"""The verbs of the engine over small processes: start, complete, finish, throw, wake, deliver, cancel."""

from decimal import Decimal

import pytest

from service.engine import run
from service.engine.model import (
    Cancel,
    Complete,
    EngineError,
    Start,
)
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    bundle,
    call,
    catch,
    each,
    end,
    flow,
    inclusive,
    line,
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
    made = bundle(
        start(),
        end("over", message("news"), oneseal__payload="= {}", oneseal__correlationKey="= 1"),
        path("start", "over"),
    )
    case = Case(made)
    assert [(t.name, t.key) for t in case.thrown] == [("news", "1")]
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


def test_it_terminates_only_the_called_process_or_the_instance_around() -> None:
    inside = (
        start("s"), parallel("fork"), user("a"), user("b"), end("stop", terminate()), end("e"),
        path("s", "fork", "a", "stop"), path("fork", "b", "e"),
    )  # fmt: skip
    called = bundle(
        start(),
        call("inner", "other"),
        user("after"),
        end(),
        path("start", "inner", "after", "end"),
        called={"other": inside},
    )
    assert Case(called).does("a").open == ["after"]
    many = Case(line(sub("inner", *inside, each("= [1, 2]")), user("after"))).does("a")
    assert many.open == ["a", "b"], "the other instance goes on"
    assert many.does("a").open == ["after"]


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
