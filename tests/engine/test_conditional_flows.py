"""Conditions on the flows out of an activity: all that hold are taken, and the flows without one."""

import pytest

from service.engine.model import Bundle, Complete
from tests.engine.case import Case
from tests.engine.diagram import bundle, each, end, flow, node, path, start, sub, user

FORM = {"camunda__candidateGroups": "center_clerk@center", "camunda__formKey": "form"}


def asked(default: bool = True, *, plain: bool = False) -> Bundle:
    chosen = {"default": "ask__other"} if default else {}
    return bundle(
        start(), node("userTask", "ask", **FORM, **chosen), user("one"), user("two"), user("other"), end(),
        path("start", "ask"), flow("ask", "one", "= a"), flow("ask", "two", "= b"), path("one", "end"), path("two", "end"),
        flow("ask", "other") if default or plain else "", path("other", "end") if default or plain else flow("ask", "other", "= c") + path("other", "end"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "open_"),
    [((True, False), ["one"]), ((False, True), ["two"]), ((True, True), ["one", "two"]), ((False, False), ["other"])],
)
def test_every_flow_whose_condition_holds_is_taken_else_the_default(said: tuple[bool, bool], open_: list[str]) -> None:
    case = Case(asked()).does("ask", a=said[0], b=said[1])
    assert case.open == open_


@pytest.mark.parametrize(("said", "open_"), [(True, ["one", "other"]), (False, ["other"])])
def test_a_flow_without_a_condition_is_always_taken(said: bool, open_: list[str]) -> None:
    assert Case(asked(False, plain=True)).does("ask", a=said, b=False).open == open_


def test_a_condition_that_is_neither_true_nor_false_stops_the_step_and_names_the_flow() -> None:
    case = Case(asked())
    refusal = case.refuses(Complete(case.number("ask"), {"a": 1, "b": False}))
    assert (refusal.code, refusal.element) == ("expression", "ask__one")
    assert case.open == ["ask"], "nothing is done by half"


def test_two_that_are_taken_meet_again_and_lose_nothing() -> None:
    inside = (
        start("s"), node("userTask", "ask", **FORM, default="ask__join"), user("one"), user("two"),
        node("inclusiveGateway", "join"), end("e"), path("s", "ask"), flow("ask", "one", "= true"), flow("ask", "two", "= n > 0"),
        flow("ask", "join"), path("one", "join"), path("two", "join"), path("join", "e"),
    )  # fmt: skip
    case = Case(bundle(start(), sub("sub", *inside), user("after"), end(), path("start", "sub", "after", "end")), n=1)
    case.does("ask").does("one", x=1)
    assert case.open == ["two"]
    assert case.does("two", y=2).wait("after").data == {"n": 1, "x": 1, "y": 2}


def test_a_multi_instance_activity_asks_once_when_all_of_it_is_done() -> None:
    made = bundle(
        start(), node("userTask", "sign", each("= [1, 2]", output="= yes"), **FORM, default="sign__bad"), user("good"), user("bad"), end(),
        path("start", "sign"), flow("sign", "good", "= every yes in results satisfies yes"), flow("sign", "bad"), path("good", "end"), path("bad", "end"),
    )  # fmt: skip
    assert Case(made).does("sign", yes=True).does("sign", yes=True).open == ["good"]
    assert Case(made).does("sign", yes=True).does("sign", yes=False).open == ["bad"]
