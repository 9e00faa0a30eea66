"""A copy of what was uploaded with every faulty cell coloured and commented, and a list of the faults before it. Put right, it can be imported."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from service.domain.sheets.cells import Book, Cell, CellKind, Sheet, letters
from service.domain.sheets.columns import Fault
from service.domain.sheets.values import unescaped
from service.domain.texts import say
from service.sheets import drawing

LIST_WIDTHS = (6, 14, 8, 8, 18, 60, 40)


def marked_copy(book: Book, faults: Sequence[Fault]) -> bytes:
    """Built anew of the cells that were read: nothing else of the uploaded file comes along."""
    made = drawing.new_book()
    listed = drawing.add_sheet(made, say("sheet_kind.faults"))
    titles: dict[str, str] = {}
    for sheet in book.sheets:
        if sheet.rows and not sheet.hidden and sheet.title != say("sheet_kind.faults"):
            copy = drawing.add_sheet(made, sheet.title)
            titles[sheet.title] = copy.title
            _copy(copy, sheet)
            _mark(copy, [fault for fault in faults if fault.sheet == sheet.title])
    _list(listed, faults, titles)
    return drawing.saved(made)


def _copy(made: Worksheet, sheet: Sheet) -> None:
    for row, cells in sheet.rows.items():
        for column, cell in cells.items():
            _put(made, row, column, cell)
            width = made.column_dimensions[letters(column)].width
            made.column_dimensions[letters(column)].width = min(max(width, 2 * len(cell.text) + 2), 50)


def _put(made: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell.kind is CellKind.DATE and len(cell.text) == 10:
        drawing.put_day(made, row, column, cell.text)
        return
    words = {("b", "1"): say("word.yes"), ("b", "0"): say("word.no")}
    text = words.get((cell.kind.value, cell.text), cell.text)
    # An apostrophe of an export is put there again.
    drawing.put_text(made, row, column, unescaped(text)).number_format = drawing.AS_TEXT


def _mark(made: Worksheet, faults: Sequence[Fault]) -> None:
    for fault in faults:
        cell = made.cell(fault.row, max(fault.column, 1))
        cell.fill = drawing.FAULTY
        cell.comment = drawing.comment(say("sheet.mark", heading=fault.heading, wanted=fault.wanted))


def _list(made: Worksheet, faults: Sequence[Fault], titles: Mapping[str, str]) -> None:
    headings = say("sheet.fault_headings").split("|")
    drawing.put_heading(made, 1, headings, LIST_WIDTHS)
    for number, fault in enumerate(faults, 1):
        column = letters(fault.column)
        told = (str(number), fault.sheet, str(fault.row), column, fault.heading, fault.wanted, fault.found)
        for place, text in enumerate(told, 1):
            drawing.put_text(made, number + 1, place, text).alignment = drawing.WRAPPED
        drawing.make_high_enough(made, number + 1, told, LIST_WIDTHS)
        if fault.sheet in titles:
            title = titles[fault.sheet].replace("'", "''")
            drawing.link(made, number + 1, 1, f"'{title}'!{column or 'A'}{fault.row}")
