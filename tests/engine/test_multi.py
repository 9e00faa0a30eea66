"""One activity for every entry of a list: at once or one after the other, nested, interrupted; results in order."""

import json
from decimal import Decimal
from typing import Any

import pytest

from service.engine.model import Bundle, Complete, EngineError
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    call,
    each,
    end,
    error,
    node,
    path,
    service,
    start,
    sub,
    task,
    timer,
    user,
)

OUT = "= {name: item, said: opinion}"


def over(*inside: str, kind: str = "userTask", **attributes: str) -> Bundle:
    made = {"userTask": user, "serviceTask": service}.get(kind, user)("each", *inside, **attributes)
    return bundle(start(), made, user("last"), end(), path("start", "each", "last", "end"))


def test_it_opens_all_at_once_and_keeps_the_results_in_order() -> None:
    case = Case(over(each(output=OUT)), items=["a", "b", "c"], kept=1)
    assert case.open == ["each"] * 3
    assert [w.data["loopCounter"] for w in case.waits.values()] == [1, 2, 3]
    for name in ("c", "a", "b"):
        case.step(Complete(case.number("each", item=name), {"opinion": name * 2}))
    found = case.wait("last").data
    assert found == {
        "items": ["a", "b", "c"], "kept": 1,
        "results": [{"name": n, "said": n * 2} for n in "abc"],
    }  # fmt: skip


def test_it_opens_one_after_the_other() -> None:
    case = Case(over(each(output=OUT, sequential=True)), items=["a", "b", "c"])
    for name in "abc":
        assert case.open == ["each"]
        assert case.wait("each").data["item"] == name
        case.does("each", opinion=name)
    assert [r["said"] for r in case.wait("last").data["results"]] == ["a", "b", "c"]


@pytest.mark.parametrize("sequential", [True, False])
def test_it_passes_an_empty_list_at_once(sequential: bool) -> None:
    case = Case(over(each(output=OUT, sequential=sequential)), items=[])
    assert case.open == ["last"]
    assert case.wait("last").data == {"items": [], "results": []}


@pytest.mark.parametrize("items", [None, "text", 5, {"a": 1}])
def test_it_refuses_what_is_no_list(items: Any) -> None:
    made = bundle(start(), user("a"), user("each", each()), end(), path("start", "a", "each", "end"))
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {"items": items}))
    assert (failed.code, failed.element, failed.expression) == ("expression", "each", "= items")


def test_it_keeps_what_an_instance_changes_to_itself() -> None:
    case = Case(over(each()), items=[1, 2], n=0)
    case.does("each", n=5, other=1)
    assert case.wait("each").data["n"] == 0
    case.does("each", n=6)
    assert case.wait("last").data == {"items": [1, 2], "n": 0}


def test_it_says_which_result_could_not_be_worked_out() -> None:
    case = Case(over(each(output="= missing")), items=[1])
    failed = case.refuses(Complete(case.number("each"), {}))
    assert (failed.code, failed.element) == ("expression", "each")
    assert case.does("each", missing="found").wait("last").data["results"] == ["found"]


@pytest.mark.parametrize("sequential", [True, False])
def test_it_goes_through_subprocesses_and_called_processes(sequential: bool) -> None:
    inside = (start("s"), user("ask"), service("check"), end("e"), path("s", "ask", "check", "e"))
    marker = each(output="= answer", sequential=sequential)
    for made in (
        bundle(start(), sub("each", marker, *inside), user("last"), end(), path("start", "each", "last", "end")),
        bundle(start(), call("each", "other", marker), user("last"), end(), path("start", "each", "last", "end"),
               called={"other": inside}),
    ):  # fmt: skip
        case = Case(made, items=["a", "b"])
        for name in ("a", "b") if sequential else ("b", "a"):
            case.step(Complete(case.number("ask", item=name), {"answer": name * 2}))
            case.handles("check")
        assert case.wait("last").data == {"items": ["a", "b"], "results": ["aa", "bb"]}


@pytest.mark.parametrize("outer", [True, False])
@pytest.mark.parametrize("inner", [True, False])
def test_it_nests(outer: bool, inner: bool) -> None:
    inside = (
        start("s"), user("ask", each("= item.parts", sequential=inner, output="= item + string(n)")), end("e"),
        path("s", "ask", "e"),
    )  # fmt: skip
    made = bundle(
        start(), sub("each", each(sequential=outer, output="= results"), *inside), user("last"), end(),
        path("start", "each", "last", "end"),
    )  # fmt: skip
    case = Case(made, items=[{"parts": ["a", "b"]}, {"parts": []}, {"parts": ["c"]}])
    count = 0
    while case.open != ["last"]:
        count += 1
        case.does("ask", n=count)
    found = case.wait("last").data["results"]
    assert [[r[0] for r in part] for part in found] == [["a", "b"], [], ["c"]]
    assert count == 3


def test_it_ends_all_instances_when_a_boundary_event_interrupts() -> None:
    marker = each(output=OUT)
    made = bundle(
        start(), user("each", marker), boundary("late", "each", timer()), user("escalated"), user("last"), end(),
        path("start", "each", "last", "end"), path("late", "escalated", "end"),
    )  # fmt: skip
    case = Case(made, items=["a", "b", "c"]).does("each", opinion="x")
    assert case.wait("late").host
    case.wakes("late")
    assert case.open == ["escalated"]
    assert case.wait("escalated").data == {"items": ["a", "b", "c"]}
    assert case.last
    assert {(c.element, c.how) for c in case.last.closed} == {("each", "cancelled"), ("late", "completed")}


def test_it_has_one_boundary_event_for_all_instances() -> None:
    made = bundle(
        start(), user("each", each()), boundary("late", "each", timer(), interrupting=False), task("note"), end(),
        path("start", "each", "end"), path("late", "note", "end"),
    )  # fmt: skip
    case = Case(made, items=[1, 2, 3])
    assert [w.element for w in case.waits.values()].count("late") == 1
    case.wakes("late").does("each").does("each")
    assert case.status == "active"
    assert case.does("each").status == "completed"


@pytest.mark.parametrize("sequential", [True, False])
def test_it_ends_all_instances_when_one_fails(sequential: bool) -> None:
    made = bundle(
        start(), service("each", each(sequential=sequential)), boundary("failed", "each", error("bad")), user("repair"),
        end(), path("start", "each", "end"), path("failed", "repair", "end"),
    )  # fmt: skip
    case = Case(made, items=["a", "b"]).fails("each", "bad", why="seen")
    assert case.open == ["repair"]
    assert case.wait("repair").data["item"] == "a"
    assert case.wait("repair").data["why"] == "seen"


def test_it_waits_for_a_message_each() -> None:
    receive = node(
        "receiveTask", "each", each(output="= got"), messageRef="message_news", oneseal__correlationKey="= item"
    )
    case = Case(bundle(start(), receive, user("last"), end(), path("start", "each", "last", "end")), items=["k1", "k2"])
    assert {w.key for w in case.waits.values()} == {"k1", "k2"}
    case.hears("each", got=1).hears("each", got=2)
    assert case.wait("last").data["results"] == [1, 2]


def test_it_holds_a_thousand_instances_and_not_more() -> None:
    made = bundle(start(), user("a"), user("each", each()), end(), path("start", "a", "each", "end"))
    case = Case(made)
    failed = case.refuses(Complete(case.number("a"), {"items": list(range(1001))}))
    assert (failed.code, failed.element) == ("limit", "each")
    case.does("a", items=list(range(1000)))
    assert case.open == ["each"] * 1000
    case.does("each")
    assert case.open == ["each"] * 999


def test_it_runs_a_thousand_instances_that_wait_for_nothing() -> None:
    inside = (start("s"), task("t"), end("e"), path("s", "t", "e"))
    made = bundle(start(), sub("each", each(output="= item"), *inside), end(), path("start", "each", "end"))
    case = Case(made, items=list(range(1000)))
    assert case.status == "completed"
    assert case.variables["results"] == list(range(1000))


def test_it_stores_what_instances_share_once() -> None:
    text = "长" * 2000
    few, many = (Case(over(each()), items=list(range(n)), text=text) for n in (2, 60))
    assert len(many.state or b"") - len(few.state or b"") < 58 * 300
    assert json.loads(many.state or b"")["values"].count(json.dumps(text, ensure_ascii=False)) == 1


MANY = "<multiInstanceLoopCharacteristics>{}</multiInstanceLoopCharacteristics>"


def test_it_may_count_instead_of_going_through_a_list() -> None:
    made = over(MANY.format("<loopCardinality>= wanted + 1</loopCardinality>"))
    case = Case(made, wanted=2)
    assert case.open == ["each"] * 3
    assert sorted(w.data["loopCounter"] for w in case.waits.values()) == [1, 2, 3]
    assert Case(made, wanted=-1).open == ["last"]
    for wrong in (-5, Decimal("0.5")):
        with pytest.raises(EngineError, match="多实例的个数应为不小于0的整数"):
            Case(made, wanted=wrong)


@pytest.mark.parametrize("sequential", [True, False])
def test_it_ends_as_soon_as_a_condition_over_all_results_holds(sequential: bool) -> None:
    """两票同意即可: asked over everybody's results, not the last one's."""
    until = 'count(results[item = "yes"]) >= 2'
    case = Case(over(each(output="= opinion", sequential=sequential, until=f"= {until}")), items=["a", "b", "c", "d"])
    for name, opinion in (("a", "yes"), ("b", "no")):
        case.step(Complete(case.number("each", item=name), {"opinion": opinion}))
        assert case.open
    assert "last" not in case.open
    case.step(Complete(case.number("each", item="c"), {"opinion": "yes"}))
    assert case.open == ["last"]
    assert case.wait("last").data["results"] == ["yes", "no", "yes", None]
    cancelled = [t for t in case.trail if t.element == "each" and t.outcome == "cancelled"]
    assert len(cancelled) == (0 if sequential else 1), "what was not begun is not cancelled"


def test_its_condition_may_count_instances() -> None:
    until = "= nrOfCompletedInstances / nrOfInstances >= 0.5"
    case = Case(over(each(until=until)), items=["a", "b", "c", "d"]).does("each")
    assert case.does("each").open == ["last"]
    active = Case(over(each(until="= nrOfActiveInstances = 1")), items=["a", "b", "c"]).does("each")
    assert active.does("each").open == ["last"]


def test_instances_that_are_subprocesses_end_with_all_that_is_in_them() -> None:
    inside = sub(
        "each", start("s"), user("deep"), end("e"), path("s", "deep", "e"), each(until="= nrOfCompletedInstances = 1")
    )
    case = Case(bundle(start(), inside, user("last"), end(), path("start", "each", "last", "end")), items=[1, 2, 3])
    assert case.does("deep").open == ["last"]
    assert case.last
    assert [c.how for c in case.last.closed] == ["completed", "cancelled", "cancelled"]
