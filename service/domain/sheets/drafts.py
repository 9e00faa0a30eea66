"""Rows while they are read: first their keys, so that every row of the workbook can be referred to, then everything else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from service.domain.sheets.cells import BLANK, Cell, CellKind
from service.domain.sheets.columns import Column, Fault, SheetKind, Value, Wrong
from service.domain.sheets.headings import Table, blank_row
from service.domain.sheets.values import escaped, plain, read, text_of
from service.domain.sheets.world import World
from service.domain.texts import say

FOUND_LIMIT = 100


@dataclass
class Draft:
    """A row while it is read. ``again``: a row further up has the same key, and it is that row which others refer to."""

    table: Table
    number: int
    cells: Mapping[str, Cell]
    key: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    before: Mapping[str, Value] | None = None
    faults: list[Fault] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    again: bool = False
    doubts: list[Fault] = field(default_factory=list)

    @property
    def kind(self) -> SheetKind:
        return self.table.kind

    def wrong(self, column: Column, why: Wrong) -> None:
        number = next((n for n, c in self.table.columns.items() if c is column), 0)
        if any(fault.column == number for fault in self.faults):
            return  # one thing at a time for one cell
        cell = self.cells.get(column.key, BLANK)
        shown = "".join(c if c.isprintable() or c == "\n" else "□" for c in plain(cell.text)[:FOUND_LIMIT])
        found = shown or say("word.blank")
        if cell.kind is CellKind.FORMULA:
            found = say("word.formula")
        heading = self.kind.heading(column)
        where = self.doubts if why.warns else self.faults
        where.append(Fault(self.table.sheet.title, self.number, number, heading, why.code, why.wanted, found))

    def read(self, column: Column, world: World) -> None:
        """Fill in the column's value, or say what is wrong. What the database has already is never wrong."""
        cell, before = self.cells.get(column.key, BLANK), (self.before or {}).get(column.key)
        if self.before is not None and plain(escaped(text_of(column, before, world))) == plain(cell.text):
            self.values[column.key] = before
            self.said.add(column.key)
            return
        try:
            self.values[column.key] = self._value(column, cell, world)
            self.said.add(column.key)
        except Wrong as why:
            self.wrong(column, why)

    def _value(self, column: Column, cell: Cell, world: World) -> Value:
        if not plain(cell.text):
            if column.required:
                raise Wrong("required")
            return column.blank
        return read(column, cell, world)


def drafts_of(table: Table, world: World, notes: list[str]) -> Iterator[Draft]:
    """The rows of a table with their keys read, known to the world; the examples of the template are passed over."""
    sheet, examples = table.sheet, 0
    by_key = {column.key: number for number, column in table.columns.items()}
    for number in sorted(sheet.rows):
        if number <= table.heading_row or blank_row(table, number):
            continue
        cells = {key: sheet.rows[number][column] for key, column in by_key.items() if column in sheet.rows[number]}
        if _is_example(table, cells):
            examples += 1
            continue
        draft = Draft(table, number, cells)
        _refuse_merged(draft)
        _read_key(draft, world)
        yield draft
    if examples:
        notes.append(say("note.examples", sheet=sheet.title, count=examples))


def _is_example(table: Table, cells: Mapping[str, Cell]) -> bool:
    first = cells.get(table.kind.columns[0].key, BLANK)
    return plain(first.text).startswith(say("word.example"))


def _read_key(draft: Draft, world: World) -> None:
    """A key the database has is taken as it stands there, even if today's rules would not make it."""
    kind = draft.kind
    said = "/".join(plain(draft.cells.get(key, BLANK).text) for key in kind.keys)
    known = world.before(kind.id, said)
    for key in kind.keys:
        if known:
            draft.values[key] = known[key]
            draft.said.add(key)
        else:
            draft.read(kind.column(key), world)
    if set(kind.keys) <= draft.said:
        draft.key = kind.key_of(draft.values)
        draft.before = world.before(kind.id, draft.key)
        draft.again = draft.key in world.coming.get(kind.id, {})
        name = plain(draft.cells.get("name", BLANK).text)
        if draft.again:
            return
        world.add(kind.id, draft.key, {**(draft.before or {}), **draft.values, **({"name": name} if name else {})})


def _refuse_merged(draft: Draft) -> None:
    """A merged area shows one value for several rows, and programs see it in the first only."""
    for top, left, bottom, right in draft.table.sheet.merges:
        if top <= draft.number <= bottom:
            for number, column in draft.table.columns.items():
                if left <= number <= right:
                    draft.wrong(column, Wrong("no_merge"))
