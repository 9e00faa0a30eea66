"""Lists: rows that are the case's find back to themselves, rows that are the person's are judged like a form of their own."""

from typing import Any

from tests.engine.forms.small import YES_NO, checked, codes, field, form, group, kept, rows

RULING = field("radio", "ruling", values=YES_NO, validate={"required": True})
NOTE = field("textfield", "note", conditional={"hide": '=this.ruling != "refuse"'}, validate={"required": True})
FIXED = form(rows("items", field("textfield", "item_id", readonly=True), RULING, NOTE))
FREE = form(
    rows("items", field("textfield", "item_id", validate={"required": True}), RULING, NOTE, allowAddRemove=True)
)
CURRENT: dict[str, Any] = {
    "items": [
        {"item_id": "x1", "department_id": "nongye", "forms": [{"form_id": "f"}], "ruling": "agree"},
        {"item_id": "x2", "department_id": "weijian", "forms": [], "ruling": ""},
    ]
}


def said(*rulings: str, **more: Any) -> dict[str, Any]:
    return {"items": [{"item_id": f"x{n}", "ruling": r} | more for n, r in enumerate(rulings, start=1)]}


def test_it_keeps_every_field_of_a_row_that_the_form_does_not_show() -> None:
    found = kept(FIXED, said("agree", "agree"), CURRENT)["items"]
    assert found[0] == {
        "item_id": "x1",
        "department_id": "nongye",
        "forms": [{"form_id": "f"}],
        "ruling": "agree",
        "note": None,
    }
    assert found[1]["department_id"] == "weijian"


def test_it_matches_rows_by_position_and_fills_in_the_number() -> None:
    found = kept(FIXED, {"items": [{"ruling": "refuse", "note": "理由"}, {"ruling": "agree"}]}, CURRENT)["items"]
    assert [(row["item_id"], row["ruling"]) for row in found] == [("x1", "refuse"), ("x2", "agree")]


def test_it_refuses_shuffled_rows() -> None:
    data = {"items": list(reversed(said("agree", "agree")["items"]))}
    assert codes(FIXED, data, CURRENT) == [("items[0].item_id", "read-only"), ("items[1].item_id", "read-only")]


def test_it_refuses_more_rows_and_fewer() -> None:
    data: dict[str, Any]
    for data in (said("agree"), said("agree", "agree", "agree"), {"items": []}):
        assert codes(FIXED, data, CURRENT) == [("items", "row-count")]
    assert codes(FIXED, {"items": [{}]}) == [("items", "row-count")]


def test_it_wants_every_row_answered_when_the_list_was_not_sent() -> None:
    assert codes(FIXED, {}, CURRENT) == [("items[0].ruling", "required"), ("items[1].ruling", "required")]


def test_it_takes_context_back_unchanged_and_refuses_it_changed() -> None:
    whole = {"items": [row | {"ruling": "agree"} for row in CURRENT["items"]]}
    assert kept(FIXED, whole, CURRENT)["items"][0]["department_id"] == "nongye"
    whole["items"][0] = whole["items"][0] | {"department_id": "minzheng"}
    assert codes(FIXED, whole, CURRENT) == [("items[0].department_id", "unknown-field")]


def test_it_refuses_what_a_row_does_not_know_at_any_depth() -> None:
    assert codes(FIXED, said("agree", "agree", __class__="x"), CURRENT) == [
        ("items[0].__class__", "unknown-field"),
        ("items[1].__class__", "unknown-field"),
    ]
    nested = form(rows("a", rows("b", field("textfield", "c"), allowAddRemove=True), allowAddRemove=True))
    assert codes(nested, {"a": [{"b": [{"c": "x"}, {"d": 1}]}]}) == [("a[0].b[1].d", "unknown-field")]


def test_it_hides_by_the_row_itself() -> None:
    assert codes(FIXED, said("agree", "refuse"), CURRENT) == [("items[1].note", "required")]
    assert codes(FIXED, said("agree", "agree", note="x"), CURRENT) == [
        ("items[0].note", "hidden-field"),
        ("items[1].note", "hidden-field"),
    ]


def test_it_tells_people_which_row() -> None:
    (fault,) = checked(FIXED, said("agree", "perhaps"), CURRENT).faults
    assert fault.where == {"field": "items[1].ruling", "label": "清单items[2]·字段ruling"}
    assert "清单items[2]·字段ruling" in fault.message


def test_it_takes_the_persons_own_rows_as_they_are() -> None:
    assert kept(FREE, said("agree"), CURRENT) == {"items": [{"item_id": "x1", "ruling": "agree", "note": None}]}
    assert kept(FREE, {}, CURRENT) == {"items": []}
    assert codes(FREE, {"items": [{"ruling": "agree"}]}) == [("items[0].item_id", "required")]


def test_it_knows_a_row_of_the_case_again_by_its_read_only_columns() -> None:
    made = form(
        rows("items", field("textfield", "item_id", readonly=True), field("textfield", "note"), allowAddRemove=True)
    )
    sent = {"items": [{"note": "新行"}, {"item_id": "x2", "note": "第二"}]}
    assert kept(made, sent, CURRENT)["items"] == [
        {"note": "新行"},
        {"item_id": "x2", "department_id": "weijian", "forms": [], "ruling": "", "note": "第二"},
    ]
    assert codes(made, {"items": [{"item_id": "x9"}]}, CURRENT) == [("items[0].item_id", "read-only")]
    assert codes(made, {"items": [{"item_id": "x1"}, {"item_id": "x1"}]}, CURRENT) == [
        ("items[1].item_id", "read-only")
    ]


def test_it_refuses_what_is_no_list_of_rows() -> None:
    given: tuple[Any, ...] = ("x", {"0": {}}, 5)
    for found in given:
        assert codes(FREE, {"items": found}) == [("items", "wrong-type")]
    assert codes(FREE, {"items": [{"item_id": "x", "ruling": "agree"}, "row"]}) == [("items", "wrong-type")]
    assert codes(FREE, {"items": [{}] * 1_001}) == [("items", "too-many")]


def test_it_nests_lists() -> None:
    made = form(
        rows("a", field("textfield", "name"),
             rows("b", field("number", "n", validate={"max": "=if this.half then 5 else 10"}), field("checkbox", "half"),
                  allowAddRemove=True),
             allowAddRemove=True)
    )  # fmt: skip
    data: dict[str, Any] = {"a": [{"name": "x", "b": [{"n": 4, "half": True}, {"n": 9, "half": False}]}, {"name": "y"}]}
    assert kept(made, data) == {"a": [data["a"][0], {"name": "y", "b": []}]}
    data = {"a": [{"name": "x", "b": [{"n": 9, "half": True}]}]}
    assert codes(made, data) == [("a[0].b[0].n", "out-of-range")]


def test_it_gives_rows_their_surroundings_as_the_browser_does() -> None:
    seen = field(
        "expression", "seen", expression="=string(i[1]) + this.name + parent.title + string(count(a)) + _this_.name"
    )
    made = form(field("textfield", "title"), rows("a", field("textfield", "name"), seen, allowAddRemove=True))
    found = kept(made, {"title": "T", "a": [{"name": "x"}, {"name": "y"}]})["a"]
    assert [row["seen"] for row in found] == ["1xT2x", "2yT2y"]


def test_it_does_not_take_a_rows_field_for_a_variable() -> None:
    made = form(
        rows("a", field("textfield", "name"), field("expression", "seen", expression="=name"), allowAddRemove=True)
    )
    assert kept(made, {"a": [{"name": "row"}]}, {"name": "variable"})["a"][0]["seen"] == "variable"
    assert kept(made, {"a": [{"name": "row"}]})["a"][0]["seen"] is None


def test_it_puts_a_group_with_a_path_into_an_object_of_its_own_and_keeps_the_rest_of_it() -> None:
    made = form(group("seal", field("textfield", "name"), group("", field("number", "size"))), field("textfield", "b"))
    current = {"seal": {"name": "旧", "filed": "f1"}}
    assert kept(made, {"seal": {"name": "新", "size": 42}, "b": "x"}, current) == {
        "seal": {"name": "新", "size": 42, "filed": "f1"},
        "b": "x",
    }
    assert codes(made, {"seal": [1]}) == [("seal", "wrong-type")]
    assert codes(made, {"seal": {"filed": "f2"}}, current) == [("seal.filed", "unknown-field")]


def test_a_list_that_must_have_a_row_is_not_left_empty() -> None:
    asked = form(rows("items", field("textfield", "item_id"), allowAddRemove=True, validate={"required": True}))
    submissions: list[dict[str, Any]] = [{}, {"items": []}, {"items": [{"item_id": "x"}]}]
    assert [codes(asked, given) for given in submissions] == [
        [("items", "required")],
        [("items", "required")],
        [],
    ]
