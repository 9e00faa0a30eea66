"""A field's rules: required, limits, digits, length, shape, pattern, options."""

from decimal import Decimal
from typing import Any

import pytest

from tests.engine.forms.small import YES_NO, checked, codes, field, form, kept

REQUIRED = {"required": True}


@pytest.mark.parametrize(
    ("component", "empty"),
    [
        (field("textfield"), ""),
        (field("textfield"), None),
        (field("textarea"), " \n\t　"),
        (field("number"), None),
        (field("checkbox"), False),
        (field("radio", values=YES_NO), None),
        (field("radio", values=YES_NO), ""),
        (field("checklist", values=YES_NO), []),
        (field("taglist", values=YES_NO), None),
        (field("datetime", subtype="date"), None),
        (field("filepicker", multiple=True), []),
        (field("filepicker"), ""),
    ],
)
def test_it_wants_what_is_required(component: dict[str, Any], empty: Any) -> None:
    component = component | {"validate": REQUIRED}
    assert codes(form(component), {"a": empty}) == [("a", "required")]
    assert codes(form(component), {}) == [("a", "required")]


def test_it_takes_zero_for_an_answer() -> None:
    assert kept(form(field("number", validate=REQUIRED)), {"a": 0}) == {"a": 0}


@pytest.mark.parametrize(
    ("properties", "value", "code"),
    [
        ({"validate": {"min": 1}}, 1, None),
        ({"validate": {"min": 1}}, 0, "out-of-range"),
        ({"validate": {"min": "0.5"}}, 0.4, "out-of-range"),
        ({"validate": {"max": 45}}, 45, None),
        ({"validate": {"max": 45}}, 45.001, "out-of-range"),
        ({"validate": {"max": "=limit * 2"}}, 20, None),
        ({"validate": {"max": "=limit * 2"}}, 21, "out-of-range"),
        ({"validate": {"max": "=nothing_there"}}, 10**9, None),
        ({"decimalDigits": 0}, 3, None),
        ({"decimalDigits": 0}, 3.5, "too-precise"),
        ({"decimalDigits": 1}, Decimal("95.70"), None),
        ({"decimalDigits": 1}, 95.75, "too-precise"),
        ({"increment": 0.25}, 1.75, None),
        ({"increment": "0.25"}, 1.8, "out-of-range"),
        ({"increment": 0.001}, 10**27, None),
    ],
)
def test_it_keeps_numbers_in_their_limits(properties: dict[str, Any], value: Any, code: str | None) -> None:
    made = form(field("number", **properties))
    assert codes(made, {"a": value}, {"limit": 10}) == ([("a", code)] if code else [])


@pytest.mark.parametrize(
    ("validate", "value", "code"),
    [
        ({"minLength": 3}, "一二三", None),
        ({"minLength": 3}, "  一二  ", "too-short"),
        ({"minLength": 3}, "", None),
        ({"maxLength": 3}, "一二三", None),
        ({"maxLength": 3}, "  一二三  ", None),
        ({"maxLength": 3}, "一二三四", "too-long"),
        ({"maxLength": 3}, "𠮷𠮷", "too-long"),
        ({"maxLength": "=limit"}, "一二三", "too-long"),
        ({"pattern": r"^\d{13}$"}, "3506220000001", None),
        ({"pattern": r"^\d{13}$"}, "350622000000X", "bad-format"),
        ({"validationType": "email"}, "a.b@yunxiao.example.cn", None),
        ({"validationType": "email"}, "a@b", "bad-format"),
        ({"validationType": "email"}, "a b@c.cn", "bad-format"),
        ({"validationType": "email"}, "a@b@c.cn", "bad-format"),
        ({"validationType": "phone"}, "13800000000", None),
        ({"validationType": "phone"}, "+86 (0596) 851-0000", None),
        ({"validationType": "phone"}, "拨打110", "bad-format"),
        ({"validationType": "phone"}, "110", "bad-format"),
        ({"validationType": "custom"}, "任意", None),
    ],
)
def test_it_keeps_texts_in_their_limits(validate: dict[str, Any], value: str, code: str | None) -> None:
    made = form(field("textfield", validate=validate))
    assert codes(made, {"a": value}, {"limit": 2}) == ([("a", code)] if code else [])


def test_it_names_every_rule_that_is_broken() -> None:
    made = form(field("number", validate={"min": 10}, decimalDigits=0, increment=2))
    assert [code for _, code in codes(made, {"a": 1.5})] == ["out-of-range", "too-precise", "out-of-range"]


def test_it_refuses_a_day_that_has_passed_in_beijing() -> None:
    made = form(field("datetime", subtype="date", disallowPassedDates=True))
    assert codes(made, {"a": "2022-11-22"}) == [("a", "out-of-range")]
    assert codes(made, {"a": "2022-11-23"}) == []


MIXED = [{"label": "一", "value": 1}, {"label": "文字一", "value": "1"}, {"label": "是", "value": True}]


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_it_takes_one_of_the_options(kind: str) -> None:
    made = form(field(kind, values=YES_NO))
    assert kept(made, {"a": "agree"}) == {"a": "agree"}
    assert codes(made, {"a": "perhaps"}) == [("a", "not-an-option")]
    assert codes(made, {"a": ["agree"]}) == [("a", "wrong-type")]


@pytest.mark.parametrize("kind", ["checklist", "taglist"])
def test_it_takes_some_of_the_options(kind: str) -> None:
    made = form(field(kind, values=YES_NO))
    assert kept(made, {"a": ["refuse", "agree"]}) == {"a": ["refuse", "agree"]}
    assert codes(made, {"a": ["agree", "perhaps"]}) == [("a", "not-an-option")]
    assert codes(made, {"a": ["agree", "agree"]}) == [("a", "wrong-type")]
    assert codes(made, {"a": "agree"}) == [("a", "wrong-type")]


@pytest.mark.parametrize(
    ("value", "known"), [(1, True), (1.0, True), ("1", True), (True, True), (2, False), (False, False)]
)
def test_it_does_not_take_one_kind_of_option_for_another(value: Any, known: bool) -> None:
    only_number = form(field("select", values=MIXED[:1]))
    assert (codes(form(field("select", values=MIXED)), {"a": value}) == []) is known
    assert (codes(only_number, {"a": value}) == []) is (value == 1 and not isinstance(value, bool | str))


def test_it_takes_options_from_the_variables() -> None:
    made = form(field("select", valuesKey="people"))
    current = {"people": [{"label": "张", "value": "zhang"}, "li", {"label": "王"}, {"value": None}]}
    assert [codes(made, {"a": name}, current) for name in ("zhang", "li", "王")] == [[], [], []]
    assert codes(made, {"a": "zhao"}, current) == [("a", "not-an-option")]
    assert codes(made, {"a": "zhang"}, {"people": "zhang"}) == [("a", "not-an-option")]


def test_it_takes_options_from_an_expression() -> None:
    made = form(field("select", valuesExpression="=for i in items return {label: i.name, value: i.item_id}"))
    current = {"items": [{"item_id": "x1", "name": "生育登记"}]}
    assert kept(made, {"a": "x1"}, current) == {"a": "x1"}
    (fault,) = checked(made, {"a": "x2"}, current).faults
    assert fault.code == "not-an-option"
    assert "生育登记（x1）" in fault.message
    assert "x2" in fault.message
