"""Passwords, sessions and API tokens; tokens are kept as hashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from service.store.rows import put
from service.store.session import Transaction
from service.store.tables import account, api_token, session


@dataclass(frozen=True, slots=True)
class Account:
    """``password_hash`` is argon2id; ``failures`` since the last success."""

    person_id: str
    login: str
    password_hash: str
    failures: int
    locked_until: datetime | None


@dataclass(frozen=True, slots=True)
class Session:
    token_hash: str
    person_id: str
    created_at: datetime
    expires_at: datetime
    idle_until: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiToken:
    id: str
    person_id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


def set_password(tx: Transaction, person_id: str, *, login: str, password_hash: str) -> None:
    """Create or replace the person's account; failures start at nought."""
    row = {"person_id": person_id, "login": login, "password_hash": password_hash, "failures": 0, "locked_until": None}
    put(tx, account, row)


def account_by_login(tx: Transaction, login: str) -> Account | None:
    """Locks the row, so that failures of simultaneous tries all count."""
    statement = select(account).where(account.c.login == login)
    row = tx.connection.execute(statement.with_for_update()).first()
    return Account(**row._mapping) if row else None


def account_of_login(tx: Transaction, login: str) -> Account | None:
    """The same without the lock, for looking only."""
    row = tx.connection.execute(select(account).where(account.c.login == login)).first()
    return Account(**row._mapping) if row else None


def save_failures(tx: Transaction, person_id: str, *, failures: int, locked_until: datetime | None) -> None:
    statement = update(account).where(account.c.person_id == person_id)
    tx.connection.execute(statement.values(failures=failures, locked_until=locked_until))


def add_session(
    tx: Transaction,
    *,
    token_hash: str,
    person_id: str,
    created_at: datetime,
    expires_at: datetime,
    idle_until: datetime,
) -> None:
    row = {
        "token_hash": token_hash, "person_id": person_id, "created_at": created_at, "expires_at": expires_at,
        "idle_until": idle_until, "ended_at": None,
    }  # fmt: skip
    put(tx, session, row)


def session_by_hash(tx: Transaction, token_hash: str) -> Session | None:
    row = tx.connection.execute(select(session).where(session.c.token_hash == token_hash)).first()
    return Session(**row._mapping) if row else None


def touch_session(tx: Transaction, token_hash: str, *, idle_until: datetime) -> None:
    tx.connection.execute(update(session).where(session.c.token_hash == token_hash).values(idle_until=idle_until))


def end_session(tx: Transaction, token_hash: str, *, at: datetime) -> None:
    statement = update(session).where(session.c.token_hash == token_hash, session.c.ended_at.is_(None))
    tx.connection.execute(statement.values(ended_at=at))


def forget_sessions(tx: Transaction, *, ended_before: datetime) -> int:
    """Drop sessions whose last moment lies before; answers how many."""
    return tx.connection.execute(delete(session).where(session.c.expires_at < ended_before)).rowcount


def add_api_token(
    tx: Transaction, *, id: str, token_hash: str, person_id: str, name: str, scopes: Sequence[str],
    created_at: datetime, expires_at: datetime,
) -> None:  # fmt: skip
    row = {
        "id": id, "token_hash": token_hash, "person_id": person_id, "name": name, "scopes": list(scopes),
        "created_at": created_at, "expires_at": expires_at, "revoked_at": None,
    }  # fmt: skip
    tx.connection.execute(insert(api_token).values(**row))


def api_token_by_hash(tx: Transaction, token_hash: str) -> ApiToken | None:
    row = tx.connection.execute(select(api_token).where(api_token.c.token_hash == token_hash)).first()
    if row is None:
        return None
    found = {k: v for k, v in row._mapping.items() if k != "token_hash"}
    return ApiToken(**found | {"scopes": tuple(row.scopes)})


def revoke_api_token(tx: Transaction, id: str, *, person_id: str, at: datetime) -> bool:
    """False when the person has no such live token."""
    statement = update(api_token).where(
        api_token.c.id == id, api_token.c.person_id == person_id, api_token.c.revoked_at.is_(None)
    )
    return tx.connection.execute(statement.values(revoked_at=at)).rowcount == 1
