"""What the pages keep for a person."""

from sqlalchemy import Column, ForeignKey, String, Table

from service.store.tables.base import Moment, metadata

notice_seen = Table(
    "notice_seen",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("seen_at", Moment, nullable=False),
)
