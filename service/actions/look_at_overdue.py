"""A person looks at 逾期台账: what is late, whose it is, and by how many working days."""

from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Frame
from service.actions.parts.deadlines import calendar_for, who_acts
from service.domain.calendar import local_date
from service.domain.cases import Task
from service.domain.paging import Page
from service.domain.permission import visible
from service.store import overdue
from service.store.overdue import OverdueTask


@dataclass(frozen=True, slots=True)
class LookAtOverdue:
    """``state``: open, ended or all. ``organisation_id``: that has to act."""

    state: str = "open"
    organisation_id: str | None = None
    township_id: str | None = None
    case_id: str | None = None
    after: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class LateTask:
    """``workdays_over``: working days of the organisation since the limit, up to today or to the day it was done."""

    row: OverdueTask
    organisation_id: str | None
    workdays_over: int


def look_at_overdue(frame: Frame, order: LookAtOverdue) -> Page[LateTask]:
    """Of the cases this person may see, the longest overdue first."""
    page = overdue.list_overdue(
        frame.tx, visible=visible(frame.actor), at=frame.now, state=order.state, organisation=order.organisation_id,
        township=order.township_id, case_id=order.case_id, after=order.after, limit=order.limit,
    )  # fmt: skip
    return Page([_late(frame, row) for row in page.items], page.next)


def _late(frame: Frame, row: OverdueTask) -> LateTask:
    task = row.task
    acts = task.due_organisation or who_acts(frame, task.candidates, task.assignee_id)
    return LateTask(row, acts, _days_over(frame, task, acts, until=task.ended_at or frame.now))


def _days_over(frame: Frame, task: Task, acts: str | None, *, until: datetime) -> int:
    assert task.due_at
    calendar = calendar_for(frame, acts)
    return sum(1 for _ in calendar.workdays(local_date(task.due_at), local_date(until)))
