"""Persons, their posts and roles."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from service.domain.people import Actor, Holding, Person, Role
from service.store.rows import plain, put
from service.store.session import Transaction
from service.store.tables import person, person_role, post_holding

OFFICER, ADMINISTRATOR = "officer", "administrator"


def add_person(
    tx: Transaction, value: Person, *, holdings: Sequence[Holding], roles: Iterable[Role] = (), auditor: bool = False
) -> None:
    """Add or replace a person with all posts; at most one administrator's role (三员 exclude each other), and then no post."""
    given = [Role(role) for role in roles]
    tx.connection.execute(delete(post_holding).where(post_holding.c.person_id == value.id))
    tx.connection.execute(delete(person_role).where(person_role.c.person_id == value.id))
    put(tx, person, plain(value) | {"auditor": auditor, "kind": ADMINISTRATOR if given else OFFICER})
    _hold(tx, value.id, holdings)
    for role in given:
        tx.connection.execute(insert(person_role).values(person_id=value.id, role=role.value))


def edit_person(tx: Transaction, id: str, *, name: str, organisation_id: str) -> None:
    tx.connection.execute(update(person).where(person.c.id == id).values(name=name, organisation_id=organisation_id))


def set_active(tx: Transaction, id: str, active: bool) -> None:
    tx.connection.execute(update(person).where(person.c.id == id).values(active=active))


def set_posts(tx: Transaction, id: str, holdings: Sequence[Holding], *, auditor: bool) -> None:
    """All posts of a person, in place of those before. The database refuses a post or the auditor's mark for an administrator."""
    tx.connection.execute(delete(post_holding).where(post_holding.c.person_id == id))
    tx.connection.execute(update(person).where(person.c.id == id).values(auditor=auditor))
    _hold(tx, id, holdings)


def set_role(tx: Transaction, id: str, role: Role | None) -> None:
    """The one administrator's role, or none. The database refuses a role for somebody who holds a post or audits business."""
    tx.connection.execute(delete(person_role).where(person_role.c.person_id == id))
    kind = ADMINISTRATOR if role else OFFICER
    tx.connection.execute(update(person).where(person.c.id == id).values(kind=kind))
    if role:
        tx.connection.execute(insert(person_role).values(person_id=id, role=role.value))


def lock_role(tx: Transaction, role: Role) -> list[str]:
    """Ids of the active persons with this role. Locked: two who take the role from each other come one after the other."""
    statement = select(person_role.c.person_id).where(person_role.c.role == role.value)
    tx.connection.execute(statement.order_by(person_role.c.person_id).with_for_update()).all()
    joined = select(person.c.id).join(person_role, person_role.c.person_id == person.c.id)
    active = joined.where(person_role.c.role == role.value, person.c.active).order_by(person.c.id)
    return list(tx.connection.execute(active).scalars())


def holdings_of(tx: Transaction, ids: Sequence[str]) -> dict[str, tuple[Holding, ...]]:
    """The posts of each person, active or not."""
    found: dict[str, list[Holding]] = {id: [] for id in ids}
    columns = (post_holding.c.person_id, post_holding.c.post, post_holding.c.organisation_id)
    statement = select(*columns).where(post_holding.c.person_id.in_(ids)).order_by(*columns)
    for row in tx.connection.execute(statement):
        found[row.person_id].append(Holding(row.post, row.organisation_id))
    return {id: tuple(held) for id, held in found.items()}


def role_of(tx: Transaction, id: str) -> Role | None:
    found = tx.connection.execute(select(person_role.c.role).where(person_role.c.person_id == id)).scalar()
    return Role(found) if found else None


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


def _hold(tx: Transaction, id: str, holdings: Sequence[Holding]) -> None:
    rows = [{"person_id": id, "post": h.post, "organisation_id": h.organisation_id} for h in holdings]
    if rows:
        tx.connection.execute(insert(post_holding), rows)


def _value(row: Any) -> Person:
    return Person(row.id, row.name, row.organisation_id, fictional=row.fictional, active=row.active)
