"""What a sheet is compared with: the rows the database holds, and over them those the same workbook brings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.sheets.columns import Value

DICTIONARY = "dictionary."  # the kinds that are dictionaries of codes, by their names
Rows = Mapping[str, Mapping[str, Value]]
"""Key of a row -> column -> value."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it would be. ``said``: the columns the sheet has and whose cells could be read. ``before``: as the database has it."""

    kind: str
    sheet: str
    number: int
    key: str
    values: Mapping[str, Value]
    said: frozenset[str]
    before: Mapping[str, Value] | None


@dataclass
class World:
    """``known``: kind -> rows of the database. ``coming``: kind -> rows of the workbook, added while it is read.

    ``memory``: what rules work out once, after every row was read.
    """

    known: Mapping[str, Rows]
    coming: dict[str, dict[str, Mapping[str, Value]]] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    _order: dict[tuple[str, str], int] = field(default_factory=dict)
    _names: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def before(self, kind: str, key: str) -> Mapping[str, Value] | None:
        return self.known.get(kind, {}).get(key)

    def after(self, kind: str, key: str) -> Mapping[str, Value] | None:
        """The row as it would be once the workbook is in."""
        return self.coming.get(kind, {}).get(key) or self.before(kind, key)

    def all(self, kind: str) -> dict[str, Mapping[str, Value]]:
        return {**self.known.get(kind, {}), **self.coming.get(kind, {})}

    def add(self, kind: str, key: str, values: Mapping[str, Value]) -> None:
        """The row as the workbook would have it; said again it replaces what was said before."""
        names = self._index(kind)
        old = self.after(kind, key)
        if old is not None:
            names.get(_name(old), set()).discard(key)
        self.coming.setdefault(kind, {})[key] = values
        self._order.setdefault((kind, key), len(self._order) + 1)
        names.setdefault(_name(values), set()).add(key)

    def first_of(self, kind: str, keys: Iterable[str], key: str) -> str:
        """Of ``keys`` one that was there before ``key``, in the database or further up in the workbook; "" for none.

        When two rows say what only one may say, the one that came later is wrong.
        """
        earlier = [other for other in keys if other != key and self._rank(kind, other) < self._rank(kind, key)]
        return min(earlier, key=lambda other: self._rank(kind, other), default="")

    def _rank(self, kind: str, key: str) -> tuple[bool, int, str]:
        return key not in self.known.get(kind, {}), self._order.get((kind, key), 0), key

    def named(self, kind: str, name: str) -> set[str]:
        """Keys of the rows of that name, as it would be."""
        return self._index(kind).get(name, set())

    def _index(self, kind: str) -> dict[str, set[str]]:
        if kind not in self._names:
            found = self._names[kind] = {}
            for key, values in self.all(kind).items():
                found.setdefault(_name(values), set()).add(key)
        return self._names[kind]

    def find(self, kind: str, text: str) -> str:
        """The key that ``text`` means: a key, or a name that only one row has; "" for none or more than one."""
        if self.after(kind, text) is not None:
            return text
        keys = self.named(kind, text)
        return next(iter(keys)) if len(keys) == 1 else ""

    def call(self, kind: str, key: str) -> str:
        """How an export writes a reference: by name where that finds the row again, else by key."""
        name = _name(self.after(kind, key) or {})
        return name if name and self.find(kind, name) == key else key

    def words(self, kind: str) -> list[str]:
        """What may be chosen: the names of the rows in use."""
        return [self.call(kind, key) for key, values in self.all(kind).items() if values.get("active", True)]


def _name(values: Mapping[str, Value]) -> str:
    return str(values.get("name") or "")
