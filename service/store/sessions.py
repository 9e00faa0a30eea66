"""Sessions of people in browsers. A session is found by the hash of its token and named by its id."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, insert, select, update

from service.domain.accounts import Standing
from service.store.session import Transaction
from service.store.tables import account, person_role, second_factor, session


@dataclass(frozen=True, slots=True)
class Session:
    """``method``: password or oidc. ``agent``: the browser's own words, shortened. ``second_factor_due``: half a sign-in."""

    id: str
    token_hash: str
    person_id: str
    created_at: datetime
    expires_at: datetime
    idle_until: datetime
    seen_at: datetime
    ended_at: datetime | None = None
    address: str = ""
    agent: str = ""
    method: str = "password"
    second_factor_due: bool = False

    def live(self, now: datetime) -> bool:
        return self.ended_at is None and now < min(self.expires_at, self.idle_until)


def add_session(tx: Transaction, value: Session) -> None:
    tx.connection.execute(insert(session).values(**{name: getattr(value, name) for name in Session.__slots__}))


def session_by_hash(tx: Transaction, token_hash: str) -> Session | None:
    row = tx.connection.execute(select(session).where(session.c.token_hash == token_hash)).first()
    return Session(**row._mapping) if row else None


def session_with_standing(tx: Transaction, token_hash: str) -> tuple[Session, Standing] | None:
    """The session and what decides whether it may work, in one look: every request by cookie asks."""
    joined = session.outerjoin(account, account.c.person_id == session.c.person_id)
    joined = joined.outerjoin(person_role, person_role.c.person_id == session.c.person_id)
    joined = joined.outerjoin(second_factor, second_factor.c.person_id == session.c.person_id)
    more = (account.c.must_change, account.c.password_set_at, person_role.c.role, second_factor.c.confirmed_at)
    statement: Select[Any] = select(*session.c, *more).select_from(joined).where(session.c.token_hash == token_hash)
    row = tx.connection.execute(statement).first()
    if row is None:
        return None
    found = Session(**{name: getattr(row, name) for name in Session.__slots__})
    standing = Standing(
        administrator=row.role is not None, enrolled=row.confirmed_at is not None, code_due=found.second_factor_due,
        by_password=found.method == "password", must_change=bool(row.must_change), password_set_at=row.password_set_at,
    )  # fmt: skip
    return found, standing


def touch_session(tx: Transaction, token_hash: str, *, idle_until: datetime, seen_at: datetime) -> None:
    statement = update(session).where(session.c.token_hash == token_hash)
    tx.connection.execute(statement.values(idle_until=idle_until, seen_at=seen_at))


def end_session(tx: Transaction, token_hash: str, *, at: datetime) -> None:
    statement = update(session).where(session.c.token_hash == token_hash, session.c.ended_at.is_(None))
    tx.connection.execute(statement.values(ended_at=at))


def end_session_of(tx: Transaction, id: str, *, person_id: str, at: datetime) -> bool:
    """False when the person has no such session, or it is over."""
    which = (session.c.id == id) & (session.c.person_id == person_id) & session.c.ended_at.is_(None)
    return tx.connection.execute(update(session).where(which).values(ended_at=at)).rowcount == 1


def end_sessions(tx: Transaction, person_id: str, *, at: datetime, but: str = "") -> int:
    """All of a person's but the one with token hash ``but``; answers how many ended."""
    which = (session.c.person_id == person_id) & session.c.ended_at.is_(None) & (session.c.token_hash != but)
    return tx.connection.execute(update(session).where(which).values(ended_at=at)).rowcount


def sessions_of(tx: Transaction, person_id: str, *, now: datetime) -> list[Session]:
    """Those that live, latest seen first."""
    live = (
        (session.c.person_id == person_id) & session.c.ended_at.is_(None)
        & (session.c.expires_at > now) & (session.c.idle_until > now)
    )  # fmt: skip
    rows = tx.connection.execute(select(session).where(live).order_by(session.c.seen_at.desc(), session.c.id))
    return [Session(**row._mapping) for row in rows]


def signed_in_from(tx: Transaction, person_id: str, address: str, *, since: datetime) -> bool:
    """Whether the person finished a sign-in from this address since then."""
    which = (
        (session.c.person_id == person_id) & (session.c.address == address)
        & (session.c.created_at >= since) & ~session.c.second_factor_due
    )  # fmt: skip
    return tx.connection.execute(select(session.c.id).where(which).limit(1)).first() is not None


def forget_sessions(tx: Transaction, *, ended_before: datetime) -> int:
    """Drop sessions whose last moment lies before; answers how many."""
    return tx.connection.execute(delete(session).where(session.c.expires_at < ended_before)).rowcount
