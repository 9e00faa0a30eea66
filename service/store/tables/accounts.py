"""What belongs to signing in: earlier passwords, failed tries, second factors, sign-ins begun at another provider."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text

from service.store.tables.base import Moment, metadata

password_used = Table(
    "password_used",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("person_id", String(64), ForeignKey("person.id"), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("set_at", Moment, nullable=False),
    Index(None, "person_id"),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("id", String(64), primary_key=True),
    # SHA-256 of what was typed as login: people type their password there by mistake.
    Column("login_hash", String(64), nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "login_hash", "at"),
    Index(None, "address", "at"),
    Index(None, "at"),
)

second_factor = Table(
    "second_factor",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("secret", Text, nullable=False),  # encrypted; the key is not in the database
    Column("begun_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_step", BigInteger, nullable=False),  # no code of this half-minute or an earlier one counts again
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("person_id", String(64), ForeignKey("person.id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("used_at", Moment),
)

oidc_attempt = Table(
    "oidc_attempt",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("browser_hash", String(64), nullable=False),
    Column("next_path", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Index(None, "begun_at"),
)
