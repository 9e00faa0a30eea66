"""How our workbooks look, and how texts get into cells: always as texts, never as formulas."""

import io
import re
from collections.abc import Sequence
from datetime import date
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from service.domain.sheets.cells import letters
from service.domain.sheets.values import escaped
from service.domain.texts import say

LONGEST = 32_767  # characters of one cell, by the format
TITLE_LENGTH = 28  # of 31, so that a number fits behind
A4 = 9
LINE = 15.0
HEADING = PatternFill("solid", fgColor="DCE6F1")
FAULTY = PatternFill("solid", fgColor="F8CBAD")
EXAMPLE = Font(italic=True, color="808080")
BOLD, PLAIN = Font(bold=True), Font()
WRAPPED = Alignment(wrap_text=True, vertical="top")
DAY = "yyyy-mm-dd"
AS_TEXT = "@"
_FIRST_DAY = date(1900, 3, 1)  # before it the two ways of counting days differ
# What XML cannot hold or would change; programs that read the file put it back.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def new_book() -> Workbook:
    """Without the sheet a new workbook comes with."""
    book = Workbook()
    book.remove(cast(Worksheet, book.active))
    book.properties.creator = say("sheet.author")
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """Under the title, made fit and unlike the others."""
    sheet = cast(Worksheet, book.create_sheet(_BAD_TITLE.sub(" ", title)[:TITLE_LENGTH].strip("' ") or "-"))
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as it takes, each as wide as the paper
    return sheet


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """The text as it is: of the type text, with an apostrophe before = + - @, and unfit characters written the format's own way."""
    cell = cast(Cell, sheet.cell(row, column))
    if text:
        cell.value = _fit(escaped(text))[:LONGEST]
        cell.data_type = "s"
    return cell


def put_day(sheet: Worksheet, row: int, column: int, iso: str) -> Cell:
    day = date.fromisoformat(iso)
    if day < _FIRST_DAY:
        return put_text(sheet, row, column, iso)
    cell = sheet.cell(row, column, day)
    cell.number_format = DAY
    return cell


def put_heading(sheet: Worksheet, row: int, headings: Sequence[str], widths: Sequence[int]) -> None:
    """A row of headings that stays in sight."""
    for number, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        cell = put_text(sheet, row, number, heading)
        cell.font, cell.fill, cell.alignment = BOLD, HEADING, Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[letters(number)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def make_high_enough(sheet: Worksheet, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """For wrapped texts: a Chinese character is two units of width wide."""
    lines = max(2 * len(text) // width + 1 for text, width in zip(texts, widths, strict=True))
    sheet.row_dimensions[row].height = LINE * lines


def link(sheet: Worksheet, row: int, column: int, place: str) -> None:
    """To a place of the same workbook."""
    cell = sheet.cell(row, column)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)


def comment(text: str) -> Comment:
    """As large as the text needs, as far as one can tell."""
    found = Comment(_UNFIT.sub("", text), say("sheet.author"))
    found.width, found.height = 320, 40 + 20 * (len(text) // 20 + 1)
    return found


def _fit(text: str) -> str:
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
