"""The desk of a person: tasks with the case they belong to, searched and counted."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from service.domain.cases import CaseStatus, Task
from service.domain.paging import Page
from service.domain.people import Actor
from service.domain.permission import visible
from service.store.rows import one_page
from service.store.session import Transaction
from service.store.tables import case_, task
from service.store.tables.base import Moment
from service.store.tasks import in_view, is_overdue, with_candidates

VIEWS = ("mine", "claimable", "done")
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_CASE = [
    case_.c.business_key,
    case_.c.title,
    case_.c.process_key,
    case_.c.stage,
    case_.c.township_id,
    case_.c.status.label("case_status"),
]


@dataclass(frozen=True, slots=True)
class Work:
    """A task and what its list shows of the case. ``resting``: it is suspended, its time stands still."""

    task: Task
    case_key: str
    case_title: str
    process_key: str
    stage: str
    township_id: str | None
    resting: bool


def list_work(
    tx: Transaction, *, actor: Actor, view: str, text: str = "", overdue_at: datetime | None = None,
    after: str | None = None, limit: int = 20,
) -> Page[Work]:  # fmt: skip
    """``view``: mine, claimable or done. Open work: what is due first stands first; done work: the newest first.

    ``text`` is looked for in the task's name, the case's number and title.
    """
    statement = _work(actor, view, text=text, overdue_at=overdue_at)
    done = view == "done"
    # The type is said, or SQLite would hand back a bare text.
    order: list[Any] = [
        func.coalesce(task.c.ended_at if done else task.c.due_at, NEVER, type_=Moment).label("place"),
        task.c.id,
    ]
    statement = statement.add_columns(order[0])
    page = one_page(tx, statement, lambda row: row, order=order, after=after, limit=limit, newest_first=done)
    tasks = with_candidates(tx, page.items)
    return Page([_value(t, row) for t, row in zip(tasks, page.items, strict=True)], page.next)


def count_work(tx: Transaction, *, actor: Actor, at: datetime) -> dict[str, int]:
    """How much stands in each view, and under ``overdue`` how much of mine is overdue; one statement."""
    counts = {view: _count(_work(actor, view)) for view in VIEWS}
    counts["overdue"] = _count(_work(actor, "mine", overdue_at=at))
    row = tx.connection.execute(select(*(count.label(name) for name, count in counts.items()))).one()
    return {name: int(row._mapping[name]) for name in counts}


def _count(statement: Select[Any]) -> Any:
    return select(func.count()).select_from(statement.with_only_columns(task.c.id).subquery()).scalar_subquery()


def _work(actor: Actor, view: str, *, text: str = "", overdue_at: datetime | None = None) -> Select[Any]:
    statement = select(task, *_CASE).join(case_, case_.c.id == task.c.case_id)
    statement = statement.where(in_view(view, actor, visible(actor)))
    if overdue_at:
        statement = statement.where(is_overdue(overdue_at))
    return statement.where(_found(text)) if text else statement


def _found(text: str) -> ColumnElement[bool]:
    columns = (task.c.name, case_.c.business_key, case_.c.title)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def _value(found: Task, row: Any) -> Work:
    resting = row.case_status == CaseStatus.SUSPENDED.value
    return Work(found, row.business_key, row.title, row.process_key, row.stage, row.township_id, resting)
