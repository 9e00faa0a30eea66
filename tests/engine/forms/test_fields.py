"""A field takes values of its kind and nothing else, and says what was wanted and what was found."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tests.engine.forms.small import checked, codes, field, form, kept

BEIJING = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("component", "given", "value"),
    [
        (field("textfield"), "火田镇", "火田镇"),
        (field("textfield"), "", ""),
        (field("textarea"), "一\n二", "一\n二"),
        (field("textfield"), None, None),
        (field("number"), 5, 5),
        (field("number"), 0, 0),
        (field("number"), -3, -3),
        (field("number"), 42.0, 42),
        (field("number"), 42.5, Decimal("42.5")),
        (field("number"), 0.1, Decimal("0.1")),
        (field("number"), Decimal("1.50"), Decimal("1.50")),
        (field("number"), "", None),
        (field("number", serializeToString=True), "1.50", "1.50"),
        (field("number", serializeToString=True), 1.5, "1.5"),
        (field("checkbox"), True, True),
        (field("checkbox"), None, False),
        (field("datetime", subtype="date"), "2022-10-13", date(2022, 10, 13)),
        (field("datetime", subtype="date"), "2024-02-29", date(2024, 2, 29)),
        (field("datetime", subtype="date"), "", None),
        (field("datetime", subtype="time"), "09:30", time(9, 30)),
        (field("datetime", subtype="datetime"), "2022-10-13T09:30", datetime(2022, 10, 13, 9, 30, tzinfo=BEIJING)),
        (field("datetime", subtype="datetime"), "2022-10-13T01:30Z", datetime(2022, 10, 13, 9, 30, tzinfo=BEIJING)),
        (field("filepicker", multiple=True), ["a1", "b2"], ["a1", "b2"]),
        (field("filepicker", multiple=True), "a1", ["a1"]),
        (field("filepicker", multiple=True), None, []),
        (field("filepicker"), "a1", "a1"),
        (field("filepicker"), ["a1"], "a1"),
        (field("filepicker"), [], None),
    ],
)
def test_it_takes_values_of_its_kind(component: dict[str, Any], given: Any, value: Any) -> None:
    found = kept(form(component), {"a": given})["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("component", "given"),
    [
        (field("textfield"), 5),
        (field("textfield"), True),
        (field("textfield"), ["a"]),
        (field("textfield"), {"a": 1}),
        (field("textfield"), "a\x00b"),
        (field("textarea"), "\ud800"),
        (field("number"), "5"),
        (field("number"), True),
        (field("number"), float("nan")),
        (field("number"), float("inf")),
        (field("number"), Decimal("NaN")),
        (field("number"), Decimal("1e40")),
        (field("number"), [5]),
        (field("number", serializeToString=True), "1e5"),
        (field("number", serializeToString=True), "５"),
        (field("number", serializeToString=True), "NaN"),
        (field("checkbox"), "true"),
        (field("checkbox"), 1),
        (field("datetime", subtype="date"), "2022-02-29"),
        (field("datetime", subtype="date"), "20221013"),
        (field("datetime", subtype="date"), "2022-W41-4"),
        (field("datetime", subtype="date"), "2022-10-13T00:00"),
        (field("datetime", subtype="date"), "２０２２-10-13"),
        (field("datetime", subtype="date"), 20221013),
        (field("datetime", subtype="date"), datetime(2022, 10, 13, tzinfo=BEIJING)),
        (field("datetime", subtype="time"), "24:00"),
        (field("datetime", subtype="datetime"), "2022-10-13"),
        (field("filepicker", multiple=True), ["a", "a"]),
        (field("filepicker", multiple=True), ["../etc/passwd"]),
        (field("filepicker", multiple=True), [["a"]]),
        (field("filepicker", multiple=True), ["a"] * 51),
        (field("filepicker"), ["a", "b"]),
        (field("filepicker"), 5),
    ],
)
def test_it_refuses_values_of_another_kind(component: dict[str, Any], given: Any) -> None:
    assert codes(form(component), {"a": given}) == [("a", "wrong-type")]


def test_it_names_the_label_what_was_wanted_and_what_was_found() -> None:
    (fault,) = checked(form(field("number", "volume", label="年办件量")), {"volume": "很多"}).faults
    assert fault.message == "“年办件量”应为数字（不超过28位），现为“很多”。"
    assert fault.where == {"field": "volume", "label": "年办件量"}


def test_it_calls_a_date_by_its_own_label() -> None:
    component = {"type": "datetime", "id": "d", "key": "d", "dateLabel": "会议日期", "subtype": "date"}
    (fault,) = checked(form(component), {"d": "昨天"}).faults
    assert "会议日期" in fault.message
    assert "2022-10-13" in fault.message


@pytest.mark.parametrize("value", ["长" * 500, "\ud800\x00", "a\nb", ["x"] * 100, {"a": {"b": 1}}])
def test_it_writes_messages_that_can_be_sent_whatever_was_submitted(value: Any) -> None:
    (fault,) = checked(form(field("number")), {"a": value}).faults
    assert len(fault.message.encode("utf-8")) < 400
    assert "\x00" not in fault.message
    assert "\n" not in fault.message


def test_it_names_everything_wrong_at_once() -> None:
    made = form(field("textfield", "a", validate={"required": True}), field("number", "b"), field("checkbox", "c"))
    assert codes(made, {"b": "x", "c": 1, "d": 2}) == [
        ("a", "required"),
        ("b", "wrong-type"),
        ("c", "wrong-type"),
        ("d", "unknown-field"),
    ]


def test_it_gives_no_data_when_anything_is_wrong() -> None:
    assert checked(form(field("textfield"), field("number", "b")), {"a": "x", "b": "y"}).data == {}


def test_it_counts_a_field_that_was_not_sent_as_empty_whatever_the_variable_held() -> None:
    made = form(
        field("textfield"), field("checkbox", "b"), field("taglist", "c", values=[{"label": "x", "value": "x"}])
    )
    assert kept(made, {}, {"a": "上次", "b": True, "c": ["x"], "other": 1}) == {"a": None, "b": False, "c": []}


@pytest.mark.parametrize("name", ["surprise", "__class__", "typename2", "a.b", "", "case_id", "\x00", "\ud800"])
def test_it_refuses_what_the_form_does_not_know(name: str) -> None:
    (fault,) = checked(form(field("textfield")), {"a": "x", name: 1}).faults
    assert fault.code == "unknown-field"
    assert fault.message.encode("utf-8")


def test_it_keeps_a_field_called_typename() -> None:
    assert kept(form(field("textfield", "typename")), {"typename": "专用章"}) == {"typename": "专用章"}


@pytest.mark.parametrize("type", ["text", "html", "image", "table", "separator", "spacer", "button"])
def test_it_takes_no_value_for_what_only_shows(type: str) -> None:
    made = form({"type": type, "id": "x", "key": "x"})
    assert kept(made, {}) == {}
    assert codes(made, {"x": "1"}) == [("x", "unknown-field")]


def test_it_names_the_attachments_that_are_new() -> None:
    made = form(field("filepicker", "a", multiple=True), field("filepicker", "b"), rows_of_files())
    found = checked(made, {"a": ["old", "new"], "b": "one", "r": [{"f": "three"}]}, {"a": ["old"]})
    assert not found.faults
    assert found.files == ("new", "one", "three")


def test_it_knows_attachments_again_when_rows_were_moved_but_not_when_they_stood_elsewhere() -> None:
    made = form(field("textfield"), rows_of_files())
    current = {"a": "planted", "r": [{"f": "one"}, {"f": "two"}]}
    found = checked(made, {"r": [{"f": "two"}, {"f": "planted"}, {"f": "one"}]}, current)
    assert found.files == ("planted",)


def rows_of_files() -> dict[str, Any]:
    return {"type": "dynamiclist", "id": "r", "path": "r", "label": "清单", "isRepeating": True, "allowAddRemove": True,
            "components": [field("filepicker", "f")]}  # fmt: skip
