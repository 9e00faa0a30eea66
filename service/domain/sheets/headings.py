"""Which worksheet is which kind, and which of its columns is which: by the name of the sheet and by its headings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from service.domain.sheets.cells import BLANK, Cell, Sheet, letters
from service.domain.sheets.columns import Column, Fault, SheetKind
from service.domain.sheets.values import folded
from service.domain.texts import say

FARTHEST_HEADING = 30  # a title and some words may stand above the headings
_MARKS = re.compile("[*＊:：]")
_BESIDE = re.compile(r"[(（].*", re.DOTALL)


@dataclass
class Table:
    """A worksheet that was recognised. ``columns``: number of a column -> what it is. ``heading_row``: where the headings stand."""

    kind: SheetKind
    sheet: Sheet
    heading_row: int
    columns: Mapping[int, Column]
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def recognise(sheet: Sheet, kinds: Iterable[SheetKind]) -> Table | None:
    """The kind whose headings the sheet has; the one its name says, if it says one."""
    named = [kind for kind in kinds if folded(kind.title) == folded(sheet.title)]
    tables = [_table(sheet, kind) for kind in named or kinds]
    fitting = [table for table in tables if named or _has_all(table)]
    if not fitting:
        return None
    found = max(fitting, key=lambda table: len(table.columns))
    found.faults.extend(_missing(found))
    found.notes.extend(_told(found))
    return found


def _table(sheet: Sheet, kind: SheetKind) -> Table:
    """With the row that has most of the headings."""
    wanted = {_unmarked(kind.heading(column)): column for column in kind.columns}
    rows = [row for row in sorted(sheet.rows) if row <= FARTHEST_HEADING] or [1]
    found = {row: _columns(sheet.rows.get(row, {}), wanted) for row in rows}
    best = max(rows, key=lambda row: (len(found[row]), -row))
    return Table(kind, sheet, best, found[best])


def _unmarked(heading: str) -> str:
    return folded(_MARKS.sub("", heading))


def _meant(heading: str, wanted: Mapping[str, Column]) -> Column | None:
    """``机构编号 *`` and ``机构编号（必填）`` are 机构编号; a heading of ours may have brackets of its own."""
    return wanted.get(_unmarked(heading)) or wanted.get(_unmarked(_BESIDE.sub("", heading)))


def _columns(cells: Mapping[int, Cell], wanted: Mapping[str, Column]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for number, cell in sorted(cells.items()):
        column = _meant(cell.text, wanted)
        if column and column not in found.values():
            found[number] = column
    return found


def _has_all(table: Table) -> bool:
    return not any(True for _ in _missing(table))


def _missing(table: Table) -> Iterable[Fault]:
    """A column that must be filled in is not there."""
    here = set(table.columns.values())
    for column in table.kind.columns:
        if column.required and column not in here:
            heading = table.kind.heading(column)
            wanted = say("wanted.heading", heading=heading)
            yield Fault(table.sheet.title, table.heading_row, 0, heading, "heading", wanted, say("list.none"))


def _told(table: Table) -> Iterable[str]:
    """What a person would not expect: columns that are not read, hidden ones that are."""
    sheet, title = table.sheet, table.sheet.title
    if sheet.hidden:
        yield say("note.hidden_sheet", sheet=title)
    headings = sorted(sheet.rows.get(table.heading_row, {}).items())
    unknown = [(number, cell.text[:40]) for number, cell in headings if number not in table.columns]
    if unknown:
        columns = [say("note.unknown_column", column=letters(number), heading=text) for number, text in unknown]
        yield say("note.unknown_columns", sheet=title, count=len(unknown), columns=some(columns))
    for first, last in sheet.hidden_columns:
        inside = [letters(number) for number in sorted(table.columns) if first <= number <= last]
        if inside:
            yield say("note.hidden_columns", sheet=title, columns=say("list.comma").join(inside))
    hidden = [row for row in sorted(sheet.hidden_rows) if row > table.heading_row and not blank_row(table, row)]
    if hidden:
        yield say("note.hidden_rows", sheet=title, count=len(hidden), rows=some(hidden))


def blank_row(table: Table, row: int) -> bool:
    """Whether no column that we know has anything in it there."""
    cells = table.sheet.rows.get(row, {})
    return not any(cells.get(number, BLANK).text.strip() for number in table.columns)


def some(things: Sequence[object], most: int = 10) -> str:
    """The first few, and that there are more."""
    told = say("list.comma").join(str(thing) for thing in things[:most])
    return told if len(things) <= most else say("list.and_more", told=told)
