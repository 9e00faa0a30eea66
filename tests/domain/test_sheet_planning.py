"""A plan: every row new, changed, unchanged or faulty, every fault at once, and one digest over all of it."""

from typing import Any

import pytest

from service.domain.permission import Verdict
from service.domain.sheets.cells import Book, Cell, CellKind
from service.domain.sheets.kinds import KINDS
from service.domain.sheets.plan import State, line_as_plain, line_from
from service.domain.sheets.planning import make_plan
from tests.domain.filled import (
    CENTER,
    COUNTY,
    HUOTIAN,
    KNOWN,
    PLACES,
    book,
    faults,
    only,
    plan,
    plan_of,
    rows_of,
    sheet,
)

STATION = {"id": "zs-1", "township_id": "huotian", "name": "农技站", "aliases": "农业站；种子站", "status": "待查"}
STORED = {
    "id": "zs-1", "township_id": "huotian", "name": "农技站", "aliases": ["农业站", "种子站"], "status": "unclear",
    "abolition_number": "", "abolished_on": None, "successor": "", "note": "旧的备注",
}  # fmt: skip
WITH_STATION = {**KNOWN, "stations": {"zs-1": STORED}}


def test_a_row_that_is_not_there_yet_is_new_with_its_blanks_filled() -> None:
    line = only(plan_of("stations", STATION))
    assert line.state is State.NEW
    assert line.values == STORED | {"note": ""}
    assert line.changes["name"] == (None, "农技站")


def test_a_row_that_says_what_is_there_is_unchanged() -> None:
    assert only(plan_of("stations", STATION, known=WITH_STATION)).state is State.UNCHANGED


def test_a_column_that_is_not_there_changes_nothing_and_a_blank_cell_empties() -> None:
    kept = only(plan_of("stations", STATION, known=WITH_STATION))
    assert kept.values["note"] == "旧的备注"
    emptied = only(plan_of("stations", STATION | {"note": ""}, known=WITH_STATION))
    assert (emptied.state, emptied.changes) == (State.CHANGED, {"note": ("旧的备注", "")})


def test_a_change_is_told_field_by_field() -> None:
    row = STATION | {"status": "已撤销", "abolition_number": "云政办[2022] 28号", "aliases": "农业站"}
    line = only(plan_of("stations", row, known=WITH_STATION))
    assert line.changes == {
        "aliases": (["农业站", "种子站"], ["农业站"]), "status": ("unclear", "abolished"),
        "abolition_number": ("", "云政办〔2022〕28号"),
    }  # fmt: skip


def test_every_fault_of_every_row_is_told_at_once_with_its_place() -> None:
    found = plan_of(
        "people",
        {"id": "张三", "name": "", "organisation_id": "nowhere"},
        {"id": "lisi", "name": "李四（虚构）", "organisation_id": "huotian"},
        {"id": "lisi", "name": "又一个（虚构）", "organisation_id": "=A1"},
    )
    assert [(f.sheet, f.row, f.column, f.code, f.found) for f in found.all_faults] == [
        ("人员", 2, 1, "login", "张三"), ("人员", 2, 2, "required", "空白"), ("人员", 2, 3, "reference", "nowhere"),
        ("人员", 4, 3, "no_formula", "公式"), ("人员", 4, 1, "once", "lisi"),
    ]  # fmt: skip
    assert [line.state for line in found.lines] == [State.FAULTY, State.NEW, State.FAULTY]


def test_rows_of_one_workbook_may_refer_to_each_other_whatever_the_order_of_its_sheets() -> None:
    found = plan(
        {
            "岗位任职": rows_of(
                "posts",
                {"person_id": "张三（虚构）", "post": "便民服务中心经办", "organisation_id": "和平乡便民服务中心"},
            ),
            "人员": rows_of(
                "people", {"id": "zhangsan", "name": "张三（虚构）", "organisation_id": "和平乡便民服务中心"}
            ),
            "机构": rows_of(
                "organisations",
                {
                    "id": "heping-center",
                    "name": "和平乡便民服务中心",
                    "short_name": "和平中心",
                    "kind": "便民服务中心",
                    "parent_id": "和平乡人民政府",
                },
                {
                    "id": "heping",
                    "name": "和平乡人民政府",
                    "short_name": "和平乡",
                    "kind": "乡镇",
                    "parent_id": "云霄县人民政府",
                },
            ),
        }
    )
    assert found.all_faults == []
    assert [(line.kind, line.key) for line in found.lines] == [
        ("organisations", "heping-center"), ("organisations", "heping"), ("people", "zhangsan"),
        ("posts", "zhangsan/center_clerk/heping-center"),
    ]  # fmt: skip


def test_a_faulty_row_can_be_referred_to_and_only_it_is_faulty() -> None:
    found = plan(
        {
            "机构": rows_of(
                "organisations",
                {"id": "heping", "name": "和平乡人民政府", "short_name": "", "kind": "乡镇", "parent_id": "yunxiao"},
            ),
            "人员": rows_of("people", {"id": "zhangsan", "name": "张三（虚构）", "organisation_id": "heping"}),
        }
    )
    assert faults(found) == [(2, "简称", "required")]


def test_examples_and_blank_rows_are_passed_over() -> None:
    found = plan_of(
        "people", {"id": "示例-zhangsan", "name": "张三（虚构）", "organisation_id": "示例镇"}, {"name": "  "}, {"id": " 示例二"},
        {"id": "lisi", "name": "李四（虚构）", "organisation_id": "huotian"},
    )  # fmt: skip
    assert only(found).key == "lisi"
    assert found.notes == ("工作表“人员”：2行示例没有导入。",)


def test_cells_merged_over_rows_must_be_filled_in_one_by_one() -> None:
    rows = rows_of(
        "people", {"id": "a1", "name": "甲（虚构）", "organisation_id": "huotian"}, {"id": "a2", "name": "乙（虚构）"}
    )
    merged = sheet("人员", rows, merges=((2, 3, 3, 3),))
    assert faults(plan(Book((merged,)))) == [(2, "所在单位", "no_merge"), (3, "所在单位", "no_merge")]


def test_what_no_two_rows_may_share_is_looked_for_in_the_workbook_and_in_the_database() -> None:
    other = {"short_name": "x", "kind": "乡镇", "parent_id": "yunxiao"}
    found = plan_of(
        "organisations", {"id": "a", "name": "甲镇人民政府", "code": 350622199, **other}, {"id": "b", "name": "乙镇人民政府", "code": "350622199", **other},
        {"id": "huotian2", "name": "火田镇人民政府", "code": "", **other},
    )  # fmt: skip
    assert faults(found) == [(3, "代码", "once"), (4, "机构名称", "unique")], "the one further down is wrong"


def test_a_name_may_pass_from_one_row_to_another_in_one_workbook() -> None:
    swapped = ({**HUOTIAN, "name": "甲镇人民政府"}, {"id": "heping", **{k: HUOTIAN[k] for k in ("name", "short_name")}, "kind": "乡镇", "parent_id": "yunxiao"})  # fmt: skip
    assert plan_of("organisations", *swapped).all_faults == []


def test_what_is_registered_for_good_does_not_change() -> None:
    assert faults(plan_of("organisations", {**HUOTIAN, "kind": "开发区"})) == [(2, "机构类型", "fixed")]


def test_what_the_database_holds_is_never_a_fault_even_if_todays_rules_would_not_make_it() -> None:
    old = {"Old Id": COUNTY | {"id": "Old Id", "short_name": "", "code": "12", "name": "=旧\x01名"}}
    line = only(plan_of("organisations", {"id": "Old Id", "name": "'=旧\x01名", "short_name": "云霄县", "kind": "县人民政府", "code": 12},
                        known={"organisations": old}))  # fmt: skip
    assert (line.state, line.faults) == (State.CHANGED, ())
    assert line.changes == {"short_name": ("", "云霄县")}


def test_a_found_text_is_shown_short_and_printable() -> None:
    (fault,) = plan_of("people", {"id": "好" * 500 + "\x00", "name": "a", "organisation_id": "huotian"}).all_faults
    assert len(fault.found) == 100


def test_the_digest_holds_the_workbook_and_what_it_was_compared_with() -> None:
    digest = plan_of("stations", STATION, known=WITH_STATION).digest
    assert plan_of("stations", STATION, known=WITH_STATION).digest == digest
    assert plan_of("stations", STATION | {"aliases": "农业站"}, known=WITH_STATION).digest != digest
    moved = {**KNOWN, "stations": {"zs-1": STORED | {"name": "农业站"}}}
    assert plan_of("stations", STATION, known=moved).digest != digest
    beside = {**KNOWN, "stations": {"zs-1": STORED, "zs-2": STORED | {"id": "zs-2", "name": "经管站"}}}
    assert plan_of("stations", STATION, known=beside).digest == digest, "rows that it does not touch do not matter"


def test_a_row_that_is_somebody_else_s_is_refused_before_and_after() -> None:
    def judge(_kind: Any, values: Any, _world: Any) -> Verdict:
        return Verdict(values.get("township_id") == "huotian", "not-yours", "不是您的。")

    given = book({"站所": rows_of("stations", STATION, STATION | {"id": "zs-2", "township_id": "yunxiao"})})
    stored = {**KNOWN, "stations": {"zs-1": STORED | {"township_id": "heping"}}}
    found = make_plan(given, KINDS, stored, judge)
    assert [(f.row, f.code, f.wanted) for f in found.all_faults if f.column == 1] == [
        (2, "not_yours", "不是您的"), (3, "not_yours", "不是您的"),
    ]  # fmt: skip


def test_a_row_that_changes_nothing_needs_nobody_s_leave() -> None:
    refuse = lambda _kind, _values, _world: Verdict(False, "no", "不行。")  # noqa: E731
    given = book({"站所": rows_of("stations", STATION)})
    assert make_plan(given, KINDS, WITH_STATION, refuse).all_faults == []


def test_a_line_is_kept_as_json_and_comes_back_the_same() -> None:
    found = plan_of("stations", STATION, {"id": "ZS", "name": "x"}, known=WITH_STATION)
    for line in found.lines:
        assert line_from(line_as_plain(line)) == line


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A0", "+1", "-1", "@SUM(1)", "'x", "\t=1"])
def test_names_that_look_like_formulas_are_texts_as_texts(text: str) -> None:
    shown = Cell(CellKind.TEXT, f"'{text}")
    line = only(plan_of("people", {"id": "a1", "name": shown, "organisation_id": "huotian"}))
    assert line.values["name"] == text.strip()


def test_places_of_the_small_county_are_in_order() -> None:
    found = plan_of("organisations", *({**row, "kind": {"county": "县人民政府", "township": "乡镇", "center": "便民服务中心", "department": "县直部门"}[str(row["kind"])]} for row in PLACES.values()))  # fmt: skip
    assert {line.state for line in found.lines} == {State.UNCHANGED}, found.all_faults
    assert CENTER["id"] in PLACES
