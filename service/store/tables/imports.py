"""Imports of sheets: the file as it was read, and the plan that was shown before anything was stored."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from service.store.tables.base import JsonText, Moment, metadata

import_batch = Table(
    "import_batch",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("sha256", String(64), ForeignKey("blob.sha256"), nullable=False),
    Column("added_by", String(64), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("status", String(16), nullable=False),
    Column("kinds", JsonText, nullable=False),
    Column("counts", JsonText, nullable=False),
    Column("faults", JsonText, nullable=False),
    Column("notes", JsonText, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("closed_by", String(64), nullable=False),
    Column("closed_at", Moment),
    Column("renewed_as", String(64)),
    Column("book", JsonText, nullable=False),
    Index(None, "added_at"),
)

import_line = Table(
    "import_line",
    metadata,
    Column("batch_id", String(64), ForeignKey("import_batch.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("state", String(16), nullable=False),
    Column("content", JsonText, nullable=False),
    Index(None, "batch_id", "state"),
)
