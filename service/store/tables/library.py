"""The item library beside its items: marks of sorting, legal bases, power documents, stations, dictionaries.

Triggers (see migration 0003) keep every stored version of an item as it is; marks are about a version and stand outside it.
"""

from sqlalchemy import Boolean, Column, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Table, Text

from service.store.tables.base import JsonText, Moment, metadata

item_mark = Table(
    "item_mark",
    metadata,
    Column("item_id", String(160), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sorting", String(16), nullable=False),
    Column("sorted_by", String(64), nullable=False),
    Column("sorted_at", Moment),
    Column("described_by", String(64), nullable=False),
    Column("described_at", Moment),
    Column("reviewed_by", String(64), nullable=False),
    Column("reviewed_at", Moment),
    ForeignKeyConstraint(["item_id", "version"], ["item.id", "item.version"]),
    Index(None, "sorting"),
)

legal_basis = Table(
    "legal_basis",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("level", String(32), nullable=False),
    Column("issuers", JsonText, nullable=False),
    Column("articles", Text, nullable=False),
    Column("effective_on", Date),
    Column("repealed_on", Date),
    Column("status", String(16), nullable=False),
    Column("successor_id", String(160), nullable=False),
    Column("note", Text, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

power_document = Table(
    "power_document",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("number", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("dated", Date),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("item_ids", JsonText, nullable=False),
    Column("township_ids", JsonText, nullable=False),
    Column("withdrawn_on", Date),
    Column("withdrawn_by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

station = Table(
    "station",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("township_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("aliases", JsonText, nullable=False),
    Column("status", String(16), nullable=False),
    Column("abolition_number", Text, nullable=False),
    Column("abolished_on", Date),
    Column("successor", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index(None, "township_id"),
)

dictionary_entry = Table(
    "dictionary_entry",
    metadata,
    Column("dictionary", String(64), primary_key=True),
    Column("code", String(64), primary_key=True),
    Column("label", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    Column("version", Integer, nullable=False),
)
