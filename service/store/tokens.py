"""API tokens of programs that act in a person's name; kept as hashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from service.store.session import Transaction
from service.store.tables import api_token


@dataclass(frozen=True, slots=True)
class ApiToken:
    """``last_used_at`` is exact to the minute."""

    id: str
    person_id: str
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


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
    return _token(row) if row else None


def tokens_of(tx: Transaction, person_id: str, *, now: datetime) -> list[ApiToken]:
    """Those that live, newest first."""
    live = (api_token.c.person_id == person_id) & api_token.c.revoked_at.is_(None) & (api_token.c.expires_at > now)
    rows = tx.connection.execute(select(api_token).where(live).order_by(api_token.c.created_at.desc(), api_token.c.id))
    return [_token(row) for row in rows]


def note_use(tx: Transaction, id: str, *, at: datetime) -> None:
    tx.connection.execute(update(api_token).where(api_token.c.id == id).values(last_used_at=at))


def revoke_api_token(tx: Transaction, id: str, *, person_id: str, at: datetime) -> bool:
    """False when the person has no such live token."""
    statement = update(api_token).where(
        api_token.c.id == id, api_token.c.person_id == person_id, api_token.c.revoked_at.is_(None)
    )
    return tx.connection.execute(statement.values(revoked_at=at)).rowcount == 1


def revoke_tokens(tx: Transaction, person_id: str, *, at: datetime) -> int:
    """All of a person's; answers how many."""
    statement = update(api_token).where(api_token.c.person_id == person_id, api_token.c.revoked_at.is_(None))
    return tx.connection.execute(statement.values(revoked_at=at)).rowcount


def _token(row: Any) -> ApiToken:
    found = {k: v for k, v in row._mapping.items() if k != "token_hash"}
    return ApiToken(**found | {"scopes": tuple(row.scopes)})
