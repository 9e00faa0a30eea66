"""The kinds of sheet: each has its words, its examples hold, and its rules say what would be right."""

from collections.abc import Mapping
from typing import Any

import pytest

from service.domain.elements import ELEMENTS
from service.domain.items import Citation, FlowStep, Item, Material, PowerSource
from service.domain.sheets.columns import Column, SheetKind, Type
from service.domain.sheets.describing import about, describe
from service.domain.sheets.kinds import BY_ID, KINDS, needed
from service.domain.sheets.kinds.items import item_from, values_of
from service.domain.sheets.plan import State
from service.domain.sheets.values import text_of
from service.domain.sheets.world import World
from tests.domain.filled import BUREAU, CENTER, COUNTY, HUOTIAN, KNOWN, PLACES, faults, only, plan, plan_of

PLACE = {"id": "heping", "name": "和平乡人民政府", "short_name": "和平乡", "kind": "乡镇", "parent_id": "yunxiao"}
ITEM = {"id": "sx-1", "name": "生育登记", "department_id": "weijianju"}
STATION = {"id": "zs-1", "township_id": "huotian", "name": "农技站"}
BASIS = {"id": "yj-1", "name": "示例法"}
DOCUMENT = {
    "id": "wj-1",
    "kind": "下放",
    "number": "云政办〔2022〕28号",
    "title": "关于下放的通知（示例）",
    "issuer": "示例县",
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_every_column_has_its_words(kind: SheetKind) -> None:
    assert about(kind)
    for described in describe(kind, World(KNOWN)):
        assert described.heading
        assert described.type
    for column in kind.columns:
        assert kind.help(column) or column.heading or column.key == "note" or column.type is Type.DATE, column.key
        for choice in column.choices:
            assert column.word(choice)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_examples_would_be_right_if_they_were_no_examples(kind: SheetKind) -> None:
    """Where the invented places and people are that they refer to."""
    rows = [{column.key: kind.examples(column)[n] for column in kind.columns} for n in (0, 1)]
    assert all(row[kind.columns[0].key].startswith("示例-") for row in rows)
    real = [{key: text.removeprefix("示例-") for key, text in row.items()} for row in rows]
    known = {**KNOWN, "organisations": {"xian": {**COUNTY, "id": "xian", "name": "示例县人民政府"}}}
    if kind.id != "organisations":
        places = {
            "zhen": (HUOTIAN, "示例镇人民政府"),
            "center": (CENTER, "示例镇便民服务中心"),
            "ju": (BUREAU, "示例县某某局"),
        }
        known["organisations"] = {id: {**like, "id": id, "name": name} for id, (like, name) in places.items()}
        known["people"] = {id: {"id": id, "name": id, "account": True} for id in ("zhangsan", "lisi")}
    found = plan_of(kind.id, *real, known=known)
    assert faults(found) == []
    assert len(found.lines) == 2


def test_what_a_kind_refers_to_is_needed_with_it_however_far() -> None:
    assert set(needed([BY_ID["posts"]])) == {"posts", "people", "organisations"}
    assert {"items", "forms", "legal_bases", "organisations", "dictionary.basis_level"} <= set(
        needed([BY_ID["power_documents"]])
    )


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"parent_id": ""}, "上级机构", "a_parent"),
        ({"parent_id": "weijianju"}, "上级机构", "a_parent"),
        ({"kind": "便民服务中心"}, "上级机构", "a_parent"),
        ({"kind": "便民服务中心", "parent_id": "huotian"}, "上级机构", "one_center"),
        ({"kind": "县人民政府", "parent_id": ""}, "机构类型", "one_county"),
        ({"office": "审改办"}, "承担职能", "no_office"),
        ({"code": "35062210"}, "代码", "body_code"),
        ({"code": "11350622MBTEXT013A"}, "代码", "credit_code"),
        ({"code": "1135O622MBTEXT013G"}, "代码", "body_code"),
        ({"id": "和平"}, "机构编号", "id"),
        ({"id": "HePing"}, "机构编号", "id"),
        ({"id": "-heping"}, "机构编号", "id"),
        ({"kind": "镇"}, "机构类型", "choice"),
    ],
)
def test_organisations(more: Mapping[str, Any], column: str, code: str) -> None:
    assert faults(plan_of("organisations", {**PLACE, **more})) == [(2, column, code)]


@pytest.mark.parametrize("code", ["11350622MBTEXT013G", "350622202", "350622202001", 350622202, ""])
def test_an_organisation_has_a_code_of_its_region_or_its_own_or_none(code: Any) -> None:
    assert faults(plan_of("organisations", {**PLACE, "code": code})) == []


def test_the_county_has_no_parent() -> None:
    county = {"id": "xian", "name": "示例县人民政府", "short_name": "示例县", "kind": "县人民政府", "parent_id": "xian"}
    assert faults(plan_of("organisations", county, known={})) == [(2, "上级机构", "no_parent")]


def test_an_office_is_one_organisation_s_and_may_pass_to_another() -> None:
    office = {
        "id": "shengaiban",
        "name": "县审改办",
        "short_name": "审改办",
        "kind": "县直办公机构",
        "parent_id": "yunxiao",
        "office": "审改办",
    }
    host = {**BUREAU, "kind": "县直部门", "office": "审改办", "parent_id": "yunxiao"}
    assert faults(plan_of("organisations", office, host)) == [(2, "承担职能", "once")]
    known = {"organisations": {**PLACES, "shengaiban": {**office, "kind": "county_office", "office": "reform_office"}}}
    assert faults(plan_of("organisations", office | {"office": ""}, host, known=known)) == []


def test_administrators_are_no_rows_of_a_sheet() -> None:
    same = {"id": "sysadmin", "name": "系统管理员（虚构）", "organisation_id": "yunxiao"}
    assert only(plan_of("people", same)).state is State.UNCHANGED
    assert faults(plan_of("people", same | {"organisation_id": "huotian"})) == [(2, "人员编号", "no_administrator")]
    post = {"person_id": "sysadmin", "post": "审改办审核", "organisation_id": "weijianju"}
    assert faults(plan_of("posts", post)) == [(2, "人员编号", "no_post_for_administrator")]


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"organisation_id": "weijianju"}, "任职单位", "post_place"), ({"post": "主要领导"}, "任职单位", "post_place"),
        ({"person_id": "nobody"}, "人员编号", "reference"), ({"post": "主任"}, "岗位", "choice"),
    ],
)  # fmt: skip
def test_posts(more: Mapping[str, str], column: str, code: str) -> None:
    post = {"person_id": "clerk", "post": "便民服务中心经办", "organisation_id": "huotian-center"}
    assert faults(plan_of("posts", {**post, **more})) == [(2, column, code)]


@pytest.mark.parametrize(
    ("given", "name"),
    [("张　三", "张三"), ("张 三", "张三"), ("欧阳　小明", "欧阳 小明"), (" 李四（虚构） ", "李四（虚构）")],
)
def test_blanks_inside_short_names_are_only_typesetting(given: str, name: str) -> None:
    assert only(plan_of("people", {"id": "a1", "name": given, "organisation_id": "huotian"})).values["name"] == name


def test_a_post_is_granted_or_taken_back_row_by_row() -> None:
    post = {"person_id": "clerk", "post": "便民服务中心经办", "organisation_id": "huotian-center"}
    held = {**KNOWN, "posts": {"clerk/center_clerk/huotian-center": {"person_id": "clerk", "post": "center_clerk",
                               "organisation_id": "huotian-center", "state": "held"}}}  # fmt: skip
    assert only(plan_of("posts", post)).state is State.NEW
    assert only(plan_of("posts", post, known=held)).state is State.UNCHANGED
    assert only(plan_of("posts", post | {"state": "免去"}, known=held)).changes == {"state": ("held", "left")}
    assert only(plan_of("posts", post | {"state": "免去"})).state is State.UNCHANGED, (
        "who does not hold it need not leave it"
    )


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"township_id": "weijianju"}, "所在乡镇", "a_township"),
        ({"status": "已撤销"}, "撤销文号", "needs_number"),
        ({"status": "并入", "abolition_number": "云政办〔2022〕28号"}, "承接单位", "needs_successor"),
        ({"abolition_number": "2022第28号"}, "撤销文号", "document_number"),
        ({"abolished_on": "去年"}, "撤销日期", "date"),
        ({"status": "没了"}, "状态", "choice"),
    ],
)
def test_stations(more: Mapping[str, str], column: str, code: str) -> None:
    row = {**STATION, "abolition_number": "", "successor": "", **more}
    assert faults(plan_of("stations", row)) == [(2, column, code)]


def test_one_township_has_one_station_of_a_name() -> None:
    assert faults(plan_of("stations", STATION, STATION | {"id": "zs-2"})) == [(3, "站所名称", "station_once")]


def test_repealing_and_withdrawing_are_no_rows_of_a_sheet() -> None:
    assert faults(plan_of("legal_bases", BASIS | {"status": "已废止"})) == [(2, "效力状态", "repeal_apart")]
    gone: dict[str, Any] = {
        "yj-1": {
            "id": "yj-1", "name": "示例法", "number": "", "level": "", "issuers": [], "articles": "", "effective_on": None,
            "status": "repealed", "note": "",
        }
    }  # fmt: skip
    assert (
        only(plan_of("legal_bases", BASIS | {"status": "已废止"}, known={**KNOWN, "legal_bases": gone})).state
        is State.UNCHANGED
    )
    assert faults(plan_of("legal_bases", BASIS | {"name": "改名"}, known={**KNOWN, "legal_bases": gone})) == [
        (2, "依据编号", "gone")
    ]


@pytest.mark.parametrize("number", ["国务院令第752号", "云政办〔2022〕28号", "云政办[2022]28号", ""])
def test_a_legal_basis_has_a_number_an_order_or_none(number: str) -> None:
    assert faults(plan_of("legal_bases", BASIS | {"number": number})) == []


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"number": "国务院令第752号"}, "文号", "document_number"),
        ({"number": ""}, "文号", "required"),
        ({"township_ids": "火田镇人民政府；云霄县卫生健康局"}, "适用乡镇", "a_township"),
        ({"item_ids": "sx-9"}, "涉及事项", "reference"),
        ({"valid_from": "2026-11-24", "valid_to": "2026-11-23"}, "有效期止", "days_order"),
    ],
)
def test_power_documents(more: Mapping[str, str], column: str, code: str) -> None:
    assert faults(plan_of("power_documents", {**DOCUMENT, **more})) == [(2, column, code)]


@pytest.mark.parametrize(
    ("more", "column", "code"),
    [
        ({"name": ""}, "事项名称", "required"),
        ({"department_id": "nowhere"}, "县直对口部门", "reference"),
        ({"catalog_code": "3507"}, "基本编码", "code-length"),
        ({"implementing_code": "11350622MBTEXT013A"}, "实施主体编码", "credit-code"),
        ({"power_document": "云政办2022-28"}, "下放（赋权、委托）文件文号", "number-form"),
        ({"promised_days": "三天"}, "承诺办结时限", "number"),
        ({"promised_days": 30, "statutory_days": 20, "promised_unit": "工作日", "statutory_unit": "工作日"}, "承诺办结时限", "limit-longer"),
        ({"item_type": "旧代码"}, "事项类型", "choice"),
        ({"result_kind": "奖状"}, "结果类型", "choice"),
        ({"form_ids": "biao"}, "申请表、审批表", "reference"),
        ({"citations": "某法｜第一条"}, "设定依据（依据库）", "reference"),
        ({"fee": "收"}, "是否收费", "yes_no"),
        ({"planned_from": "2026-01-02", "planned_until": "2026-01-01"}, "计划取消日期", "dates-order"),
    ],
)  # fmt: skip
def test_items(more: Mapping[str, Any], column: str, code: str) -> None:
    assert faults(plan_of("items", {**ITEM, **more})) == [(2, column, code)]


def test_an_old_code_is_kept_and_told() -> None:
    found = plan_of("items", ITEM | {"catalog_code": "3507000000"})
    assert found.all_faults == []
    assert "旧位数" in found.notes[0]


def test_one_department_has_one_item_of_a_name() -> None:
    assert faults(plan_of("items", ITEM, ITEM | {"id": "sx-2"})) == [(3, "事项名称", "item_once")]


def test_a_cancelled_item_does_not_change_any_more() -> None:
    item = Item(
        "sx-1", 3, "生育登记", "weijianju", "cancelled", "", PowerSource.STATUTORY, "", "record", False, "", "official"
    )
    known = {**KNOWN, "items": {"sx-1": values_of(item)}}
    assert only(plan_of("items", ITEM, known=known)).state is State.UNCHANGED
    assert faults(plan_of("items", ITEM | {"note": "改"}, known=known)) == [(2, "事项编号", "gone")]


def test_an_item_goes_into_a_row_and_comes_back_the_same() -> None:
    item = Item(
        "sx-1", 3, "生育登记", "weijianju", "in_use", "", PowerSource.DEVOLVED, "", "record", True, "某法", "official", ("biao",),
        citations=(Citation("yj", "第一条"),), materials=(Material("身份证", "公安", 0, 1, False), Material("照片")),
        flow=(FlowStep("受理", "经办", 1, "齐全"), FlowStep("办结", "主任")), fee=False, ways=("1", "2"), statutory_days=0,
    )  # fmt: skip
    assert item_from(values_of(item), over=item) == item


def test_every_element_of_an_item_is_a_column() -> None:
    assert [column.key for column in BY_ID["items"].columns] == ["id", *(element.name for element in ELEMENTS)]


def test_an_item_s_rows_in_cells_are_shown_and_read_back() -> None:
    kind, world = (
        BY_ID["items"],
        World({**KNOWN, "legal_bases": {"yj": {"id": "yj", "name": "示例法", "status": "in_force"}}}),
    )
    row = {
        "citations": [["yj", "第一条"]],
        "materials": [["身份证", "公安", 0, 1, True]],
        "flow": [["受理", "经办", None, ""]],
    }
    shown = {key: text_of(kind.column(key), value, world) for key, value in row.items()}
    assert shown == {"citations": "示例法｜第一条", "materials": "身份证｜公安｜0｜1｜是", "flow": "受理｜经办"}
    line = only(plan_of("items", ITEM | shown, known=dict(world.known)))
    assert {key: line.values[key] for key in row} == row


def test_a_column_that_may_be_blank_says_what_blank_means() -> None:
    assert Column("x", Type.YES_NO).blank is None
    assert Column("x", Type.CHOICE, default="held").blank == "held"
    assert Column("x", Type.LIST).blank == []
    assert plan({"人员": [["人员编号", "姓名", "所在单位"]]}).lines == ()
