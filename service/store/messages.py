"""Who waits for which message or signal, and messages kept for those who will wait later."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, insert, select, update

from service.domain.cases import MessageWait
from service.store.rows import insert_new, plain
from service.store.session import Transaction
from service.store.tables import message_retained, message_wait


def add_waits(tx: Transaction, values: Sequence[MessageWait]) -> None:
    if values:
        tx.connection.execute(insert(message_wait), [plain(value) for value in values])


def close_waits(tx: Transaction, case_id: str, numbers: Collection[int]) -> None:
    if numbers:
        which = (message_wait.c.case_id == case_id) & message_wait.c.number.in_(sorted(numbers))
        tx.connection.execute(delete(message_wait).where(which))


def waits_for(
    tx: Transaction, *, kind: str, name: str, key: str | None = None, case_id: str | None = None
) -> list[MessageWait]:
    """Ordered by case, so that several cases are always locked in the same order."""
    statement = select(message_wait).where(message_wait.c.kind == kind, message_wait.c.name == name)
    if key is not None:
        statement = statement.where(message_wait.c.key == key)
    if case_id is not None:
        statement = statement.where(message_wait.c.case_id == case_id)
    return [_value(row) for row in tx.connection.execute(statement.order_by("case_id", "number"))]


def waits_of_case(tx: Transaction, case_id: str) -> list[MessageWait]:
    statement = select(message_wait).where(message_wait.c.case_id == case_id).order_by("number")
    return [_value(row) for row in tx.connection.execute(statement)]


def retain_message(tx: Transaction, name: str, key: str, content: str, *, at: datetime) -> None:
    """Keep a thrown message; its row is locked, so thrower and waiter see each other one way or the other."""
    insert_new(tx, message_retained, [{"name": name, "key": key}])
    tx.connection.execute(update(message_retained).where(_row(name, key)).values(content=content, thrown_at=at))


def retained_message(tx: Transaction, name: str, key: str) -> str | None:
    """The last message thrown under (name, key), or None; locks the row until the transaction ends."""
    insert_new(tx, message_retained, [{"name": name, "key": key}])
    return tx.connection.execute(select(message_retained.c.content).where(_row(name, key)).with_for_update()).scalar()


def _row(name: str, key: str) -> ColumnElement[bool]:
    return and_(message_retained.c.name == name, message_retained.c.key == key)


def _value(row: Any) -> MessageWait:
    return MessageWait(**row._mapping)
