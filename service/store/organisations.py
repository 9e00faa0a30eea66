"""Organisations."""

from typing import Any

from sqlalchemy import select

from service.domain.people import Organisation, OrgKind
from service.store.rows import plain, put
from service.store.session import Transaction
from service.store.tables import organisation

DEEPEST = 10  # levels of the tree; a ring in it ends here


def add_organisation(tx: Transaction, value: Organisation) -> None:
    """Add, or replace the one with the same id."""
    put(tx, organisation, plain(value))


def get_organisation(tx: Transaction, id: str) -> Organisation | None:
    return _one(tx, organisation.c.id == id)


def list_organisations(tx: Transaction, *, kind: str | None = None, parent_id: str | None = None) -> list[Organisation]:
    """Ordered by kind and id."""
    statement = select(organisation).order_by(organisation.c.kind, organisation.c.id)
    if kind:
        statement = statement.where(organisation.c.kind == kind)
    if parent_id:
        statement = statement.where(organisation.c.parent_id == parent_id)
    return [_value(row) for row in tx.connection.execute(statement)]


def line_of(tx: Transaction, id: str) -> tuple[Organisation, ...]:
    """The organisation and those above it, the nearest first; empty when there is none of this id."""
    found: list[Organisation] = []
    next_id: str | None = id
    while next_id and len(found) < DEEPEST:
        above = get_organisation(tx, next_id)
        if above is None:
            break
        found.append(above)
        next_id = above.parent_id
    return tuple(found)


def organisation_by_office(tx: Transaction, office: str) -> Organisation | None:
    """The county office with this function, e.g. ``reform_office``."""
    return _one(tx, organisation.c.office == office)


def offices(tx: Transaction) -> dict[str, str]:
    """Function -> organisation id of every county office that diagrams address by function."""
    rows = tx.connection.execute(select(organisation.c.office, organisation.c.id).where(organisation.c.office != ""))
    return {row.office: row.id for row in rows}


def center_of(tx: Transaction, township_id: str) -> Organisation | None:
    """The 便民服务中心 of a township or zone."""
    return _one(tx, (organisation.c.parent_id == township_id) & (organisation.c.kind == OrgKind.CENTER.value))


def _one(tx: Transaction, condition: Any) -> Organisation | None:
    row = tx.connection.execute(select(organisation).where(condition).limit(1)).first()
    return _value(row) if row else None


def _value(row: Any) -> Organisation:
    return Organisation(**{**row._mapping, "kind": OrgKind(row.kind)})
