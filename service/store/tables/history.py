"""The sealed history and remembered answers. Triggers (see the migration) refuse changes to events."""

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, String, Table, Text

from service.store.tables.base import JsonText, Moment, metadata

event = Table(
    "event",
    metadata,
    Column("chain", String(300), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("body", Text, nullable=False),
    # Copies for searching; the truth is the body.
    Column("case_id", String(64)),
    Column("type", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor_id", String(64), nullable=False),
    Index(None, "case_id", "seq"),
    Index(None, "actor_id", "at"),
    Index(None, "at"),
)

event_payload = Table(
    "event_payload",
    metadata,
    Column("chain", String(300), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("salt", String(64)),
    Column("content", Text),
    Column("erased", Boolean, nullable=False, default=False),
    ForeignKeyConstraint(["chain", "seq"], ["event.chain", "event.seq"]),
)

chain = Table(
    "chain",
    metadata,
    Column("chain", String(300), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor_id", String(64), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("headers", JsonText, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index(None, "created_at"),
)
