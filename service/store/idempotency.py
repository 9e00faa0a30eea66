"""Answers already given, by actor and Idempotency-Key, written in the transaction of the act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text

from service.store.failpoints import point
from service.store.rows import insert_new
from service.store.session import Transaction
from service.store.tables import idempotency


@dataclass(frozen=True, slots=True)
class Remembered:
    """``request_hash`` tells the same request from another one under the same key."""

    request_hash: str
    status: int
    headers: Mapping[str, str]
    body: str


def remembered(tx: Transaction, *, actor_id: str, key: str) -> Remembered | None:
    """The answer given before, waiting for a request with the same key that is still under way."""
    if tx.dialect == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 1))")
        tx.connection.execute(lock, {"name": f"{actor_id}/{key}"})
    which = (idempotency.c.actor_id == actor_id) & (idempotency.c.key == key)
    row = tx.connection.execute(select(idempotency).where(which)).first()
    return Remembered(row.request_hash, row.status, row.headers, row.body) if row else None


def remember(tx: Transaction, *, actor_id: str, key: str, answer: Remembered, at: datetime) -> None:
    row = {
        "actor_id": actor_id, "key": key, "request_hash": answer.request_hash, "status": answer.status,
        "headers": dict(answer.headers), "body": answer.body, "created_at": at,
    }  # fmt: skip
    insert_new(tx, idempotency, [row])
    point("key_remembered")


def forget_before(tx: Transaction, moment: datetime) -> int:
    """Drop answers older than ``moment``; answers how many."""
    return tx.connection.execute(delete(idempotency).where(idempotency.c.created_at < moment)).rowcount
