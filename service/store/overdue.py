"""逾期台账: tasks that are past their time, and those that were done too late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from service.domain.cases import Task, TaskStatus
from service.domain.paging import Page
from service.domain.permission import Visible
from service.store.rows import one_page
from service.store.seen import case_is_visible
from service.store.session import Transaction
from service.store.tables import case_, task, task_candidate
from service.store.tasks import is_overdue, with_candidates

_CASE = [case_.c.business_key, case_.c.title, case_.c.township_id]


@dataclass(frozen=True, slots=True)
class OverdueTask:
    """A task with its case."""

    task: Task
    case_key: str
    case_title: str
    township_id: str | None


def list_overdue(
    tx: Transaction, *, visible: Visible, at: datetime, state: str = "open", organisation: str | None = None,
    township: str | None = None, case_id: str | None = None, after: str | None = None, limit: int = 50,
) -> Page[OverdueTask]:  # fmt: skip
    """``state``: open (still not done), ended (done or given back too late), all. Longest overdue first.

    ``organisation``: that has to act. Cases that rest are not listed: their time stands still.
    """
    statement = select(task, *_CASE).join(case_, case_.c.id == task.c.case_id)
    statement = statement.where(_is_late(state, at), case_is_visible(visible, task.c.case_id))
    wanted = {task.c.case_id: case_id, case_.c.township_id: township}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    if organisation:
        statement = statement.where(_acts(organisation))
    page = one_page(
        tx, statement, lambda row: row, order=[task.c.due_at, task.c.id], after=after, limit=limit, newest_first=False
    )
    found = with_candidates(tx, page.items)
    rows = zip(found, page.items, strict=True)
    return Page([OverdueTask(t, row.business_key, row.title, row.township_id) for t, row in rows], page.next)


def _is_late(state: str, at: datetime) -> ColumnElement[bool]:
    ended = and_(task.c.status != TaskStatus.OPEN.value, task.c.ended_at > task.c.due_at)
    ways: dict[str, Any] = {"open": is_overdue(at), "ended": ended, "all": or_(is_overdue(at), ended)}
    found: ColumnElement[bool] = ways[state]
    return found


def _acts(organisation: str) -> ColumnElement[bool]:
    """Whose calendar counts; of tasks that do not say so, whoever may do it."""
    same = and_(task_candidate.c.case_id == task.c.case_id, task_candidate.c.number == task.c.number)
    may = exists().where(and_(same, task_candidate.c.organisation_id == organisation))
    return or_(task.c.due_organisation == organisation, and_(task.c.due_organisation.is_(None), may))
