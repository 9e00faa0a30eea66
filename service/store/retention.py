"""Deleting what is no longer needed, and nothing else. What may go is decided by the callers; here stand the guards of what is still used."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    String,
    Table,
    Text,
    delete,
    exists,
    false,
    or_,
    select,
    type_coerce,
    update,
)

from service.domain.cases import CaseStatus
from service.store.session import Transaction
from service.store.tables import api_token, attachment, blob, blob_chunk, case_, metadata, notification, session
from service.store.tables.base import JsonText

# Words in the names of columns that may hold an id or a digest (a draft names files inside its text: a clerk who saved half
# a form comes back to it later), and the tables of the thing itself.
_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "attachment": (("attachment", "file", "document", "upload", "scan", "draft"), ("attachment",)),
    "blob": (("sha256", "blob", "digest", "document", "upload", "scan"), ("blob", "blob_chunk")),
}
AT_ONCE = 500  # files looked at in one transaction; the next tidying takes the next ones


def forget_notices(tx: Transaction, *, before: datetime) -> int:
    """Notices older than ``before`` that belong to no running case; answers how many."""
    running = select(case_.c.id).where(case_.c.status.in_((CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value)))
    which = (
        notification.c.created_at < before,
        or_(notification.c.case_id.is_(None), notification.c.case_id.not_in(running)),
    )
    return tx.connection.execute(delete(notification).where(*which)).rowcount


def forget_uploads(tx: Transaction, *, before: datetime) -> int:
    """Files people uploaded before ``before`` and never used: bound to no case, named by no record and no draft. Answers how many."""
    unused = attachment.c.case_id.is_(None), attachment.c.added_at < before, ~_named(attachment, attachment.c.id)
    found = tx.connection.execute(select(attachment.c.id).where(*unused).order_by(attachment.c.added_at).limit(AT_ONCE))
    gone = list(found.scalars())
    if gone:
        tx.connection.execute(delete(attachment).where(attachment.c.id.in_(gone), attachment.c.case_id.is_(None)))
    return len(gone)


def forget_files(tx: Transaction, *, before: datetime) -> tuple[int, int]:
    """Contents stored before ``before`` to which no row refers any more: (how many, their bytes)."""
    statement = select(blob.c.sha256, blob.c.size).where(blob.c.created_at < before, ~_named(blob, blob.c.sha256))
    rows = tx.connection.execute(statement.limit(AT_ONCE).with_for_update(skip_locked=True)).all()
    gone = [row.sha256 for row in rows]
    if gone:
        for table in (blob_chunk, blob):
            tx.connection.execute(delete(table).where(table.c.sha256.in_(gone)))
    return len(gone), sum(row.size for row in rows)


def columns_naming(thing: Table) -> list[Column[Any]]:
    """Columns of any other table that may name a row of ``thing`` (attachment or blob): by a foreign key, or by their own name.

    Found in the tables themselves, so that a new table counts at once. Too many is harmless, one too few loses a file.
    """
    words, own = _WORDS[thing.name]
    columns = [c for table in metadata.sorted_tables if table.name not in own for c in table.columns]
    return [c for c in columns if _is_text(c) and (any(w in c.name for w in words) or _points_at(c, thing))]


def end_all_sessions(tx: Transaction, *, at: datetime) -> int:
    """Everybody signs in anew; answers how many sessions were open."""
    statement = update(session).where(session.c.ended_at.is_(None), session.c.expires_at > at)
    return tx.connection.execute(statement.values(ended_at=at)).rowcount


def revoke_all_tokens(tx: Transaction, *, at: datetime) -> int:
    """Programs need new tokens; answers how many were alive."""
    statement = update(api_token).where(api_token.c.revoked_at.is_(None), api_token.c.expires_at > at)
    return tx.connection.execute(statement.values(revoked_at=at)).rowcount


def _points_at(column: Column[Any], thing: Table) -> bool:
    return any(key.column.table is thing for key in column.foreign_keys)


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, String | JsonText)


def _named(thing: Table, name: Column[Any]) -> ColumnElement[bool]:
    """Whether a column of another table holds ``name``, alone or, where several may stand in one text, among others."""
    return or_(false(), *(exists().where(_holds(column, name)) for column in columns_naming(thing)))


def _holds(column: Column[Any], name: Column[Any]) -> ColumnElement[bool]:
    if isinstance(column.type, Text | JsonText):
        return type_coerce(column, Text).contains(name)
    return column == name
