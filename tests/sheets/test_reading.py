"""What a workbook holds is read as it stands: codes stay codes, dates are dates, and what people cannot see is told."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.sheets.reading import read_book
from service.sheets.workbook import sheets_in
from tests.sheets.made import MAIN_SPACE, saved, small, workbook, xlsx

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def cells(content: bytes) -> dict[str, tuple[str, str]]:
    """Of the first worksheet: ``B2`` -> (kind, text)."""
    (sheet, *_) = sheets_in(content)
    return {f"{chr(64 + column)}{row}": (kind, text) for row, found in sheet["rows"] for column, kind, text in found}


def test_the_child_process_reads_the_same() -> None:
    content = xlsx({"机构": [["机构编号", "代码"], ["huotian", 350622105]], "人员": [["姓名"], ["方一鸣（虚构）"]]})
    book = read_book(content)
    assert [(sheet.title, len(sheet.rows)) for sheet in book.sheets] == [("机构", 2), ("人员", 2)]
    assert {row: {c: (cell.kind, cell.text) for c, cell in found.items()} for row, found in book.sheets[0].rows.items()} == {
        1: {1: ("t", "机构编号"), 2: ("t", "代码")}, 2: {1: ("t", "huotian"), 2: ("n", "350622105")},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (350622100, "n", "350622100"),
        (350622100.0, "n", "350622100"),
        (1.5, "n", "1.5"),
        (-3, "n", "-3"),
        (1e15, "n", "1000000000000000"),
        (True, "b", "1"),
        (date(2026, 11, 24), "d", "2026-11-24"),
        (datetime(2026, 11, 24, 8, 30), "d", "2026-11-24 08:30:00"),
        (date(1900, 1, 1), "d", "1900-01-01"),
        ("０１２", "t", "０１２"),
        (" 前后有空格 ", "t", " 前后有空格 "),
        ("一行\n又一行", "t", "一行\n又一行"),
        ("=1+1", "f", "="),
    ],
)
def test_a_cell_is_what_was_typed(value: Any, kind: str, text: str) -> None:
    assert cells(xlsx({"表": [[value]]}))["A1"] == (kind, text)


def test_a_code_shown_with_leading_noughts_keeps_them() -> None:
    book = workbook({"表": [[101, 350622]]})
    book["表"]["A1"].number_format = "000000"
    assert cells(saved(book)) == {"A1": ("n", "000101"), "B1": ("n", "350622")}


@pytest.mark.parametrize(
    ("code", "date_"),
    [
        ("yyyy-mm-dd", True), ('yyyy"年"m"月"d"日"', True), ("[$-804]yyyy/m/d;@", True), ("[h]:mm", True), ("m-d", True),
        ("General", False), ("G/通用格式", False), ("0.00_);[Red]\\(0.00\\)", False), ('"d"0', False), ("#,##0", False), ("@", False),
    ],
)  # fmt: skip
def test_a_number_is_a_date_when_its_format_says_so(code: str, date_: bool) -> None:
    book = workbook({"表": [[46000]]})
    book["表"]["A1"].number_format = code
    assert cells(saved(book))["A1"] == (("d", "2025-12-09") if date_ else ("n", "46000"))


@pytest.mark.parametrize("id", [14, 22, 31, 57])
def test_the_numbered_formats_of_dates_are_known_without_a_code(id: int) -> None:
    styles = f'<cellXfs><xf numFmtId="0"/><xf numFmtId="{id}"/></cellXfs>'
    assert cells(small('<row r="1"><c r="A1" s="1"><v>46000</v></c></row>', styles=styles))["A1"] == ("d", "2025-12-09")


def test_days_may_count_from_1904() -> None:
    book = workbook({"表": [[date(2026, 11, 24)]]})
    book.epoch = datetime(1904, 1, 1)
    assert cells(saved(book))["A1"] == ("d", "2026-11-24")


@pytest.mark.parametrize("space", [MAIN_SPACE, STRICT])
def test_texts_stand_in_the_cell_or_apart_whole_or_in_runs_without_reading_aids(space: str) -> None:
    strings = "<si><t>一</t></si><si><r><t>二</t></r><r><t>三</t></r><rPh><t>にさん</t></rPh></si>"
    rows = (
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>四</t></is></c>'
        '<c r="E2" t="str"><v>五</v></c><c r="F2" t="e"><v>#N/A</v></c><c r="G2" t="d"><v>2026-11-24T00:00:00</v></c></row>'
        "<row><c><v>1</v></c></row>"
    )
    assert cells(small(rows, strings=strings, space=space)) == {
        "A2": ("t", "一"), "B2": ("t", "二三"), "D2": ("t", "四"), "E2": ("t", "五"), "F2": ("e", "#N/A"),
        "G2": ("d", "2026-11-24"), "A3": ("n", "1"),
    }  # fmt: skip


def test_characters_that_xml_cannot_hold_are_read_in_the_format_s_own_way() -> None:
    strings = "<si><t>a_x000D__x0041__x005F_x0042_</t></si>"
    assert cells(small('<row r="1"><c t="s"><v>0</v></c></row>', strings=strings))["A1"] == ("t", "a\rA_x0042_")


@pytest.mark.parametrize("formula", ["<f>SUM(B1:B9)</f><v>7</v>", '<f t="shared" si="0"/><v>7</v>', "<v>7</v><f/>"])
def test_a_formula_is_one_whatever_it_last_gave(formula: str) -> None:
    assert cells(small(f'<row r="1"><c r="A1">{formula}</c></row>'))["A1"][0] == "f"


def test_what_people_cannot_see_is_told() -> None:
    book = workbook({"表": [["a", "b"], ["c", "d"]], "藏": [["x"]]})
    sheet = book["表"]
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A4:B6")
    book["藏"].sheet_state = "veryHidden"
    shown, hidden = sheets_in(saved(book))
    assert (shown["hidden_rows"], shown["hidden_columns"], shown["merges"]) == ([2], [[2, 2]], [[4, 1, 6, 2]])
    assert (shown["hidden"], hidden["hidden"]) == (False, True)


def test_blank_rows_and_cells_cost_nothing_and_far_apart_ones_neither() -> None:
    rows = '<row r="1"><c r="A1" s="1"/></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (sheet,) = sheets_in(small(rows))
    assert sheet["rows"] == [[1048576, [[16384, "n", "1"]]]]


values = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), max_size=20),
    st.integers(-(10**14), 10**14),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.booleans(),
    st.none(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(values, max_size=6), max_size=6))
def test_it_reads_what_a_spreadsheet_s_library_wrote(rows: list[list[Any]]) -> None:
    """Against that library's own writing of everything but formulas and its own escapes."""
    book = workbook({"表": []})
    expected = {}
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = book["表"].cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
            if value not in (None, ""):
                expected[f"{chr(64 + column)}{number}"] = _typed(value)
    assert {k: v for k, v in cells(saved(book)).items() if "_x" not in v[1]} == {
        k: v for k, v in expected.items() if "_x" not in v[1]
    }


def _typed(value: Any) -> tuple[str, str]:
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, date):
        return "d", value.isoformat()
    return ("n" if isinstance(value, int) else "t"), str(value)
