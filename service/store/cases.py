"""Cases, who may see them, and what they are about."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from service.domain.cases import Case, CaseStatus
from service.domain.paging import Page
from service.domain.permission import Visible
from service.store.failpoints import point
from service.store.rows import insert_new, one_page, plain
from service.store.seen import case_is_visible
from service.store.session import Transaction
from service.store.tables import case_, case_access, case_subject, task

_LIGHT = [c for c in case_.c if c.name != "state"]


def add_case(tx: Transaction, value: Case) -> None:
    tx.connection.execute(insert(case_).values(**plain(value)))
    point("case_added")


def lock_case(tx: Transaction, case_id: str) -> Case | None:
    """The case with its state, locked until the transaction ends. Lock first, look second.

    Rows of other cases may still point to it meanwhile (``key_share``): two cases that throw messages at each other never wait
    in a ring.
    """
    row = tx.connection.execute(select(case_).where(case_.c.id == case_id).with_for_update(key_share=True)).first()
    point("case_locked")
    return _value(row) if row else None


def case_with_state(tx: Transaction, case_id: str) -> Case | None:
    row = tx.connection.execute(select(case_).where(case_.c.id == case_id)).first()
    return _value(row) if row else None


def get_case(tx: Transaction, case_id: str) -> Case | None:
    """The case without its state."""
    row = tx.connection.execute(select(*_LIGHT).where(case_.c.id == case_id)).first()
    return _value(row) if row else None


def save_step(tx: Transaction, value: Case, *, expected_version: int) -> bool:
    """False when the case is no longer at ``expected_version``: another was first."""
    fixed = ("id", "business_key", "process_key", "definition_version", "bundle_digest", "started_at", "initiator_id")
    statement = update(case_).where(case_.c.id == value.id, case_.c.version == expected_version)
    return tx.connection.execute(statement.values(**plain(value, without=fixed))).rowcount == 1


def get_visible(tx: Transaction, case_id: str, scope: Visible) -> Case | None:
    """The case without its state, when it is one of ``scope``."""
    row = tx.connection.execute(select(*_LIGHT).where(case_.c.id == case_id, case_is_visible(scope))).first()
    return _value(row) if row else None


def grant_access(tx: Transaction, case_id: str, organisation_id: str, reason: str) -> None:
    """Open the case to an organisation; the first reason stays."""
    insert_new(tx, case_access, [{"case_id": case_id, "organisation_id": organisation_id, "reason": reason}])


def access_of(tx: Transaction, case_id: str) -> list[tuple[str, str]]:
    """(organisation id, reason) pairs."""
    statement = select(case_access.c.organisation_id, case_access.c.reason).where(case_access.c.case_id == case_id)
    return [(row.organisation_id, row.reason) for row in tx.connection.execute(statement.order_by("organisation_id"))]


def worked_on(tx: Transaction, case_id: str, person_id: str) -> bool:
    """Whether the person has, or had, a task of this case."""
    statement = select(task.c.number).where(
        task.c.case_id == case_id, (task.c.ended_by == person_id) | (task.c.assignee_id == person_id)
    )
    return tx.connection.execute(statement.limit(1)).first() is not None


def set_subjects(tx: Transaction, case_id: str, kind: str, values: Collection[str]) -> None:
    """What the case is about, replacing the earlier values of this kind."""
    tx.connection.execute(delete(case_subject).where(case_subject.c.case_id == case_id, case_subject.c.kind == kind))
    rows = [{"case_id": case_id, "kind": kind, "value": value} for value in sorted(set(values))]
    if rows:
        tx.connection.execute(insert(case_subject), rows)


def subjects_of(tx: Transaction, case_id: str) -> dict[str, list[str]]:
    """Kind -> values."""
    found: dict[str, list[str]] = {}
    statement = select(case_subject).where(case_subject.c.case_id == case_id).order_by("kind", "value")
    for row in tx.connection.execute(statement):
        found.setdefault(row.kind, []).append(row.value)
    return found


def cases_about(tx: Transaction, kind: str, value: str) -> set[str]:
    """Ids of cases not yet ended about this subject."""
    statement = (
        select(case_.c.id)
        .join(case_subject, case_subject.c.case_id == case_.c.id)
        .where(case_subject.c.kind == kind, case_subject.c.value == value, _running())
    )
    return set(tx.connection.execute(statement).scalars())


def find_open_case(
    tx: Transaction, process_key: str, *, kind: str, value: str, department_id: str | None = None
) -> Case | None:
    """The running case of that process about that subject, oldest first."""
    statement = (
        select(*_LIGHT)
        .join(case_subject, case_subject.c.case_id == case_.c.id)
        .where(case_.c.process_key == process_key, _running())
        .where(case_subject.c.kind == kind, case_subject.c.value == value)
        .order_by(case_.c.started_at, case_.c.id)
    )
    if department_id:
        statement = statement.where(case_.c.department_id == department_id)
    row = tx.connection.execute(statement.limit(1)).first()
    return _value(row) if row else None


def open_subjects(tx: Transaction, process_key: str, *, kind: str, department_id: str) -> dict[str, str]:
    """Subject -> id of the running case of that process and department about it, the oldest."""
    statement = (
        select(case_subject.c.value, case_.c.id)
        .join(case_, case_subject.c.case_id == case_.c.id)
        .where(case_.c.process_key == process_key, _running(), case_.c.department_id == department_id)
        .where(case_subject.c.kind == kind)
        .order_by(case_.c.started_at.desc(), case_.c.id.desc())
    )
    return {row.value: row.id for row in tx.connection.execute(statement)}


def all_case_ids(tx: Transaction) -> list[str]:
    """Every case, oldest first; for checks of the whole database."""
    return list(tx.connection.execute(select(case_.c.id).order_by(case_.c.started_at, case_.c.id)).scalars())


def live_case_ids(tx: Transaction) -> list[str]:
    """Cases that are not ended, oldest first."""
    statement = select(case_.c.id).where(case_.c.status.in_((CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value)))
    return list(tx.connection.execute(statement.order_by(case_.c.started_at, case_.c.id)).scalars())


def children_of(tx: Transaction, case_id: str) -> list[str]:
    """Ids of the cases this one began, oldest first."""
    statement = select(case_.c.id).where(case_.c.parent_case_id == case_id)
    return list(tx.connection.execute(statement.order_by(case_.c.started_at, case_.c.id)).scalars())


def id_by_key(tx: Transaction, business_key: str) -> str | None:
    return tx.connection.execute(select(case_.c.id).where(case_.c.business_key == business_key)).scalar()


def keys_by_id(tx: Transaction, ids: Collection[str]) -> dict[str, str]:
    """Case id -> business key, of those that exist."""
    if not ids:
        return {}
    statement = select(case_.c.id, case_.c.business_key).where(case_.c.id.in_(sorted(set(ids))))
    return {row.id: row.business_key for row in tx.connection.execute(statement)}


def list_cases(
    tx: Transaction, *, visible: Visible, township: str | None = None, item: str | None = None,
    status: str | None = None, stage: str | None = None, process_key: str | None = None,
    parent_case_id: str | None = None, business_key: str | None = None, initiator: str | None = None, text: str = "",
    after: str | None = None, limit: int = 50,
) -> Page[Case]:  # fmt: skip
    """Newest first. ``business_key`` matches its beginning, ``text`` any part of the number or the title."""
    wanted = {
        case_.c.township_id: township,
        case_.c.status: status,
        case_.c.stage: stage,
        case_.c.process_key: process_key,
        case_.c.parent_case_id: parent_case_id,
        case_.c.initiator_id: initiator,
    }
    statement = select(*_LIGHT).where(case_is_visible(visible))
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    if business_key:
        statement = statement.where(case_.c.business_key.startswith(business_key, autoescape=True))
    if item:
        statement = statement.where(about_item(item))
    if text:
        columns = (case_.c.business_key, case_.c.title)
        statement = statement.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))
    return one_page(tx, statement, _value, order=[case_.c.started_at, case_.c.id], after=after, limit=limit)


def about_item(item: str) -> ColumnElement[bool]:
    """The filter "about this item" for queries with case_ in FROM."""
    found = select(case_subject.c.case_id).where(case_subject.c.kind == "item", case_subject.c.value == item)
    return case_.c.id.in_(found)


def _running() -> ColumnElement[bool]:
    return case_.c.status.in_([CaseStatus.ACTIVE.value, CaseStatus.SUSPENDED.value])


def _value(row: Any) -> Case:
    found = dict(row._mapping)
    found["status"] = CaseStatus(found["status"])
    if "state" in found:
        found["state"] = bytes(found["state"])
    return Case(**found)
