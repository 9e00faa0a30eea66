"""Persons, their posts and roles."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from service.domain.people import Actor, Holding, Person, Role
from service.store.rows import plain, put
from service.store.session import Transaction
from service.store.tables import person, person_role, post_holding


def add_person(
    tx: Transaction, value: Person, *, holdings: Sequence[Holding], roles: Iterable[Role] = (), auditor: bool = False
) -> None:
    """Add or replace a person with all posts; at most one administrator's role (三员 exclude each other)."""
    put(tx, person, plain(value) | {"auditor": auditor})
    tx.connection.execute(delete(post_holding).where(post_holding.c.person_id == value.id))
    tx.connection.execute(delete(person_role).where(person_role.c.person_id == value.id))
    rows = [{"person_id": value.id, "post": h.post, "organisation_id": h.organisation_id} for h in holdings]
    if rows:
        tx.connection.execute(insert(post_holding), rows)
    for role in roles:
        tx.connection.execute(insert(person_role).values(person_id=value.id, role=Role(role).value))


def edit_person(tx: Transaction, id: str, *, name: str, organisation_id: str) -> None:
    tx.connection.execute(update(person).where(person.c.id == id).values(name=name, organisation_id=organisation_id))


def set_posts(tx: Transaction, id: str, holdings: Sequence[Holding]) -> None:
    tx.connection.execute(delete(post_holding).where(post_holding.c.person_id == id))
    rows = [{"person_id": id, "post": h.post, "organisation_id": h.organisation_id} for h in holdings]
    if rows:
        tx.connection.execute(insert(post_holding), rows)


def holdings_of(tx: Transaction, ids: Sequence[str]) -> dict[str, tuple[Holding, ...]]:
    found: dict[str, list[Holding]] = {id: [] for id in ids}
    for id, held in all_holdings(tx):
        if id in found:
            found[id].append(held)
    return {id: tuple(held) for id, held in found.items()}


def all_holdings(tx: Transaction) -> list[tuple[str, Holding]]:
    """(person, post) of everybody, active or not, in a fixed order."""
    columns = (post_holding.c.person_id, post_holding.c.post, post_holding.c.organisation_id)
    rows = tx.connection.execute(select(*columns).order_by(*columns))
    return [(row.person_id, Holding(row.post, row.organisation_id)) for row in rows]


def administrators(tx: Transaction) -> frozenset[str]:
    """Ids of everybody with one of the three administrators' roles."""
    return frozenset(tx.connection.execute(select(person_role.c.person_id)).scalars())


def get_person(tx: Transaction, id: str) -> Person | None:
    row = tx.connection.execute(select(person).where(person.c.id == id)).first()
    return _value(row) if row else None


def people_by_id(tx: Transaction, ids: Collection[str]) -> dict[str, Person]:
    """Those of the ids that are people."""
    if not ids:
        return {}
    found = tx.connection.execute(select(person).where(person.c.id.in_(sorted(ids))))
    return {row.id: _value(row) for row in found}


def list_people(tx: Transaction, *, organisation_id: str | None = None) -> list[Person]:
    statement = select(person).order_by(person.c.organisation_id, person.c.id)
    if organisation_id:
        statement = statement.where(person.c.organisation_id == organisation_id)
    return [_value(row) for row in tx.connection.execute(statement)]


def actor(tx: Transaction, person_id: str) -> Actor | None:
    """The person with all posts and roles; None when unknown or no longer active."""
    row = tx.connection.execute(select(person).where(person.c.id == person_id)).first()
    if row is None or not row.active:
        return None
    held = tx.connection.execute(
        select(post_holding.c.post, post_holding.c.organisation_id)
        .where(post_holding.c.person_id == person_id)
        .order_by(post_holding.c.post, post_holding.c.organisation_id)
    )
    roles = tx.connection.execute(select(person_role.c.role).where(person_role.c.person_id == person_id)).scalars()
    return Actor(
        person_id=row.id,
        name=row.name,
        organisation_id=row.organisation_id,
        holdings=tuple(Holding(post, organisation_id) for post, organisation_id in held),
        roles=frozenset(Role(role) for role in roles),
        auditor=row.auditor,
    )


def people_holding(tx: Transaction, post: str, organisation_id: str) -> list[Person]:
    """Everybody active who holds the post there."""
    statement = (
        select(person)
        .join(post_holding, post_holding.c.person_id == person.c.id)
        .where(post_holding.c.post == post, post_holding.c.organisation_id == organisation_id, person.c.active)
        .order_by(person.c.id)
    )
    return [_value(row) for row in tx.connection.execute(statement)]


def _value(row: Any) -> Person:
    return Person(row.id, row.name, row.organisation_id, fictional=row.fictional, active=row.active)
