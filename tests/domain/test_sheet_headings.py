"""Which worksheet is which, and which column: by names and headings as people write them, with what is not read told."""

import pytest

from service.domain.sheets.cells import Book, letters
from service.domain.sheets.headings import recognise
from service.domain.sheets.kinds import BY_ID, KINDS
from tests.domain.filled import Table, book, faults, only, plan, sheet

HEADINGS = ["人员编号", "姓名", "所在单位"]
ROW = ["zhangsan", "张三（虚构）", "huotian-center"]


def test_a_title_and_words_may_stand_above_the_headings() -> None:
    rows = [["云霄县人员一览表"], [], ["填报单位：示例"], HEADINGS, ROW]
    assert only(plan({"人员": rows})).row == 5


def test_the_order_of_columns_and_columns_between_do_not_matter() -> None:
    rows: Table = [
        ["序号", "所在单位", "联系电话", "姓名", "人员编号"],
        [1, "huotian-center", "示例", "张三（虚构）", "zhangsan"],
    ]
    found = plan({"人员": rows})
    assert only(found).values == {"id": "zhangsan", "name": "张三（虚构）", "organisation_id": "huotian-center"}
    assert found.notes == ("工作表“人员”有2列不在模板中，没有读取：A列“序号”、C列“联系电话”。",)


@pytest.mark.parametrize(
    "heading",
    ["人员编号 *", "人员编号＊", "人员编号（必填）", "人员编号(即登录名)", " 人员 编号 ", "人员编号：", "人员\n编号"],
)
def test_marks_and_explanations_beside_a_heading_are_overlooked(heading: str) -> None:
    assert only(plan({"人员": [[heading, *HEADINGS[1:]], ROW]})).key == "zhangsan"


def test_a_heading_with_brackets_of_its_own_is_not_taken_for_another() -> None:
    rows = [
        ["事项编号", "事项名称", "县直对口部门", "设定依据", "设定依据（依据库）"],
        ["a", "生育登记", "weijianju", "某法", "yj"],
    ]
    table = recognise(sheet("事项", rows), KINDS)
    assert table
    assert [column.key for column in table.columns.values()] == [
        "id",
        "name",
        "department_id",
        "legal_basis",
        "citations",
    ]


def test_a_sheet_of_any_name_is_known_by_its_headings() -> None:
    assert only(plan({"Sheet1": [HEADINGS, ROW]})).kind == "people"


def test_a_sheet_with_our_name_must_have_our_headings() -> None:
    assert faults(plan({"人员": [["人员编号", "名字"], ["zhangsan", "张三（虚构）"]]})) == [
        (1, "姓名", "heading"), (1, "所在单位", "heading"),
    ]  # fmt: skip


def test_a_sheet_of_something_else_is_told_and_not_read() -> None:
    found = plan({"人员": [HEADINGS, ROW], "食堂菜单": [["周一", "鱼"]], "填表说明": [["请逐行填写"]]})
    assert len(found.lines) == 1
    assert found.notes == ("工作表“食堂菜单”不是要导入的表，没有读取。",)


def test_a_heading_written_twice_counts_once_and_the_second_is_told() -> None:
    found = plan({"人员": [[*HEADINGS, "姓名"], [*ROW, "另一个"]]})
    assert only(found).values["name"] == "张三（虚构）"
    assert found.notes == ("工作表“人员”有1列不在模板中，没有读取：D列“姓名”。",)


def test_merged_headings_are_tolerated_and_a_blank_row_below_them_too() -> None:
    merged = sheet(
        "人员", [["人员情况"], HEADINGS, [], ROW], merges=((1, 1, 1, 3), (2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 3, 3))
    )
    assert only(plan(Book((merged,)))).row == 4


def test_what_is_hidden_is_read_and_told() -> None:
    hidden = sheet(
        "人员", [HEADINGS, ROW, [], ["lisi", "李四（虚构）", "huotian"]], hidden=True, hidden_rows=frozenset({3, 4}),
        hidden_columns=((2, 3), (9, 20)),
    )  # fmt: skip
    found = plan(Book((hidden,)))
    assert len(found.lines) == 2
    assert found.notes == (
        "工作表“人员”是隐藏的，已照样读取，请核对。",
        "工作表“人员”的B、C列是隐藏的，已照样读取，请核对。",
        "工作表“人员”有1个隐藏行（第4行），已照样读取，请核对。",
    )


def test_no_two_kinds_can_be_taken_for_each_other() -> None:
    for kind in KINDS:
        headings = [kind.heading(column) for column in kind.columns]
        found = recognise(sheet("未命名", [headings]), KINDS)
        assert found
        assert found.kind is kind
        assert len(found.columns) == len(kind.columns), "every heading is known, and for one column only"
        required = [kind.heading(column) for column in kind.columns if column.required]
        least = recognise(sheet("未命名", [required]), KINDS)
        assert least
        assert least.kind is kind
    assert len({kind.title for kind in KINDS}) == len(BY_ID)


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (16384, "XFD"), (0, "")])
def test_columns_have_letters(number: int, name: str) -> None:
    assert letters(number) == name


def test_headings_far_below_are_not_looked_for() -> None:
    assert recognise(sheet("Sheet1", [*[["一行字"]] * 30, HEADINGS, ROW]), KINDS) is None
    assert book({"Sheet1": [HEADINGS]}).sheets


def test_a_great_many_columns_that_are_not_read_are_told_shortly() -> None:
    found = plan({"人员": [[*HEADINGS, *(f"多余{n}" for n in range(500))], ROW]})
    assert len(found.notes) == 1
    assert found.notes[0].startswith("工作表“人员”有500列不在模板中，没有读取：D列“多余0”")
    assert len(found.notes[0]) < 200
