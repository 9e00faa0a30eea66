"""Column values as JSON and back: exact, and the same from both databases."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from service.domain.errors import Invalid
from service.store.tables.base import Moment

# The first that fits: Text is a String, BigInteger an Integer.
_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Boolean, "boolean"),
    (Integer, "integer"),
    (String, "text"),
    (DateTime, "moment"),
    (Date, "date"),
    (LargeBinary, "bytes"),
)
_TYPES: dict[str, Any] = {
    "boolean": Boolean, "integer": BigInteger, "text": Text, "moment": Moment, "date": Date, "bytes": LargeBinary,
}  # fmt: skip
_WRITE: dict[str, Callable[[Any], Any]] = {
    "moment": lambda value: value.astimezone(UTC).isoformat(),
    "date": lambda value: value.isoformat(),
    "bytes": lambda value: b64encode(value).decode("ascii"),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "boolean": lambda value: _only(bool, value),
    "integer": lambda value: _only(int, value),
    "text": lambda value: _only(str, value),
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": lambda value: b64decode(value, validate=True),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, and the kind of its values (boolean, integer, text, moment, date, bytes)."""

    name: str
    kind: str


def fields_of(table: Table) -> tuple[Field, ...]:
    """RuntimeError for a type that no backup knows yet: add it here before a table uses it."""
    return tuple(Field(column.name, _kind_of(table, column)) for column in table.columns)


def reading(table: Table) -> Table:
    """The same table with the types both databases read alike, to select from."""
    columns = [Column(f.name, _TYPES[f.kind], primary_key=table.columns[f.name].primary_key) for f in fields_of(table)]
    return Table(table.name, MetaData(), *columns)


def write(fields: Sequence[Field], row: Sequence[Any]) -> list[Any]:
    """A row as JSON values."""
    return [
        _WRITE[f.kind](value) if value is not None and f.kind in _WRITE else value
        for f, value in zip(fields, row, strict=True)
    ]


def read(fields: Sequence[Field], row: Any) -> list[Any]:
    """A row from JSON values; ValueError or TypeError when it is none."""
    return [None if value is None else _READ[f.kind](value) for f, value in zip(fields, row, strict=True)]


def named(fields: Sequence[Field], row: Sequence[Any]) -> dict[str, Any]:
    """A row by its columns' names."""
    return {f.name: value for f, value in zip(fields, row, strict=True)}


def _kind_of(table: Table, column: Column[Any]) -> str:
    for type_, kind in _KINDS:
        if isinstance(column.type, type_):
            return kind
    raise RuntimeError(f"{table.name}.{column.name}: no backup knows the type {column.type!r}")


def _only(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise Invalid("backup.value", found=type(value).__name__, wanted=kind.__name__)
    return value
