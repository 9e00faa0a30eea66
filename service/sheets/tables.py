"""Templates and exports, made of the column models: both have the same columns, drop-downs and guide, and both can be imported."""

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from service.domain.sheets.cells import letters
from service.domain.sheets.columns import Column, SheetKind, Type, Value
from service.domain.sheets.describing import about, describe, words_of
from service.domain.sheets.values import text_of
from service.domain.sheets.world import Rows, World
from service.domain.texts import say
from service.sheets import drawing

LAST_ROW = 5_000  # so far drop-downs reach
MOST_OFFERED = 2_000
GUIDE_WIDTHS = (14, 16, 8, 16, 60, 60)


def template(kinds: Sequence[SheetKind], known: Mapping[str, Rows]) -> bytes:
    """To be filled in: a guide, one worksheet for each kind with two examples that are never imported, and drop-downs.

    ``known``: rows the database has; their names are offered where a column refers to them.
    """
    return _book(kinds, known, {})


def export(kinds: Sequence[SheetKind], known: Mapping[str, Rows]) -> bytes:
    """The rows of ``known`` in the form of the template; imported again they change nothing."""
    return _book(kinds, known, {kind.id: known.get(kind.id, {}) for kind in kinds})


def _book(kinds: Sequence[SheetKind], known: Mapping[str, Rows], rows: Mapping[str, Rows]) -> bytes:
    book, world = drawing.new_book(), World(known)
    _guide(book, kinds, world)
    offers = _Offers(world)
    for kind in kinds:
        sheet = drawing.add_sheet(book, kind.title)
        _headings(sheet, kind, world)
        if kind.id in rows:
            for number, values in enumerate(rows[kind.id].values(), 2):
                _row(sheet, number, kind, values, world)
        else:
            _examples(sheet, kind)
        _drop_downs(sheet, kind, offers, world)
    offers.write(book)
    book.active = 1 if rows else 0
    return drawing.saved(book)


def _guide(book: Workbook, kinds: Sequence[SheetKind], world: World) -> None:
    sheet = drawing.add_sheet(book, say("sheet_kind.guide"))
    rules = say("sheet.guide").split("\n")
    for number, line in enumerate(rules, 1):
        drawing.put_text(sheet, number, 1, line).font = drawing.BOLD if number == 1 else drawing.PLAIN
    start = len(rules) + 2
    headings = say("sheet.guide_headings").split("|")
    drawing.put_heading(sheet, start, headings, GUIDE_WIDTHS)
    sheet.freeze_panes = sheet.print_title_rows = None
    for kind in kinds:
        for described in describe(kind, world):
            start += 1
            required = say("word.required") if described.required else ""
            told = (kind.title, described.heading, required, described.type, described.help, described.choices)
            for column, text in enumerate(told, 1):
                drawing.put_text(sheet, start, column, text).alignment = drawing.WRAPPED
            drawing.make_high_enough(sheet, start, told, GUIDE_WIDTHS)


def _headings(sheet: Worksheet, kind: SheetKind, world: World) -> None:
    marked = [f"{kind.heading(column)} *" if column.required else kind.heading(column) for column in kind.columns]
    drawing.put_heading(sheet, 1, marked, [column.width for column in kind.columns])
    for number, (column, told) in enumerate(zip(kind.columns, describe(kind, world), strict=True), 1):
        words = [told.type, told.help, told.choices]
        if number == 1:
            words.append(about(kind))
        sheet.cell(1, number).comment = drawing.comment("\n".join(filter(None, words)))
        # So that a program keeps codes as they are typed.
        as_typed = drawing.DAY if column.type is Type.DATE else drawing.AS_TEXT
        sheet.column_dimensions[letters(number)].number_format = as_typed


def _examples(sheet: Worksheet, kind: SheetKind) -> None:
    for number, column in enumerate(kind.columns, 1):
        for row, text in enumerate(kind.examples(column), 2):
            drawing.put_text(sheet, row, number, text).font = drawing.EXAMPLE


def _row(sheet: Worksheet, row: int, kind: SheetKind, values: Mapping[str, Value], world: World) -> None:
    for number, column in enumerate(kind.columns, 1):
        value = values.get(column.key)
        if column.type is Type.DATE and value:
            drawing.put_day(sheet, row, number, value)
        else:
            text = text_of(column, value, world)
            drawing.put_text(sheet, row, number, text).number_format = drawing.AS_TEXT


class _Offers:
    """The lists behind the drop-downs, one column each of a hidden worksheet."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._lists: dict[str, list[str]] = {}

    def place(self, column: Column) -> str:
        """Where the list of this column stands, or "" when it offers nothing."""
        name = column.to or column.words or column.type.value
        if name not in self._lists:
            self._lists[name] = words_of(column, self._world) or self._names(column.to)
        entries = self._lists[name]
        letter = letters(list(self._lists).index(name) + 1)
        return f"'{say('sheet_kind.choices')}'!${letter}$1:${letter}${len(entries)}" if entries else ""

    def _names(self, kind: str) -> list[str]:
        return sorted(self._world.call(kind, key) for key in self._world.all(kind))[:MOST_OFFERED]

    def write(self, book: Workbook) -> None:
        sheet = drawing.add_sheet(book, say("sheet_kind.choices"))
        sheet.sheet_state = "hidden"
        for number, entries in enumerate(self._lists.values(), 1):
            for row, text in enumerate(entries, 1):
                drawing.put_text(sheet, row, number, text)


def _drop_downs(sheet: Worksheet, kind: SheetKind, offers: _Offers, world: World) -> None:
    for number, column in _choosing(kind):
        place = offers.place(column)
        if place:
            # A reference may name a row of the same workbook, and a list several entries: there the offer is only one.
            words = words_of(column, world)
            strict = bool(words) and not column.many
            offer = DataValidation("list", formula1=place, allow_blank=True, showErrorMessage=strict)
            if strict:
                offer.errorTitle = kind.heading(column)[:30]
                offer.error = say("wanted.choice", choices=say("list.comma").join(words))[:220]
            offer.add(f"{letters(number)}2:{letters(number)}{LAST_ROW}")
            sheet.add_data_validation(offer)


def _choosing(kind: SheetKind) -> Iterable[tuple[int, Column]]:
    for number, column in enumerate(kind.columns, 1):
        if column.to or column.choices or column.type is Type.YES_NO:
            yield number, column
