"""Small shared pieces of the queries: rows to values, keyset pages, insert-or-ignore."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Column, Select, Table, and_, or_
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.errors import Invalid
from service.domain.paging import Page, read_cursor, write_cursor
from service.store.session import Transaction
from service.store.tables.base import Moment

T = TypeVar("T")


def plain(value: Any, *, without: Sequence[str] = ()) -> dict[str, Any]:
    """A flat dataclass as column values."""
    return {k: v for k, v in asdict(value).items() if k not in without}


def insert_new(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; answers how many were new."""
    if not rows:
        return 0
    dialect = sqlite if tx.dialect == "sqlite" else postgresql
    # RETURNING tells what was inserted; the drivers' row counts do not agree on it.
    statement = dialect.insert(table).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return sum(len(tx.connection.execute(statement, row).all()) for row in rows)


def put(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Insert ``row`` or replace the one with the same primary key."""
    dialect = sqlite if tx.dialect == "sqlite" else postgresql
    keys = [column.name for column in table.primary_key]
    values = {k: v for k, v in row.items() if k not in keys}
    statement = dialect.insert(table).values(**row)
    tx.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))


def put_all(tx: Transaction, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Like ``put`` for many rows of the same columns, in one round trip: a calendar has thousands of days."""
    if not rows:
        return
    dialect = sqlite if tx.dialect == "sqlite" else postgresql
    keys = [column.name for column in table.primary_key]
    statement = dialect.insert(table)
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    tx.connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), list(rows))


def one_page(
    tx: Transaction, statement: Select[Any], make: Callable[[Any], T], *, order: Sequence[Column[Any]],
    after: str | None, limit: int, newest_first: bool = True,
) -> Page[T]:  # fmt: skip
    """Rows behind cursor ``after`` in the order of ``order`` (the last one unique), at most ``limit``."""
    if after:
        statement = statement.where(_behind(order, _cursor_for(order, after), newest_first=newest_first))
    ordered = statement.order_by(*(c.desc() if newest_first else c.asc() for c in order)).limit(limit + 1)
    rows = tx.connection.execute(ordered).all()
    shown = rows[:limit]
    following = write_cursor([getattr(shown[-1], c.name) for c in order]) if len(rows) > limit else None
    return Page([make(row) for row in shown], following)


def _cursor_for(order: Sequence[Column[Any]], cursor: str) -> list[Any]:
    """The cursor's values; Invalid when they are not of this list's kind, whatever made them."""
    values = read_cursor(cursor, len(order))
    for column, value in zip(order, values, strict=True):
        if not _fits(value, datetime if isinstance(column.type, Moment) else column.type.python_type):
            raise Invalid("cursor.unreadable")
    return values


def _fits(value: Any, kind: type) -> bool:
    if type(value) is not kind:
        return False
    if isinstance(value, datetime):
        return value.tzinfo is not None and _in_utc(value)
    if isinstance(value, int):
        return abs(value) < 2**31
    return str(value).isprintable()  # no NUL, no half of a surrogate pair


def _in_utc(value: datetime) -> bool:
    """Whether the moment exists there too: the first and last hours of the calendar may not."""
    try:
        value.astimezone(UTC)
    except OverflowError:
        return False
    return True


def _behind(order: Sequence[Column[Any]], values: Sequence[Any], *, newest_first: bool) -> Any:
    """The keyset condition, written out so that mixed types and both databases agree."""
    choices = []
    for n, column in enumerate(order):
        equal = [order[i] == values[i] for i in range(n)]
        further = column < values[n] if newest_first else column > values[n]
        choices.append(and_(*equal, further))
    return or_(*choices)
