"""Failed sign-ins, kept for as long as they count, and sign-ins begun at the county's own identity provider."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select

from service.store.session import Transaction
from service.store.tables import oidc_attempt, sign_in_failure


@dataclass(frozen=True, slots=True)
class Failures:
    """How many, and when the last one was."""

    count: int
    last: datetime | None


def add_failure(tx: Transaction, id: str, *, login_hash: str, address: str, at: datetime) -> None:
    row = {"id": id, "login_hash": login_hash, "address": address, "at": at}
    tx.connection.execute(insert(sign_in_failure).values(**row))


def failures(
    tx: Transaction, *, since: datetime, login_hash: str | None = None, address: str | None = None
) -> Failures:
    """Those after ``since``, of one login, from one address, or of both; of everybody when neither is given."""
    wanted: list[ColumnElement[bool]] = [sign_in_failure.c.at > since]
    if login_hash is not None:
        wanted.append(sign_in_failure.c.login_hash == login_hash)
    if address is not None:
        wanted.append(sign_in_failure.c.address == address)
    statement = select(func.count().label("n"), func.max(sign_in_failure.c.at).label("last"))
    row = tx.connection.execute(statement.where(*wanted)).one()
    return Failures(row.n, row.last)


def clear_failures(tx: Transaction, *, login_hash: str, address: str | None = None) -> int:
    """Forget those of a login, from one address or from all; answers how many."""
    which = sign_in_failure.c.login_hash == login_hash
    if address is not None:
        which &= sign_in_failure.c.address == address
    return tx.connection.execute(delete(sign_in_failure).where(which)).rowcount


def locked_logins(tx: Transaction, *, since: datetime, most: int) -> set[str]:
    """Hashes of logins that have ``most`` failures from some address: for lists of accounts."""
    grouped = select(sign_in_failure.c.login_hash).where(sign_in_failure.c.at > since)
    grouped = grouped.group_by(sign_in_failure.c.login_hash, sign_in_failure.c.address)
    return set(tx.connection.execute(grouped.having(func.count() >= most)).scalars())


def forget_failures(tx: Transaction, *, before: datetime) -> int:
    return tx.connection.execute(delete(sign_in_failure).where(sign_in_failure.c.at < before)).rowcount


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that waits for the provider's answer; of what only the browser knows the database has the hash."""

    state_hash: str
    browser_hash: str
    next_path: str
    begun_at: datetime


def add_attempt(tx: Transaction, value: Attempt) -> None:
    tx.connection.execute(insert(oidc_attempt).values(**{name: getattr(value, name) for name in Attempt.__slots__}))


def take_attempt(tx: Transaction, state_hash: str) -> Attempt | None:
    """The attempt, gone with this: a state counts once, whoever comes with it."""
    statement = delete(oidc_attempt).where(oidc_attempt.c.state_hash == state_hash).returning(*oidc_attempt.c)
    row = tx.connection.execute(statement).first()
    return Attempt(**row._mapping) if row else None


def count_attempts(tx: Transaction) -> int:
    return tx.connection.execute(select(func.count()).select_from(oidc_attempt)).scalar_one()


def forget_attempts(tx: Transaction, *, before: datetime) -> int:
    return tx.connection.execute(delete(oidc_attempt).where(oidc_attempt.c.begun_at < before)).rowcount
