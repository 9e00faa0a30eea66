"""Second factors: the sealed secret of a phone's codes, and codes for the day the phone is lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from service.store.rows import put
from service.store.session import Transaction
from service.store.tables import recovery_code, second_factor


@dataclass(frozen=True, slots=True)
class Factor:
    """``secret`` is encrypted. ``last_step``: the half-minute of the last code that counted. Not confirmed: not yet asked for."""

    person_id: str
    secret: str
    begun_at: datetime
    confirmed_at: datetime | None
    last_step: int


def put_factor(tx: Transaction, value: Factor) -> None:
    """Begin one, or begin anew."""
    put(tx, second_factor, {name: getattr(value, name) for name in Factor.__slots__})


def factor_of(tx: Transaction, person_id: str) -> Factor | None:
    return _factor(tx, select(second_factor).where(second_factor.c.person_id == person_id))


def lock_factor(tx: Transaction, person_id: str) -> Factor | None:
    """With a lock, so that the same code does not count twice at once."""
    return _factor(tx, select(second_factor).where(second_factor.c.person_id == person_id).with_for_update())


def confirm_factor(tx: Transaction, person_id: str, *, at: datetime, step: int) -> None:
    statement = update(second_factor).where(second_factor.c.person_id == person_id)
    tx.connection.execute(statement.values(confirmed_at=at, last_step=step))


def note_step(tx: Transaction, person_id: str, step: int) -> None:
    tx.connection.execute(update(second_factor).where(second_factor.c.person_id == person_id).values(last_step=step))


def drop_factor(tx: Transaction, person_id: str) -> bool:
    """With all recovery codes; False when there was none."""
    tx.connection.execute(delete(recovery_code).where(recovery_code.c.person_id == person_id))
    return tx.connection.execute(delete(second_factor).where(second_factor.c.person_id == person_id)).rowcount == 1


def replace_codes(tx: Transaction, person_id: str, hashes: Iterable[str]) -> None:
    """New recovery codes; the old ones are gone."""
    tx.connection.execute(delete(recovery_code).where(recovery_code.c.person_id == person_id))
    rows = [{"person_id": person_id, "code_hash": code, "used_at": None} for code in hashes]
    tx.connection.execute(insert(recovery_code), rows)


def use_code(tx: Transaction, person_id: str, code_hash: str, *, at: datetime) -> bool:
    """True once for each code."""
    which = (
        (recovery_code.c.person_id == person_id) & (recovery_code.c.code_hash == code_hash)
        & recovery_code.c.used_at.is_(None)
    )  # fmt: skip
    return tx.connection.execute(update(recovery_code).where(which).values(used_at=at)).rowcount == 1


def codes_left(tx: Transaction, person_id: str) -> int:
    which = (recovery_code.c.person_id == person_id) & recovery_code.c.used_at.is_(None)
    return tx.connection.execute(select(func.count()).select_from(recovery_code).where(which)).scalar_one()


def _factor(tx: Transaction, statement: Select[Any]) -> Factor | None:
    row = tx.connection.execute(statement).first()
    return Factor(**row._mapping) if row else None
