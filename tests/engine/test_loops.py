"""Standard loops: one activity again and again while its condition holds."""

import pytest

from service.engine import run
from service.engine.model import Complete, EngineError, Start
from tests.engine.case import AT, Case
from tests.engine.diagram import again, boundary, bundle, end, line, node, path, start, sub, timer, user


def test_a_round_finds_what_the_one_before_changed_and_the_loop_ends_when_its_condition_no_longer_holds() -> None:
    case = Case(line(user("fix", again("= missing > 0")), user("after")), missing=2)
    assert case.wait("fix").data == {"missing": 2, "loopCounter": 1}
    case.does("fix", missing=1)
    assert case.wait("fix").data == {"missing": 1, "loopCounter": 2}
    assert case.does("fix", missing=0).open == ["after"]
    assert case.wait("after").data == {"missing": 0, "loopCounter": 2}


def test_it_may_ask_before_the_first_round() -> None:
    made = line(user("fix", again("= missing > 0", before=True)), user("after"))
    assert Case(made, missing=0).open == ["after"]
    assert Case(made, missing=1).does("fix", missing=0).open == ["after"]


def test_a_maximum_ends_it() -> None:
    case = Case(line(user("fix", again("= true", most="2")), user("after")))
    assert case.does("fix").open == ["fix"]
    assert case.does("fix").open == ["after"]
    assert Case(line(user("fix", again(most="1")), user("after"))).does("fix").open == ["after"]


def test_a_subprocess_goes_round_as_a_whole() -> None:
    inside = sub("sub", start("s"), user("one"), user("two"), end("e"), path("s", "one", "two", "e"), again("= more"))
    case = Case(bundle(start(), inside, user("after"), end(), path("start", "sub", "after", "end")))
    case.does("one").does("two", more=True)
    assert case.open == ["one"]
    assert case.does("one").does("two", more=False).open == ["after"]


def test_a_boundary_event_sits_on_all_rounds_together() -> None:
    made = bundle(
        start(), user("fix", again("= true")), boundary("late", "fix", timer()), user("chased"), end(),
        path("start", "fix", "end"), path("late", "chased", "end"),
    )  # fmt: skip
    case = Case(made).does("fix", x=1)
    guard = case.wait("late")
    assert case.does("fix", x=2).wait("late").number == guard.number
    assert case.wakes("late").open == ["chased"]
    assert case.wait("chased").data["x"] == 2


def test_a_return_out_of_a_round_ends_the_loop() -> None:
    made = line(user("draft"), user("fix", again("= true"), oneseal__returnTo="draft"), user("after"))
    case = Case(made).does("draft").does("fix").returns("fix", "draft")
    assert case.open == ["draft"]
    assert case.does("draft").wait("fix").data["loopCounter"] == 1


def test_a_loop_that_never_ends_is_stopped_and_named() -> None:
    made = line(node("manualTask", "spin", again("= true")), user("after"))
    with pytest.raises(EngineError, match="超过1000轮") as refusal:
        run.apply(made, None, Start({}), at=AT)
    assert refusal.value.element == "spin"


def test_a_condition_that_cannot_be_answered_keeps_the_case_where_it_is() -> None:
    case = Case(line(user("fix", again("= more")), user("after")))
    assert case.refuses(Complete(case.number("fix"), {"more": "ja"})).element == "fix"
    assert case.open == ["fix"]
