"""Hidden fields, read-only fields and computed fields: the server decides, not the browser."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.engine.forms.small import YES_NO, checked, codes, field, form, group, kept, rows

DECIDE = field("radio", "decision", values=YES_NO, validate={"required": True})
LIMITS = field("textarea", "limits", conditional={"hide": '=decision != "agree"'}, validate={"required": True})


def test_it_wants_a_required_field_only_while_it_shows() -> None:
    made = form(DECIDE, LIMITS)
    assert codes(made, {"decision": "agree"}) == [("limits", "required")]
    assert kept(made, {"decision": "refuse"}) == {"decision": "refuse", "limits": None}


def test_it_refuses_a_value_for_a_hidden_field() -> None:
    assert codes(form(DECIDE, LIMITS), {"decision": "refuse", "limits": "x"}) == [("limits", "hidden-field")]
    assert codes(form(DECIDE, LIMITS), {"decision": "refuse", "limits": ""}) == []


def test_it_forgets_what_a_hidden_field_held_before() -> None:
    assert kept(form(DECIDE, LIMITS), {"decision": "refuse"}, {"limits": "上一轮的条件"})["limits"] is None


def test_it_hides_by_what_is_submitted_now_and_by_the_variables() -> None:
    made = form(field("textfield", conditional={"hide": "=stage > 2"}))
    assert codes(made, {"a": "x"}, {"stage": 3}) == [("a", "hidden-field")]
    assert codes(made, {"a": "x"}, {"stage": 2}) == codes(made, {"a": "x"}) == []
    assert codes(form(DECIDE, LIMITS), {"decision": "refuse", "limits": "x"}, {"decision": "agree"}) != []


def test_it_sees_dates_as_the_browser_does() -> None:
    made = form(
        field("datetime", "d", subtype="date"),
        field("textfield", conditional={"hide": '=date(d) < date("2022-11-01")'}),
    )
    assert codes(made, {"d": "2022-10-31", "a": "x"}) == [("a", "hidden-field")]
    assert codes(made, {"d": "2022-11-01", "a": "x"}) == []
    same_text = form(field("textfield", conditional={"hide": '=since = "2022-11-01"'}))
    assert codes(same_text, {"a": "x"}, {"since": date(2022, 11, 1)}) == [("a", "hidden-field")]


def test_it_hides_a_whole_group() -> None:
    for path in ("", "house"):
        inner = field("textfield", validate={"required": True})
        made = form(group(path, group("", inner), conditional={"hide": "=true"}))
        given = {"house": {"a": "x"}} if path else {"a": "x"}
        assert codes(made, given) == [("house.a" if path else "a", "hidden-field")]
        assert kept(made, {}) == ({"house": {"a": None}} if path else {"a": None})


def test_it_hides_a_list_and_keeps_the_rows_that_are_the_cases() -> None:
    results: dict[bool, dict[str, Any]] = {False: {}, True: {"r": []}}
    for free, result in results.items():
        made = form(
            rows(
                "r", field("textfield", validate={"required": True}), allowAddRemove=free, conditional={"hide": "=true"}
            )
        )
        assert kept(made, {}, {"r": [{"a": "x"}]}) == result
        assert codes(made, {"r": [{"a": "x"}]}) == [("r", "hidden-field")]


@pytest.mark.parametrize("lock", [{"readonly": True}, {"readonly": "=locked"}, {"disabled": True}])
def test_it_keeps_the_cases_value_of_a_read_only_field(lock: dict[str, Any]) -> None:
    made = form(field("textfield", validate={"required": True}, **lock))
    current = {"a": "火田镇", "locked": True}
    assert (
        kept(made, {}, current)
        == kept(made, {"a": None}, current)
        == kept(made, {"a": "火田镇"}, current)
        == {"a": "火田镇"}
    )
    assert codes(made, {"a": "和平乡"}, current) == codes(made, {"a": ""}, current) == [("a", "read-only")]
    assert codes(made, {"a": 5}, current) == [("a", "read-only")]


def test_it_may_be_written_while_the_expression_says_no() -> None:
    made = form(field("textfield", readonly="=locked"))
    assert kept(made, {"a": "和平乡"}, {"a": "火田镇", "locked": False}) == {"a": "和平乡"}


@pytest.mark.parametrize(
    ("component", "was", "sent"),
    [
        (field("number"), Decimal("42.5"), 42.5),
        (field("number"), 42, 42.0),
        (field("datetime", subtype="date"), date(2022, 11, 1), "2022-11-01"),
        (field("select", values=YES_NO), "", None),
        (field("select", values=YES_NO), "old_option", "old_option"),
        (field("filepicker", multiple=True), ["f1"], ["f1"]),
        (field("textfield"), 7, 7),
    ],
)
def test_it_knows_a_read_only_value_again_in_whatever_form_it_comes_back(
    component: dict[str, Any], was: Any, sent: Any
) -> None:
    assert kept(form(component | {"readonly": True}), {"a": sent}, {"a": was}) == {"a": was}


def test_it_invents_no_variable_for_a_read_only_field_that_has_none() -> None:
    made = form(field("textfield", readonly=True))
    assert kept(made, {"a": ""}) == {}
    assert codes(made, {"a": "x"}) == [("a", "read-only")]


def test_it_says_what_a_read_only_field_must_be() -> None:
    (fault,) = checked(form(field("textfield", readonly=True)), {"a": "乙"}, {"a": "甲"}).faults
    assert fault.message == "“字段a”只读，应为“甲”，现为“乙”。"


def test_it_computes_expression_fields_and_ignores_what_was_sent() -> None:
    made = form(
        field("number", "uses"), field("number", "cases"), field("expression", "rate", expression="=uses / cases * 100"),
        field("expression", "low", expression="=rate < 80"), field("textfield", conditional={"hide": "=not(low)"}),
    )  # fmt: skip
    found = kept(made, {"uses": 3, "cases": 4, "rate": 100, "low": False, "a": "原因"})
    assert (found["rate"], found["low"]) == (75, True)
    assert codes(made, {"uses": 9, "cases": 10, "a": "原因"}) == [("a", "hidden-field")]


@pytest.mark.parametrize("expression", ["=1 / 0", "=nothing_there", "=[1..5]", "=function(x) x", "=string(1, 2)"])
def test_it_gives_null_where_an_expression_has_no_answer_that_can_be_kept(expression: str) -> None:
    assert kept(form(field("expression", expression=expression)), {}) == {"a": None}
