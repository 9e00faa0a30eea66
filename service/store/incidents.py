"""Incidents: what stands still and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update

from service.domain.cases import Incident, IncidentStatus
from service.domain.paging import Page
from service.domain.permission import Visible
from service.store.rows import one_page, plain
from service.store.seen import case_is_visible
from service.store.session import Transaction
from service.store.tables import case_, incident

_EQUAL = {
    "status": incident.c.status, "case_id": incident.c.case_id, "business_key": case_.c.business_key, "process": case_.c.process_key,
    "element": incident.c.element_id, "kind": incident.c.kind,
}  # fmt: skip
_OPEN = IncidentStatus.OPEN.value


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents; None does not matter. ``before``: opened then or earlier."""

    status: str | None = None
    case_id: str | None = None
    business_key: str | None = None
    process: str | None = None
    element: str | None = None
    kind: str | None = None
    before: datetime | None = None


ALL = Wanted()


def add_incident(tx: Transaction, value: Incident) -> None:
    tx.connection.execute(insert(incident).values(**plain(value)))


def get_incident(tx: Transaction, id: str) -> Incident | None:
    row = tx.connection.execute(select(incident).where(incident.c.id == id)).first()
    return _value(row) if row else None


def open_incidents(tx: Transaction, case_id: str) -> list[Incident]:
    statement = select(incident).where(incident.c.case_id == case_id, incident.c.status == _OPEN)
    return [_value(row) for row in tx.connection.execute(statement.order_by("created_at", "id"))]


def resolve_incidents(
    tx: Transaction, *, case_id: str, job_id: str | None, task_id: str | None, at: datetime, by: str
) -> None:
    """Close the open incidents of this job or this task."""
    causes = []
    if job_id:
        causes.append(incident.c.job_id == job_id)
    if task_id:
        causes.append(incident.c.task_id == task_id)
    if not causes:
        causes.append(incident.c.job_id.is_(None) & incident.c.task_id.is_(None))
    statement = update(incident).where(incident.c.case_id == case_id, incident.c.status == _OPEN, or_(*causes))
    resolved = {"status": IncidentStatus.RESOLVED.value, "resolved_at": at, "resolved_by": by}
    tx.connection.execute(statement.values(**resolved))


def failed_again(tx: Transaction, id: str, *, at: datetime) -> None:
    """The same failure once more."""
    statement = update(incident).where(incident.c.id == id)
    tx.connection.execute(statement.values(last_at=at, times=incident.c.times + 1))


def list_incidents(
    tx: Transaction, *, visible: Visible, wanted: Wanted = ALL, after: str | None = None, limit: int = 50
) -> Page[Incident]:
    """Newest first."""
    statement = select(incident).join(case_, case_.c.id == incident.c.case_id)
    statement = statement.where(case_is_visible(visible, incident.c.case_id))
    for name, column in _EQUAL.items():
        if getattr(wanted, name) is not None:
            statement = statement.where(column == getattr(wanted, name))
    if wanted.before:
        statement = statement.where(incident.c.created_at <= wanted.before)
    return one_page(tx, statement, _value, order=[incident.c.created_at, incident.c.id], after=after, limit=limit)


def _value(row: Any) -> Incident:
    return Incident(**{**row._mapping, "status": IncidentStatus(row.status)})
