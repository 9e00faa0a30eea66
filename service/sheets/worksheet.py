"""The cells of one worksheet as plain lists, read once from its beginning; blank rows cost nothing but are counted."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from handlers.sandbox import Unreadable

from service.sheets.formats import Format, shown
from service.sheets.markup import Attributes, go_through

MOST_ROW_TAGS = 100_000
MOST_CELLS = 120_000
MOST_TEXT = 2_000_000
MOST_MERGES = 1_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SAID = {"str": "t", "e": "e"}


class Surroundings(NamedTuple):
    """What cells refer to: shared texts, formats by style, and the day serial numbers count from."""

    strings: Sequence[str]
    formats: Sequence[Format]
    since_1904: bool


def read_strings(pieces: Iterable[bytes]) -> list[str]:
    """The shared texts. Runs of one text are joined; the reading aid (rPh) of a Japanese text is no text."""
    found: list[str] = []
    parts: list[str] = []
    aside = total = 0

    def begin(tag: str, _attributes: Attributes) -> None:
        nonlocal aside
        aside += tag == "rPh"

    def end(tag: str, text: str) -> None:
        nonlocal aside, total
        if tag == "t" and not aside:
            parts.append(text)
            total += len(text)
            if total > MOST_TEXT:
                raise Unreadable("sheet.too_large")
        elif tag == "si":
            found.append(unescaped("".join(parts)))
            parts.clear()
        aside -= tag == "rPh"

    go_through(pieces, begin, end)
    return found


def read_worksheet(pieces: Iterable[bytes], around: Surroundings) -> dict[str, Any]:
    """``rows``: [[row, [[column, kind, text], ...]], ...]; hidden rows and column spans; merged areas. Numbers count from 1.

    Kinds: t text, n number, d date, b yes or no, f formula, e error. Blank cells and rows are left out.
    """
    reader = _Reader(around)
    go_through(pieces, reader.begin, reader.end)
    return {
        "rows": reader.rows, "hidden_rows": reader.hidden_rows, "hidden_columns": reader.hidden_columns,
        "merges": reader.merges,
    }  # fmt: skip


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """``_x000D_`` stands for a character that XML cannot hold."""
    if "_x" not in text:
        return text
    whole = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Reader:
    """Where we are in the sheet."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.rows: list[list[Any]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[list[int]] = []
        self.merges: list[list[int]] = []
        self.row = self.column = self.tags = self.cells = self.text = 0
        self.cell: Attributes = {}
        self.value: str | None = None
        self.inline: list[str] = []
        self.formula = False

    def begin(self, tag: str, attributes: Attributes) -> None:
        if tag == "row":
            self._begin_row(attributes)
        elif tag == "c":
            self._begin_cell(attributes)
        elif tag == "f":
            self.formula = True
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden_columns.append([int(attributes["min"]), min(int(attributes["max"]), LAST_COLUMN)])
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self.value = text
        elif tag == "t" and self.cell:
            self.inline.append(text)
        elif tag == "c":
            self._end_cell()

    def _begin_row(self, attributes: Attributes) -> None:
        self.tags += 1
        self.row = int(attributes.get("r") or self.row + 1)
        self.column = 0
        if self.tags > MOST_ROW_TAGS or not 0 < self.row <= LAST_ROW:
            raise Unreadable("sheet.too_many_rows")
        if attributes.get("hidden") in ("1", "true"):
            self.hidden_rows.append(self.row)

    def _begin_cell(self, attributes: Attributes) -> None:
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self.column = column_number(found[1]) if found else self.column + 1
        if self.column > LAST_COLUMN or (found and int(found[2]) != self.row):
            raise Unreadable("sheet.broken")
        self.cell, self.value, self.formula = attributes or {"t": "n"}, None, False
        self.inline.clear()

    def _end_cell(self) -> None:
        kind, text = self._meaning()
        self.cell = {}
        if not text:
            return
        self.cells, self.text = self.cells + 1, self.text + len(text)
        if self.cells > MOST_CELLS or self.text > MOST_TEXT:
            raise Unreadable("sheet.too_many_cells")
        if not self.rows or self.rows[-1][0] != self.row:
            self.rows.append([self.row, []])
        self.rows[-1][1].append([self.column, kind, text])

    def _meaning(self) -> tuple[str, str]:
        kind = self.cell.get("t", "n")
        if self.formula:
            return "f", self.value or "="
        if kind == "inlineStr":
            return "t", unescaped("".join(self.inline))
        if not self.value:
            return "t", ""
        if kind == "s":
            return "t", self.around.strings[int(self.value)]
        if kind in _SAID:
            return _SAID[kind], unescaped(self.value)
        if kind == "d":
            return "d", self.value.replace("T", " ").removesuffix(" 00:00:00")
        if kind == "b":
            return "b", "1" if self.value.strip() in ("1", "true") else "0"
        return self._number(self.value)

    def _number(self, text: str) -> tuple[str, str]:
        style = int(self.cell.get("s") or 0)
        known = self.around.formats
        return shown(float(text), known[style] if style < len(known) else Format(), since_1904=self.around.since_1904)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        a, b = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last or first)
        if len(self.merges) >= MOST_MERGES:
            raise Unreadable("sheet.too_many_merges")
        if a and b:
            self.merges.append([int(a[2]), column_number(a[1]), int(b[2]), column_number(b[1])])
