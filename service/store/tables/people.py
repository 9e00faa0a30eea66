"""Organisations, persons, posts, accounts, the calendar and small settings."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
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
    # officer or administrator. Posts and roles refer to (id, kind), so the database itself lets nobody hold both.
    Column("kind", String(16), nullable=False, default="officer", server_default="officer"),
    Index(None, "organisation_id"),
    UniqueConstraint("id", "kind"),
    CheckConstraint("kind IN ('officer', 'administrator')", name="known_kind"),
    CheckConstraint("kind = 'officer' OR NOT auditor", name="administrator_audits_no_business"),
)

person_role = Table(
    "person_role",
    metadata,
    # One role a person at most: the three administrators (三员) exclude each other by this key.
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("role", String(32), nullable=False),
    Column("kind", String(16), nullable=False, default="administrator", server_default="administrator"),
    CheckConstraint("role IN ('system_admin', 'security_admin', 'audit_admin')", name="known_role"),
    CheckConstraint("kind = 'administrator'", name="of_administrators"),
    ForeignKeyConstraint(["person_id", "kind"], ["person.id", "person.kind"]),
)

post_holding = Table(
    "post_holding",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("post", String(64), primary_key=True),
    Column("organisation_id", String(64), ForeignKey("organisation.id"), primary_key=True),
    Column("kind", String(16), nullable=False, default="officer", server_default="officer"),
    Index(None, "post", "organisation_id"),
    CheckConstraint("kind = 'officer'", name="of_officers"),
    ForeignKeyConstraint(["person_id", "kind"], ["person.id", "person.kind"]),
)

account = Table(
    "account",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("login", String(64), nullable=False),
    Column("password_hash", Text, nullable=False),  # empty: no password was ever set
    Column("password_set_at", Moment),  # empty: the password does not age
    Column("must_change", Boolean, nullable=False, default=False, server_default=false()),
    Column("one_time_until", Moment),  # set: the password is a one-time one and opens nothing after this
    Column("created_at", Moment),
    Column("created_by", String(64)),
    Column("enabled_at", Moment),
    Column("enabled_by", String(64)),
    Column("last_sign_in_at", Moment),
    Column("version", Integer, nullable=False, default=0, server_default="0"),
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
    Column("id", String(64), nullable=False),  # what lists and people name it by; it opens nothing
    Column("seen_at", Moment, nullable=False),
    Column("address", Text, nullable=False, default="", server_default=""),
    Column("agent", Text, nullable=False, default="", server_default=""),
    Column("method", String(16), nullable=False, default="password", server_default="password"),
    Column("second_factor_due", Boolean, nullable=False, default=False, server_default=false()),
    Index(None, "person_id"),
    UniqueConstraint("id"),
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
    Column("last_used_at", Moment),
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
