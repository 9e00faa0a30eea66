"""A workbook as plain cells, whatever it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class CellKind(StrEnum):
    """What the cell holds; ``text`` of a number is as people would type it, of a date ISO 8601."""

    TEXT = "t"
    NUMBER = "n"
    DATE = "d"
    YES_NO = "b"  # "1" or "0"
    FORMULA = "f"
    ERROR = "e"


@dataclass(frozen=True, slots=True)
class Cell:
    kind: CellKind
    text: str


BLANK = Cell(CellKind.TEXT, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """``rows``: row -> column -> cell, both counted from 1, blanks left out. ``merges``: (row, column, last row, last column)."""

    title: str
    rows: Mapping[int, Mapping[int, Cell]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    merges: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    sheets: tuple[Sheet, ...]


def letters(column: int) -> str:
    """1 -> A, 28 -> AB."""
    found = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def book_from(plain: Any) -> Book:
    """The book of ``as_plain``, or of the reader's answer."""
    return Book(tuple(_sheet(sheet) for sheet in plain))


def _sheet(plain: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=plain["title"],
        rows={
            row: {column: Cell(CellKind(kind), text) for column, kind, text in cells} for row, cells in plain["rows"]
        },
        hidden=plain["hidden"],
        hidden_rows=frozenset(plain["hidden_rows"]),
        hidden_columns=tuple((first, last) for first, last in plain["hidden_columns"]),
        merges=tuple((a, b, c, d) for a, b, c, d in plain["merges"]),
    )


def as_plain(book: Book) -> list[dict[str, Any]]:
    """As JSON can keep it."""
    return [
        {
            "title": sheet.title, "hidden": sheet.hidden,
            "rows": [[row, [[column, cell.kind.value, cell.text] for column, cell in cells.items()]]
                     for row, cells in sheet.rows.items()],
            "hidden_rows": sorted(sheet.hidden_rows),
            "hidden_columns": [list(span) for span in sheet.hidden_columns],
            "merges": [list(area) for area in sheet.merges],
        }
        for sheet in book.sheets
    ]  # fmt: skip
