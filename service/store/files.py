"""Files by content, in pieces, and what they are attached to. One backup holds everything, any replica can serve it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from service.domain.cases import Attachment, Blob
from service.domain.errors import Conflict
from service.store.rows import insert_new, plain
from service.store.session import Transaction
from service.store.tables import attachment, blob, blob_chunk

PIECE = 256 * 1024


def add_blob(
    tx: Transaction, *, sha256: str, media_type: str, chunks: Iterable[bytes], size: int, at: datetime
) -> None:
    """Store the content once; ``chunks`` may have any sizes."""
    row = {"sha256": sha256, "size": size, "media_type": media_type, "created_at": at}
    if insert_new(tx, blob, [row]):
        for number, piece in enumerate(_pieces(chunks)):
            tx.connection.execute(insert(blob_chunk).values(sha256=sha256, number=number, content=piece))


def get_blob(tx: Transaction, sha256: str) -> Blob | None:
    row = tx.connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
    return Blob(**row._mapping) if row else None


def read_piece(tx: Transaction, sha256: str, number: int) -> bytes | None:
    """One piece of the content, counted from nought; None behind the last."""
    which = (blob_chunk.c.sha256 == sha256) & (blob_chunk.c.number == number)
    piece = tx.connection.execute(select(blob_chunk.c.content).where(which)).scalar()
    return None if piece is None else bytes(piece)


def read_blob(tx: Transaction, sha256: str) -> Iterator[bytes]:
    """The whole content piece by piece; the transaction must stay open while it is read."""
    number = 0
    while (piece := read_piece(tx, sha256, number)) is not None:
        yield piece
        number += 1


def add_attachment(tx: Transaction, value: Attachment) -> None:
    tx.connection.execute(insert(attachment).values(**plain(value)))


def get_attachment(tx: Transaction, id: str) -> Attachment | None:
    row = tx.connection.execute(select(attachment).where(attachment.c.id == id)).first()
    return _value(row) if row else None


def attachments_by_ids(tx: Transaction, ids: Collection[str]) -> list[Attachment]:
    """Those of the ids that are attachments, oldest first."""
    if not ids:
        return []
    statement = select(attachment).where(attachment.c.id.in_(sorted(ids)))
    return [_value(row) for row in tx.connection.execute(statement.order_by(attachment.c.added_at, attachment.c.id))]


def attachments_of(tx: Transaction, *, case_id: str | None = None, task_id: str | None = None) -> list[Attachment]:
    statement = select(attachment).order_by(attachment.c.added_at, attachment.c.id)
    if case_id:
        statement = statement.where(attachment.c.case_id == case_id)
    if task_id:
        statement = statement.where(attachment.c.task_id == task_id)
    return [_value(row) for row in tx.connection.execute(statement)]


def bind_attachments(tx: Transaction, ids: Collection[str], *, case_id: str, task_id: str | None) -> None:
    """An act refers to these files; they now belong to its case. Conflict when one was tidied away in this very moment."""
    statement = update(attachment).where(attachment.c.id.in_(sorted(ids)))
    if tx.connection.execute(statement.values(case_id=case_id or None, task_id=task_id)).rowcount != len(set(ids)):
        raise Conflict("attachment.gone")


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) >= PIECE:
            yield bytes(rest[:PIECE])
            del rest[:PIECE]
    if rest:
        yield bytes(rest)


def _value(row: Any) -> Attachment:
    return Attachment(**row._mapping)
