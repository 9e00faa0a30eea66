"""What belongs where: a submission laid over the form and over the task's variables, level by level (form, group, row).

Rows. A list that offers no adding and removing has the case's own rows: the submitted rows are matched to them by position, there
must be as many, and a read-only column (the item's number, its name) that comes back must be the one of that row, so a shuffled
list is refused, not misread. A row keeps every field of the case that the form does not show; the form need not send it, and may
not change it. In a list whose rows people add and remove, a row is theirs and holds what the form asks and nothing else; only where
such a list has read-only columns, a row that carries the values of one of the case's rows is that row and keeps its other fields.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.engine.forms.components import (
    GROUP,
    LIST,
    Component,
    is_fixed,
    kind_of,
    label_of,
    name_of,
    parts_of,
    valued,
)  # fmt: skip
from service.engine.forms.sheet import Place
from service.engine.forms.values import blank, take
from service.engine.forms.wrong import Wrong, is_empty, look, shown

MOST_ROWS = 1_000
Row = Mapping[str, Any]


@dataclass(slots=True)
class Level:
    """One level of values. ``seen`` is what expressions see of it; ``keeps``: fields of ``current`` the form does not show stay.

    ``before``: everything the case held at this level, for a row of a list all its rows. ``inner``: the levels below, one for a group, one per row of a list, or what is wrong with the list as a whole.
    """

    components: list[Component]
    given: Row
    current: Row
    seen: dict[str, Any]
    place: Place
    before: list[Row]
    keeps: bool = False
    path: str = ""
    words: str = ""
    inner: dict[str, list["Level"] | Wrong] = field(default_factory=dict)

    def fields(self) -> Iterable[tuple[Component, tuple[str, ...]]]:
        return valued(self.components)

    def was(self, component: Component) -> Any:
        """What the field held before: its variable, else what the form says it starts with."""
        return self.current.get(name_of(component), component.get("defaultValue"))


def whole(form: Component, submitted: Row, current: Row) -> Level:
    """The form itself with everything below it."""
    seen = {name: look(value) for name, value in current.items()}
    level = Level(parts_of(form), submitted, current, seen, Place(seen), [current])
    _fill(level)
    return level


def _fill(level: Level) -> None:
    for component, _ in level.fields():
        name = name_of(component)
        if kind_of(component) == LIST:
            level.inner[name] = _rows(level, component)
            level.seen[name] = [row.seen for row in _levels(level.inner[name])]
        elif kind_of(component) == GROUP:
            level.inner[name] = _group(level, component)
            level.seen[name] = next((group.seen for group in _levels(level.inner[name])), {})
        else:
            level.seen[name] = look(_first_look(level, component))


def _first_look(level: Level, component: Component) -> Any:
    """The field's value before it is judged; a wrong one looks empty, and is refused later."""
    raw = level.given.get(name_of(component))
    locked = component.get("readonly") or component.get("disabled")
    if kind_of(component) == "expression":
        return None
    try:
        return take(component, level.was(component) if raw is None and locked else raw)
    except Wrong:
        return look(level.was(component)) if locked else blank(component)


def _levels(found: list[Level] | Wrong) -> list[Level]:
    return [] if isinstance(found, Wrong) else found


def _group(level: Level, component: Component) -> list[Level] | Wrong:
    name = name_of(component)
    given, was = level.given.get(name), level.current.get(name)
    if given is not None and not isinstance(given, Mapping):
        return Wrong("wrong-type", "form.type.group")
    current = was if isinstance(was, Mapping) else {}
    inner = Level(
        parts_of(component), given or {}, current, _seen(current), level.place, _below(level, name),
        keeps=True, path=f"{level.path}{name}.", words=level.words,
    )  # fmt: skip
    _fill(inner)
    return [inner]


def _rows(level: Level, component: Component) -> list[Level] | Wrong:
    name = name_of(component)
    given, was = level.given.get(name), level.current.get(name)
    rows = [row if isinstance(row, Mapping) else {} for row in was] if isinstance(was, list) else None
    try:
        pairs = _fixed(component, given, rows) if is_fixed(component) else _free(component, given, rows or [])
    except Wrong as wrong:
        return wrong
    return [_row(level, component, given_row, current, n) for n, (given_row, current) in enumerate(pairs)]


def _row(level: Level, component: Component, given: Row, current: Row, n: int) -> Level:
    place = level.place
    seen = _seen(current)
    row = Level(
        parts_of(component), given, current, seen, Place(seen, place.this, (*place.index, n + 1)),
        _below(level, name_of(component)), keeps=True, path=f"{level.path}{name_of(component)}[{n}].", words=f"{level.words}{label_of(component)}[{n + 1}]·",
    )  # fmt: skip
    _fill(row)
    return row


def _below(level: Level, name: str) -> list[Row]:
    """What the case held one level further in, under ``name``."""
    found = [outer.get(name) for outer in level.before]
    rows = [row for value in found for row in (value if isinstance(value, list) else [value])]
    return [row for row in rows if isinstance(row, Mapping)]


def _seen(current: Row) -> dict[str, Any]:
    return {name: look(value) for name, value in current.items()}


def _fixed(component: Component, given: Any, rows: list[Row] | None) -> list[tuple[Row, Row]]:
    expected: list[Row] = rows if rows is not None else [{}] * int(component.get("defaultRepetitions") or 0)
    found = [{} for _ in expected] if given is None else _all_rows(given)
    if len(found) != len(expected):
        raise Wrong("row-count", "form.row_count", wanted=len(expected), count=len(found))
    return list(zip(found, expected, strict=True))


def _free(component: Component, given: Any, rows: list[Row]) -> list[tuple[Row, Row]]:
    locked = [
        name_of(c) for c, _ in valued(parts_of(component)) if c.get("readonly") is True or c.get("disabled") is True
    ]
    found = [] if given is None else _all_rows(given)
    if not locked:
        return [(row, {}) for row in found]
    waiting: dict[str, list[Row]] = {}
    for row in rows:
        waiting.setdefault(_identity(row, locked), []).append(row)
    return [(row, _taken(waiting, _identity(row, locked))) for row in found]


def _taken(waiting: dict[str, list[Row]], identity: str) -> Row:
    """The first of the case's rows of this identity that no other submitted row has taken."""
    rows = waiting.get(identity)
    return rows.pop(0) if rows and identity else {}


def _identity(row: Row, locked: list[str]) -> str:
    values = [look(row.get(name)) for name in locked]
    return "" if all(is_empty(value) for value in values) else json.dumps(values, sort_keys=True, default=str)


def _all_rows(given: Any) -> list[Row]:
    if not isinstance(given, list):
        raise Wrong("wrong-type", "form.type.rows")
    if len(given) > MOST_ROWS:
        raise Wrong("too-many", "form.too_many_rows", limit=MOST_ROWS, count=len(given))
    for n, row in enumerate(given, start=1):
        if not isinstance(row, Mapping):
            raise Wrong("wrong-type", "form.type.row", n=n, row=shown(row))
    return given
