"""The copy with marked faults: what was uploaded, every faulty cell coloured and commented, a list before it; put right, it can be imported."""

import io

import openpyxl

from service.domain.sheets.cells import book_from
from service.domain.sheets.kinds import KINDS
from service.domain.sheets.plan import Plan, State
from service.domain.sheets.planning import make_plan
from service.sheets.marking import marked_copy
from service.sheets.workbook import sheets_in
from tests.domain.filled import KNOWN, everybody
from tests.sheets.made import Rows, saved, workbook, xlsx

ROWS: Rows = [
    ["云霄县人员一览表"],
    ["人员编号", "姓名", "所在单位", "备注"],
    ["zhangsan", "张三（虚构）", "huotian-center", "=1+1"],
    ["李四", "", "火田", 12],
    ["wangwu", "王五（虚构）", "huotian", "'=x"],
]


def plan(content: bytes) -> Plan:
    return make_plan(book_from(sheets_in(content)), KINDS, KNOWN, everybody)


def marked(content: bytes) -> bytes:
    return marked_copy(book_from(sheets_in(content)), plan(content).all_faults)


def test_every_faulty_cell_is_coloured_and_says_what_was_wanted_and_no_other() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(xlsx({"人员": ROWS}))))
    comments = {cell.coordinate: cell.comment.text for row in book["人员"].iter_rows() for cell in row if cell.comment}
    assert comments == {
        "A4": "人员编号：应为2至40个小写字母、数字、点、横线、下划线，以字母或数字开头；它也是登录名",
        "B4": "姓名：必须填写",
        "C4": "所在单位：应为系统中或本文件“机构”表中已有的编号或名称",
    }  # fmt: skip
    coloured = {c.coordinate for row in book["人员"].iter_rows() for c in row if c.fill.fgColor.rgb == "00F8CBAD"}
    assert coloured == set(comments)


def test_the_list_names_row_column_what_was_wanted_and_what_was_found() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(xlsx({"人员": ROWS}))))
    assert book.sheetnames[0] == "错误清单"
    rows = list(book["错误清单"].iter_rows(values_only=True))
    assert rows[0] == ("序号", "工作表", "行", "列", "标题", "要求", "现在的内容")
    assert rows[2] == ("2", "人员", "4", "B", "姓名", "必须填写", "空白")
    link = book["错误清单"]["A2"].hyperlink
    assert link
    assert link.location == "'人员'!A4"


def test_everything_else_stands_where_it_stood_and_no_formula_is_left() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(xlsx({"人员": ROWS}))))
    assert [list(row) for row in book["人员"].iter_rows(values_only=True)] == [
        ["云霄县人员一览表", None, None, None], ["人员编号", "姓名", "所在单位", "备注"],
        ["zhangsan", "张三（虚构）", "huotian-center", "'="], ["李四", None, "火田", "12"],
        ["wangwu", "王五（虚构）", "huotian", "'=x"],
    ]  # fmt: skip
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_put_right_it_can_be_imported() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(xlsx({"人员": ROWS}))))
    for place, text in (("A4", "lisi"), ("B4", "李四（虚构）"), ("C4", "火田镇人民政府")):
        book["人员"][place].value = text
    found = plan(saved(book))
    assert [line.state for line in found.lines] == [State.NEW] * 3
    assert [note for note in found.notes if "错误清单" in note] == []


def test_a_fault_of_the_headings_is_marked_there_and_hidden_sheets_stay_away() -> None:
    book = workbook({"人员": [["人员编号", "姓名"], ["a1", "甲（虚构）"]], "秘密": [["x"]]})
    book["秘密"].sheet_state = "hidden"
    copy = openpyxl.load_workbook(io.BytesIO(marked(saved(book))))
    assert copy.sheetnames == ["错误清单", "人员"]
    assert copy["人员"]["A1"].comment
    assert copy["错误清单"]["F2"].value == "标题行中须有“所在单位”一列"


def test_titles_that_a_spreadsheet_would_not_take_are_made_fit() -> None:
    rows = [{"title": title, "hidden": False, "rows": [[1, [[1, "t", "人员编号"]]]], "hidden_rows": [], "hidden_columns": [],
             "merges": []} for title in ("[a]:*?", "", "=1", "长" * 90, "长" * 95, "'x'")]  # fmt: skip
    copy = openpyxl.load_workbook(io.BytesIO(marked_copy(book_from(rows), [])))
    assert len(set(copy.sheetnames)) == len(rows) + 1
