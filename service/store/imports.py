"""Imports of sheets: batches with the workbook as read, their lines, and the lock that keeps registers still while one is stored."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import astuple
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, text, update

from service.domain.paging import Page
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.cells import Book, as_plain, book_from
from service.domain.sheets.columns import Fault
from service.domain.sheets.plan import Line, State, line_as_plain, line_from
from service.store.rows import one_page, plain
from service.store.session import Transaction
from service.store.tables import import_batch, import_line

AT_ONCE = 500
REGISTERS = (
    "organisation", "person", "person_role", "post_holding", "station", "legal_basis", "form", "item", "power_document",
    "dictionary_entry",
)  # fmt: skip


def lock_registers(tx: Transaction) -> None:
    """Nobody else changes what sheets are compared with until the transaction ends; reading goes on. SQLite has one writer anyway."""
    if tx.dialect == "postgresql":
        tx.connection.execute(text(f"LOCK TABLE {', '.join(REGISTERS)} IN SHARE ROW EXCLUSIVE MODE"))


def add_batch(tx: Transaction, value: Batch, book: Book, lines: Iterable[Line]) -> None:
    row = plain(value) | {
        "status": value.status.value, "kinds": list(value.kinds), "notes": list(value.notes), "book": as_plain(book),
        "faults": [list(astuple(fault)) for fault in value.faults],
    }  # fmt: skip
    tx.connection.execute(insert(import_batch).values(**row))
    rows = [
        {"batch_id": value.id, "number": number, "state": line.state.value, "content": line_as_plain(line)}
        for number, line in enumerate(lines, 1)
    ]
    for start in range(0, len(rows), AT_ONCE):
        tx.connection.execute(insert(import_line), rows[start : start + AT_ONCE])


def get_batch(tx: Transaction, id: str) -> Batch | None:
    row = tx.connection.execute(_batches().where(import_batch.c.id == id)).first()
    return _batch(row) if row else None


def lock_batch(tx: Transaction, id: str) -> Batch | None:
    """Locked, so that it is stored once."""
    row = tx.connection.execute(_batches().where(import_batch.c.id == id).with_for_update()).first()
    return _batch(row) if row else None


def book_of(tx: Transaction, id: str) -> Book:
    """The workbook as it was read."""
    return book_from(tx.connection.execute(select(import_batch.c.book).where(import_batch.c.id == id)).scalar_one())


def close_batch(
    tx: Transaction, id: str, status: BatchStatus, *, by: str, at: datetime, renewed_as: str | None = None
) -> None:
    statement = update(import_batch).where(import_batch.c.id == id)
    tx.connection.execute(
        statement.values(status=status.value, closed_by=by, closed_at=at, renewed_as=renewed_as)
    )  # fmt: skip


def list_batches(
    tx: Transaction, *, added_by: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Batch]:
    """Newest first; those of one person, or all."""
    statement = _batches()
    if added_by:
        statement = statement.where(import_batch.c.added_by == added_by)
    order = [import_batch.c.added_at, import_batch.c.id]
    return one_page(tx, statement, _batch, order=order, after=after, limit=limit)


def list_lines(
    tx: Transaction, batch_id: str, *, state: State | None = None, after: str | None = None, limit: int = 50
) -> Page[Line]:
    """In the order of the workbook."""
    statement = select(import_line).where(import_line.c.batch_id == batch_id)
    if state:
        statement = statement.where(import_line.c.state == state.value)
    order = [import_line.c.number]
    return one_page(
        tx, statement, lambda row: line_from(row.content), order=order, after=after, limit=limit, newest_first=False
    )


def lines_of(tx: Transaction, batch_id: str, states: Collection[State]) -> Iterator[Line]:
    """All of them, in the order of the workbook."""
    wanted = [state.value for state in states]
    statement = select(import_line.c.content).where(import_line.c.batch_id == batch_id, import_line.c.state.in_(wanted))
    for content in tx.connection.execute(statement.order_by(import_line.c.number)).scalars():
        yield line_from(content)


def forget_previews(tx: Transaction, *, before: datetime) -> int:
    """Workbooks uploaded before ``before`` and never imported go with their lines; answers how many."""
    old = import_batch.c.added_at < before, import_batch.c.status != BatchStatus.APPLIED.value
    statement = select(import_batch.c.id).where(*old).order_by(import_batch.c.added_at).limit(AT_ONCE)
    gone = list(tx.connection.execute(statement.with_for_update(skip_locked=True)).scalars())
    if gone:
        tx.connection.execute(delete(import_line).where(import_line.c.batch_id.in_(gone)))
        tx.connection.execute(delete(import_batch).where(import_batch.c.id.in_(gone)))
    return len(gone)


def _batches() -> Select[Any]:
    return select(*(column for column in import_batch.c if column.name != "book"))


def _batch(row: Any) -> Batch:
    found = dict(row._mapping) | {
        "status": BatchStatus(row.status), "kinds": tuple(row.kinds), "notes": tuple(row.notes),
        "faults": tuple(Fault(*fault) for fault in row.faults),
    }  # fmt: skip
    return Batch(**found)
