"""自动预检."""

from typing import Any

import pytest

from tests.handlers.desk import run

LIBRARY: dict[str, Any] = {
    "item_id": "birth", "name": "生育登记", "version": 3, "department_id": "weijian", "department_name": "县卫健局",
    "status": "in_use", "status_reason": "", "power_source": "1", "power_document": "", "entrusting_department": "",
    "agency": "", "result_kind": "record", "seal_by_law": False, "legal_basis": "条例", "current_seal": "official",
    "catalog_code": "", "task_code": "", "sorting": "described", "power_lapsed": False, "faults": [], "example": True,
    "forms": [{"form_id": "f1", "form_version": 2, "version": 2, "name": "登记表", "level": "province", "owner_id": "weijian"}],
}  # fmt: skip


def check(row: dict[str, Any], library: dict[str, Any] | None = None, **facts: Any) -> tuple[dict[str, Any], str]:
    """The one item after the check, and its fault lines."""
    known = [] if library is None else [library]
    data = run("precheck", {"items": [row]}, item_library=known, **facts).data
    (item,) = data["items"]
    assert data["precheck_report"]["checked"] == 1
    assert [f["text"] for f in data["precheck_report"]["faults"]] == item["faults"]
    return item, "".join(item["faults"])


def test_it_makes_a_row_whole_from_the_library_and_finds_no_fault() -> None:
    item, faults = check({"item_id": "birth", "power_source": None, "department_id": ""}, LIBRARY)
    assert faults == ""
    assert (item["name"], item["version"], item["power_source"], item["department_id"]) == (
        "生育登记", 3, "1", "weijian",
    )  # fmt: skip
    assert (item["confirmed_class"], item["exception_confirmed"]) == ("", False)
    assert item["forms"][0]["version"] == 2


def test_it_keeps_fields_it_does_not_know() -> None:
    item, _ = check({"item_id": "birth", "yearly_volume": 40, "target_seal": "special", "extra": {"a": 1}}, LIBRARY)
    assert (item["yearly_volume"], item["target_seal"], item["extra"]) == (40, "special", {"a": 1})


def test_it_starts_the_lists_later_steps_append_to() -> None:
    data = run("precheck", {"items": [], "dropped_items": [{"item_id": "of an earlier round"}]}).data
    assert (data["dropped_items"], data["deferred_items"], data["exceptions"]) == ([], [], [])


@pytest.mark.parametrize("library", [None, LIBRARY | {"sorting": "draft"}, LIBRARY | {"sorting": "sorted"}])
def test_what_is_not_sorted_and_described_leaves_the_batch_with_the_reason(library: dict[str, Any] | None) -> None:
    described = LIBRARY | {"item_id": "aid", "name": "临时救助"}
    given = {"items": [{"item_id": "birth", "name": "生育登记"}, {"item_id": "aid"}], "center_id": "huotian-center"}
    output = run("precheck", given, item_library=[described, *([library] if library else [])])
    assert [i["item_id"] for i in output.data["items"]] == ["aid"]
    (gone,) = output.data["dropped_items"]
    assert (gone["item_id"], gone["step"]) == ("birth", "precheck")
    assert "先梳理、再规范流程、后授权" in gone["reason"]
    faults = output.data["precheck_report"]["faults"]
    assert next(f["text"] for f in faults if f["item_id"] == "birth") == gone["reason"]
    (notice,) = output.effects
    assert (notice.kind, notice.values["organisation_id"], notice.values["post"]) == (
        "notify", "huotian-center", "center_clerk",
    )  # fmt: skip
    assert "生育登记" in notice.values["text"]


def test_nobody_is_told_when_everything_is_prepared() -> None:
    given = {"items": [{"item_id": "birth"}], "center_id": "huotian-center"}
    assert run("precheck", given, item_library=[LIBRARY]).effects == ()


def test_an_item_the_library_does_not_know_is_named_and_leaves() -> None:
    data = run("precheck", {"items": [{"item_id": "moon"}]}).data
    assert [i["item_id"] for i in data["dropped_items"]] == ["moon"]
    assert any("moon" in f["text"] for f in data["precheck_report"]["faults"])


def test_it_lets_the_form_win_and_says_so_in_words_people_read() -> None:
    item, faults = check({"item_id": "birth", "power_source": "5", "entrusting_department": "县局"}, LIBRARY)
    assert item["power_source"] == "5"
    assert "权力来源与事项库不一致" in faults


@pytest.mark.parametrize(
    ("row", "library", "fault"),
    [
        ({}, {"status": "cancelled", "status_reason": "省政府令取消"}, "不在用：省政府令取消"),
        ({}, {"forms": []}, "没有关联申请表"),
        ({"power_source": "5"}, {"power_source": "5"}, "没有填写委托部门"),
        ({"power_source": "6"}, {"power_source": "6"}, "没有填写委托部门"),
        ({}, {"power_source": "2"}, "没有填写下放"),
        ({}, {"power_source": "4"}, "没有填写下放"),
        ({}, {"power_lapsed": True}, "今日不适用于本乡镇"),
        ({}, {"faults": ["基本编码应为12位，现为6位。"]}, "“生育登记”：基本编码应为12位，现为6位。"),
    ],
)
def test_it_names_the_doubt(row: dict[str, Any], library: dict[str, Any], fault: str) -> None:
    _, faults = check({"item_id": "birth", **row}, LIBRARY | library)
    assert fault in faults


@pytest.mark.parametrize(
    "library",
    [
        {"power_source": "5", "entrusting_department": "县自然资源局"},
        {"power_source": "2", "power_document": "云政〔2021〕3号"},
        {"catalog_code": "350112345000"},
    ],
)
def test_it_finds_no_fault_where_there_is_none(library: dict[str, Any]) -> None:
    _, faults = check({"item_id": "birth"}, LIBRARY | library)
    assert faults == ""


def test_it_names_an_authorisation_that_is_already_there() -> None:
    valid = [{"item_id": "birth", "id": "a1", "document_number": "火政〔2022〕1号"}]
    _, faults = check({"item_id": "birth"}, LIBRARY, valid_authorisations=valid)
    assert "已有有效授权" in faults


def test_it_completes_a_form_of_the_library_and_one_the_clerk_named() -> None:
    forms = [{"form_id": "f1", "name": "x"}, {"form_id": "f9", "name": "新表"}, {"name": "without id"}, "nonsense"]
    bare = LIBRARY | {"forms": []}
    item, _ = check({"item_id": "birth", "department_id": "nongye", "forms": forms}, bare)
    assert [(f["form_id"], f["level"], f["owner_id"]) for f in item["forms"]] == [
        ("f1", "county", "nongye"),
        ("f9", "county", "nongye"),
    ]
    item, _ = check({"item_id": "birth", "forms": forms}, LIBRARY)
    assert [(f["form_id"], f["version"], f["level"], f["name"]) for f in item["forms"]] == [
        ("f1", 2, "province", "登记表"),
        ("f9", 1, "county", "新表"),
    ]


def test_it_leaves_the_rows_it_was_given_alone() -> None:
    row = {"item_id": "birth"}
    check(row, LIBRARY)
    assert row == {"item_id": "birth"}


def test_it_works_on_an_item_once_however_often_the_clerk_listed_it() -> None:
    rows = [{"item_id": "a", "name": "甲"}, {"item_id": "b", "name": "丙"}, {"item_id": "a", "name": "乙"}]
    known = [LIBRARY | {"item_id": id} for id in ("a", "b")]
    data = run("precheck", {"items": rows}, item_library=known).data
    assert [(i["item_id"], i["name"]) for i in data["items"]] == [("a", "乙"), ("b", "丙")]
    assert [any("不止一次" in fault for fault in i["faults"]) for i in data["items"]] == [True, False]
