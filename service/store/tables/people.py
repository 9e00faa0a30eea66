"""Organisations, persons, posts, accounts, the calendar and small settings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

from service.store.tables.base import JsonText, Moment, metadata

organisation = Table(
    "organisation",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("short_name", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("parent_id", String(64), ForeignKey("organisation.id")),
    Column("code", String(18), nullable=False, default=""),
    Column("office", String(32), nullable=False, default=""),
    Column("head_title", Text, nullable=False, default=""),
    Index(None, "parent_id"),
)

person = Table(
    "person",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), nullable=False),
    Column("fictional", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("auditor", Boolean, nullable=False, default=False),
    Index(None, "organisation_id"),
)

person_role = Table(
    "person_role",
    metadata,
    # One role a person at most: the three administrators (三员) exclude each other by this key.
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("role", String(32), nullable=False),
    CheckConstraint("role IN ('system_admin', 'security_admin', 'audit_admin')", name="known_role"),
)

post_holding = Table(
    "post_holding",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("post", String(64), primary_key=True),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), primary_key=True),
    Index(None, "post", "organisation_id"),
)

account = Table(
    "account",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("login", String(64), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Moment),
    UniqueConstraint("login"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("idle_until", Moment, nullable=False),
    Column("ended_at", Moment),
    Index(None, "person_id"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", JsonText, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
    UniqueConstraint("token_hash"),
    Index(None, "person_id"),
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

clock_setting = Table(
    "clock_setting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("offset_seconds", BigInteger, nullable=False),
)
