"""The register of deadlines."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select

from service.domain.deadlines import Clause, Deadline, Strength
from service.store.rows import insert_new, put
from service.store.session import Transaction
from service.store.tables import deadline


def add_deadline(tx: Transaction, value: Deadline) -> bool:
    """False when there is one of this id."""
    return insert_new(tx, deadline, [_row(value)]) == 1


def put_deadline(tx: Transaction, value: Deadline) -> None:
    """Add it, or replace the one of this id, which the caller has locked."""
    put(tx, deadline, _row(value))


def get_deadline(tx: Transaction, id: str, *, lock: bool = False) -> Deadline | None:
    statement = select(deadline).where(deadline.c.id == id)
    row = tx.connection.execute(statement.with_for_update() if lock else statement).first()
    return _value(row) if row else None


def list_deadlines(
    tx: Transaction, *, organisation_id: str | None = None, strength: str | None = None
) -> list[Deadline]:
    """All of them, by subject and organisation: a county has some hundreds."""
    statement = select(deadline).order_by(deadline.c.document, deadline.c.subject, deadline.c.organisation_id)
    wanted = {deadline.c.organisation_id: organisation_id, deadline.c.strength: strength}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    return [_value(row) for row in tx.connection.execute(statement)]


def _row(value: Deadline) -> dict[str, Any]:
    clauses = [asdict(c) | {"due": c.due.isoformat() if c.due else None} for c in value.clauses]
    return asdict(value) | {"strength": value.strength.value, "clauses": clauses}


def _value(row: Any) -> Deadline:
    clauses = tuple(Clause(**{**c, "due": date.fromisoformat(c["due"]) if c["due"] else None}) for c in row.clauses)
    return Deadline(**{**row._mapping, "strength": Strength(row.strength), "clauses": clauses})
