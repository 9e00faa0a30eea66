"""A form as a reader sees it: labels and values in words, lists and tables as rows. For pages without scripts, and for paper."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.texts import say
from service.engine.forms.components import (
    GROUP,
    LIST,
    ONE_OF,
    SOME_OF,
    Component,
    hide_of,
    kind_of,
    label_of,
    name_of,
    parts_of,
    valued,
)  # fmt: skip
from service.engine.forms.options import key, options_of
from service.engine.forms.sheet import Place, Sheet, TooMuch
from service.engine.forms.wrong import look

_SAID = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the form shows: ``text``, or ``rows`` under ``columns``. A line without a label is the form's own words."""

    label: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def read_out(
    form: Component, values: Mapping[str, Any], *, at: datetime, file_names: Mapping[str, str] | None = None
) -> tuple[Line, ...]:
    """``values``: the task's variables under what was filled in. ``file_names``: id -> name. What a condition hides is left out."""
    data = {name: look(value) for name, value in values.items()}
    return tuple(_Reader(Sheet(at, data, settled=True), file_names or {}).lines(parts_of(form), data))


class _Reader:
    def __init__(self, sheet: Sheet, file_names: Mapping[str, str]) -> None:
        self.sheet, self.file_names = sheet, file_names

    def lines(self, components: Iterable[Component], data: dict[str, Any]) -> Iterator[Line]:
        place = Place(data)
        for component in components:
            if not self._hidden(component, place):
                yield from self._line(component, data, place)

    def _line(self, component: Component, data: dict[str, Any], place: Place) -> Iterator[Line]:
        kind = kind_of(component)
        if kind == "text":
            yield Line("", self._words(str(component.get("text", ""))))
        elif kind == GROUP:
            inner = data.get(name_of(component)) if name_of(component) else data
            yield from self.lines(parts_of(component), inner if isinstance(inner, dict) else {})
        elif kind == LIST:
            yield self._list(component, data.get(name_of(component)), place)
        elif kind == "table":
            yield self._table(component, data, place)
        elif name_of(component):
            yield Line(label_of(component), self.value(component, data.get(name_of(component)), place))

    def value(self, component: Component, value: Any, place: Place) -> str:
        """One field's value in words; empty when nothing was said."""
        kind = kind_of(component)
        if kind == "checkbox":
            return say("readout.yes" if value is True else "readout.no")
        entries = value if isinstance(value, list) else [] if value is None or value == "" else [value]
        if kind in ONE_OF or kind in SOME_OF:
            known = options_of(component, self.sheet, place)
            entries = [known.get(key(entry), entry) for entry in entries if not isinstance(entry, list | dict)]
        elif kind == "filepicker":
            entries = [self.file_names.get(str(entry), entry) for entry in entries]
        return say("form.comma").join(_plain(entry) for entry in entries)

    def _list(self, component: Component, rows: Any, place: Place) -> Line:
        """Columns in which no row says anything are left out, as long as there are rows."""
        columns = [c for c, _ in valued(parts_of(component))]
        found = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        cells = [self._row(columns, row, place, n) for n, row in enumerate(found, start=1)]
        kept = [n for n, _ in enumerate(columns) if not cells or any(row[n] for row in cells)]
        return Line(
            label_of(component),
            columns=tuple(label_of(columns[n]) for n in kept),
            rows=tuple(tuple(row[n] for n in kept) for row in cells),
        )

    def _row(self, columns: Iterable[Component], row: dict[str, Any], around: Place, n: int) -> tuple[str, ...]:
        place = Place(row, around.this, (*around.index, n))
        return tuple("" if self._hidden(c, place) else self._cell(c, row, place) for c in columns)

    def _cell(self, component: Component, row: dict[str, Any], place: Place) -> str:
        if kind_of(component) != LIST:
            return self.value(component, row.get(name_of(component)), place)
        inner = self._list(component, row.get(name_of(component)), place)
        return say("readout.semicolon").join(" ".join(filter(None, cells)) for cells in inner.rows)

    def _table(self, component: Component, data: dict[str, Any], place: Place) -> Line:
        source = component.get("dataSource")
        found: Any = data.get(str(source))
        if isinstance(source, str) and source.startswith("="):
            found = self._evaluated(source, place)
        columns = [c for c in component.get("columns") or () if isinstance(c, Mapping)]
        rows = [row for row in look(found) if isinstance(row, dict)] if isinstance(found, list) else []
        return Line(
            label_of(component),
            columns=tuple(str(c.get("label", "")) for c in columns),
            rows=tuple(tuple(_plain(row.get(str(c.get("key")))) for c in columns) for row in rows),
        )

    def _words(self, text: str) -> str:
        """The form's own words, variables put in; emphasis and headings of Markdown are for the eye only."""
        said = _SAID.sub(lambda found: _plain(self.sheet.data.get(found[1])), text)
        return re.sub(r"\*\*|^#+ ", "", said, flags=re.MULTILINE).strip()

    def _hidden(self, component: Component, place: Place) -> bool:
        hide = hide_of(component)
        return bool(hide) and self._evaluated(hide, place) is True

    def _evaluated(self, source: str, place: Place) -> Any:
        try:
            return self.sheet.evaluate(source, place)
        except TooMuch:
            return None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return say("readout.yes" if value else "readout.no") if isinstance(value, bool) else str(value)
