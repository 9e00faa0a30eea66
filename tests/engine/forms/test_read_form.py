"""A form is read at deploy: all its problems at once, each with file and component."""

from itertools import product
from typing import Any

import orjson
import pytest

from service.domain.variables import RESERVED
from service.engine import forms
from tests.engine.forms.small import AT, YES_NO, field, form, group, rows


def problems(content: bytes | dict[str, Any]) -> list[tuple[str, str]]:
    """(component, message) of every problem."""
    raw = content if isinstance(content, bytes) else orjson.dumps(content)
    _, found = forms.read_form(raw, "forms/a.form")
    assert all(p.file == "forms/a.form" and p.rule == "forms" for p in found)
    return [(p.element, p.message) for p in found]


def test_it_reads_a_form() -> None:
    made = form(field("textfield"))
    assert forms.read_form(orjson.dumps(made), "a.form") == (made, ())
    assert forms.read_form(b"\xef\xbb\xbf" + orjson.dumps(made), "a.form") == (made, ())


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b'{"id": "a", "id": "b", "type": "default", "components": []}', "id"),
        (b'{"id": "a", "type": "default", "components": [{"validate": {"required": true, "required": false}}]}', "required"),
        (b'{"id": "a", "\\u0069d": "b"}', "id"),
    ],
)  # fmt: skip
def test_it_refuses_a_key_that_stands_twice(content: bytes, key: str) -> None:
    assert problems(content) == [("", f"键“{key}”在同一个对象中出现两次，无法确定以哪个为准。")]


def test_it_lets_a_key_stand_in_two_objects() -> None:
    assert problems(form(field("textfield"), field("number", key="b", id="b"))) == []


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"\xff\xfe{}", b"nope", b'{"a": NaN}', b"[" * 5_000, b'{"id": "\xed\xa0\x80"}',
        "<html>".encode("utf-16"), b"null", b"[]", b'"text"', b"5",
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_json_object(content: bytes) -> None:
    read, found = forms.read_form(content, "a.form")
    assert read is None
    assert len(found) == 1


def test_it_says_where_the_json_breaks() -> None:
    (problem,) = forms.read_form(b'{\n "id": "a",\n oops\n}', "a.form")[1]
    assert (problem.line, problem.column) == (3, 2)


def test_it_refuses_a_file_that_is_too_large() -> None:
    large = orjson.dumps(form(field("textfield", description="长" * 200_000)))
    assert "上限" in problems(large)[0][1]


@pytest.mark.parametrize(
    "head",
    [
        {"id": ""},
        {"id": None},
        {"id": "a" * 201},
        {"schemaVersion": 20},
        {"schemaVersion": "19"},
        {"schemaVersion": True},
    ],
)
def test_it_refuses_a_wrong_head(head: dict[str, Any]) -> None:
    assert len(problems(form(field("textfield"), **head))) == 1


def test_it_wants_components() -> None:
    assert problems({"id": "a", "schemaVersion": 19}) == [("", "组件清单（components）应为对象的列表。")]
    assert len(problems({"id": "a", "components": ["text", 5, None]})) == 3


CHOICE: dict[str, Any] = {"values": YES_NO}


@pytest.mark.parametrize(
    ("component", "wanted"),
    [
        (field("iframe"), "iframe"),
        (field("columns"), "columns"),
        ({"id": "x"}, "null"),
        (field("textfield", ""), "键"),
        (field("textfield", "1a"), "1a"),
        (field("textfield", "a.b"), "a.b"),
        (field("textfield", "a b"), "a b"),
        (field("textfield", "_a"), "_a"),
        (field("textfield", "__class__"), "__class__"),
        ({"type": "textfield", "id": "x", "key": 5}, "5"),
        (rows("items.a", field("textfield")), "items.a"),
        (group("a-b", field("textfield")), "a-b"),
        (field("textfield", conditional={"hide": "a = 1"}), "conditional.hide"),
        (field("textfield", conditional={"hide": "=a ="}), "第"),
        (field("textfield", conditional="=a"), "conditional"),
        (field("textfield", readonly="yes"), "readonly"),
        (field("textfield", readonly="=if"), "readonly"),
        (field("textfield", disabled=1), "disabled"),
        (field("textfield", validate=[]), "validate"),
        (field("textfield", validate={"required": "yes"}), "required"),
        (field("textfield", validate={"required": '=a = "b"'}), "required"),
        (field("textfield", validate={"maxlength": 5}), "maxlength"),
        (field("textfield", validate={"maxLength": -1}), "maxLength"),
        (field("textfield", validate={"maxLength": 1.5}), "maxLength"),
        (field("textfield", validate={"minLength": "=)"}), "minLength"),
        (field("textfield", validate={"validationType": "url"}), "validationType"),
        (field("textfield", validate={"pattern": "(?=a)"}), "(?=a)"),
        (field("textfield", validate={"pattern": 5}), "pattern"),
        (field("number", validate={"min": "abc"}), "min"),
        (field("number", validate={"min": True}), "min"),
        (field("number", validate={"max": "=1 +"}), "max"),
        (field("number", decimalDigits=-1), "decimalDigits"),
        (field("number", increment=0), "increment"),
        (field("number", serializeToString="no"), "serializeToString"),
        (field("datetime"), "subtype"),
        (field("datetime", subtype="month"), "month"),
        (field("filepicker", multiple="=many"), "multiple"),
        (field("expression"), "expression"),
        (field("expression", expression="1 + 1"), "1 + 1"),
        (field("expression", expression="=1 +"), "第"),
        (field("radio"), "valuesExpression"),
        (field("radio", **CHOICE, valuesKey="x"), "2"),
        (field("select", valuesKey="a b"), "valuesKey"),
        (field("select", valuesExpression="items"), "valuesExpression"),
        (field("select", valuesExpression="=for i in"), "valuesExpression"),
        (field("taglist", values=[]), "没有选项"),
        (field("taglist", values=[{"label": "x"}]), "第1个"),
        (field("taglist", values=[{"label": "x", "value": ""}]), "第1个"),
        (field("taglist", values=["x"]), "第1个"),
        (field("taglist", values=[{"label": "x", "value": {"a": 1}}]), "第1个"),
        (field("checklist", values=[*YES_NO, YES_NO[0]]), "agree"),
        ({"type": "table", "id": "t", "dataSource": "=for r in"}, "dataSource"),
        ({"type": "table", "id": "t", "dataSource": "a b"}, "dataSource"),
        ({"type": "text", "id": "t", "conditional": {"hide": "a"}}, "conditional.hide"),
        (rows("r", field("textfield"), isRepeating=False), "isRepeating"),
        (rows("r", field("textfield"), defaultRepetitions=1000), "defaultRepetitions"),
        (rows("r", field("textfield"), allowAddRemove="=true"), "allowAddRemove"),
        ({"type": "dynamiclist", "id": "r", "path": "r", "isRepeating": True}, "components"),
    ],
)  # fmt: skip
def test_it_refuses_a_component(component: dict[str, Any], wanted: str) -> None:
    ((element, message),) = problems(form(component))
    assert wanted in message
    assert element in (component.get("id"), component.get("path"), "")


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_it_refuses_the_houses_own_variables_but_not_in_rows(name: str) -> None:
    assert name in problems(form(field("textfield", name)))[0][1]
    assert name in problems(form(group("", field("textfield", name))))[0][1]
    assert name in problems(form(rows(name, field("textfield"))))[0][1]
    assert problems(form(rows("items", field("textfield", name)), group("g", field("textfield", name)))) == []


def test_it_refuses_a_name_twice_on_one_level() -> None:
    a = field("textfield")
    for made in (form(a, a), form(a, group("", a)), form(a, rows("a", field("number", "b"))), form(rows("r", a, a))):
        assert [message for _, message in problems(made)] == ["键“a”在同一层重复。"]
    assert problems(form(a, group("g", a), rows("r", a), rows("s", field("textfield", "b"), rows("a", a)))) == []


def test_it_names_all_problems_at_once_with_component_and_label() -> None:
    made = form(field("textfield", "_a"), field("select", "b"), {"type": "iframe", "id": "c"}, id="")
    _, found = forms.read_form(orjson.dumps(made), "a.form")
    assert [(p.element, p.name) for p in found] == [("", ""), ("id__a", "字段_a"), ("id_b", "字段b"), ("c", "")]


def test_it_refuses_deep_nesting_and_too_many_components() -> None:
    deep = field("textfield")
    for n in range(9):
        deep = rows(f"r{n}", deep)
    assert "8层" in problems(form(deep))[0][1]
    many = form(*(field("textfield", f"f{n}") for n in range(1_001)))
    assert [message for _, message in problems(many)] == ["表单共有超过1000个组件。"]


JUNK: tuple[Any, ...] = (None, True, 5, "x", [], {}, [[]], {"a": []}, "=", "=(", -1, 1e300)


@pytest.mark.parametrize(
    "name",
    ["type", "id", "key", "path", "label", "components", "conditional", "validate", "values", "valuesKey", "valuesExpression",
     "readonly", "subtype", "decimalDigits", "increment", "expression", "multiple", "dataSource", "isRepeating",
     "defaultRepetitions", "allowAddRemove", "disabled"],
)  # fmt: skip
def test_it_never_breaks_over_a_form_and_what_it_takes_can_be_checked(name: str) -> None:
    base = [
        field("number", "n"), field("select", "s", values=YES_NO), field("datetime", "d", subtype="date"), group("g", field("textfield")),
        field("expression", "e", expression="=1"), field("filepicker", "f"), rows("r", field("textfield"), allowAddRemove=True),
        {"type": "table", "id": "t", "dataSource": "=r"},
    ]  # fmt: skip
    for component, junk in product(base, JUNK):
        read, found = forms.read_form(orjson.dumps(form(component | {name: junk})), "a.form")
        if read is not None and not found:
            key = component.get("key") or component.get("path") or "x"
            for value in (None, "x", 5, ["x"], [{"a": "x"}], {"a": "x"}):
                forms.check(read, {key: value}, current={}, at=AT)
