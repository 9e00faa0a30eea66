"""User tasks."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, insert, or_, select, true, update

from service.domain.cases import Candidate, CaseStatus, Task, TaskStatus
from service.domain.paging import Page
from service.domain.people import Actor
from service.domain.permission import Visible
from service.store.cases import about_item
from service.store.rows import one_page, plain
from service.store.seen import case_is_visible
from service.store.session import Transaction
from service.store.tables import case_, task, task_candidate


def add_tasks(tx: Transaction, values: Sequence[Task]) -> None:
    """Tasks with their candidates, two statements for all."""
    if not values:
        return
    tx.connection.execute(insert(task), [plain(value, without=("candidates",)) for value in values])
    rows = [
        {"case_id": t.case_id, "number": t.number, "post": c.post, "organisation_id": c.organisation_id}
        for t in values
        for c in dict.fromkeys(t.candidates)
    ]
    if rows:
        tx.connection.execute(insert(task_candidate), rows)


def get_task(tx: Transaction, task_id: str) -> Task | None:
    found = _with_candidates(tx, select(task).where(task.c.id == task_id))
    return found[0] if found else None


def tasks_of_case(tx: Transaction, case_id: str, *, open_only: bool = False) -> list[Task]:
    """In the order they were opened."""
    statement = select(task).where(task.c.case_id == case_id).order_by(task.c.number)
    if open_only:
        statement = statement.where(task.c.status == TaskStatus.OPEN.value)
    return _with_candidates(tx, statement)


def waiting_names(tx: Transaction, case_ids: Collection[str]) -> dict[str, list[str]]:
    """Case -> names of its open tasks, in the order they were opened."""
    found: dict[str, list[str]] = {}
    statement = select(task.c.case_id, task.c.name).where(
        task.c.case_id.in_(sorted(case_ids)), task.c.status.concat("") == TaskStatus.OPEN.value
    )
    for row in tx.connection.execute(statement.order_by(task.c.case_id, task.c.number)) if case_ids else ():
        found.setdefault(row.case_id, []).append(row.name)
    return found


def save_task(tx: Transaction, value: Task, *, expected_version: int) -> bool:
    """Assignee, draft and version; False when the task is no longer at ``expected_version``."""
    statement = update(task).where(task.c.id == value.id, task.c.version == expected_version)
    changed = {"assignee_id": value.assignee_id, "draft": value.draft, "version": value.version}
    return tx.connection.execute(statement.values(**changed)).rowcount == 1


def set_input(tx: Transaction, task_id: str, data: Mapping[str, Any]) -> None:
    """The variables an open task sees changed; whoever looks at its form looks at an older version."""
    tx.connection.execute(update(task).where(task.c.id == task_id).values(input=dict(data), version=task.c.version + 1))


def close_tasks(tx: Transaction, case_id: str, numbers: Mapping[int, str], *, at: datetime, by: str) -> None:
    """Number -> completed or cancelled. Drafts go: what was submitted is in the history."""
    for status in sorted(set(numbers.values())):
        ours = [n for n, s in numbers.items() if s == status]
        statement = update(task).where(
            task.c.case_id == case_id, task.c.number.in_(ours), task.c.status == TaskStatus.OPEN.value
        )
        ended = {"status": TaskStatus(status).value, "ended_at": at, "ended_by": by, "draft": None}
        tx.connection.execute(statement.values(**ended, version=task.c.version + 1))


def completed_by(tx: Transaction, case_id: str) -> list[tuple[str, str]]:
    """Who completed what, for separation of duties: each (element id, person id) once, however often it was done."""
    # The empty text keeps SQLite from the index of (status, due_at): it would look at the completed tasks of every case.
    completed = task.c.status.concat("") == TaskStatus.COMPLETED.value
    statement = (
        select(task.c.element_id, task.c.ended_by)
        .where(task.c.case_id == case_id, completed)
        .distinct()
        .order_by(task.c.element_id, task.c.ended_by)
    )
    return [(row.element_id, row.ended_by) for row in tx.connection.execute(statement)]


def list_tasks(
    tx: Transaction, *, actor: Actor, view: str, visible: Visible, overdue_at: datetime | None = None,
    case_id: str | None = None, township: str | None = None, item: str | None = None, process_key: str | None = None,
    after: str | None = None, limit: int = 50,
) -> Page[Task]:  # fmt: skip
    """``view``: mine (claimed by me), claimable (open for my posts), organisation (open, for any post of my organisations),
    done (ended by me), visible (open, in cases I may see). Newest first."""
    statement = select(task).join(case_, case_.c.id == task.c.case_id).where(in_view(view, actor, visible))
    if overdue_at:
        statement = statement.where(is_overdue(overdue_at))
    wanted = {task.c.case_id: case_id, case_.c.township_id: township, case_.c.process_key: process_key}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    if item:
        statement = statement.where(about_item(item))
    page = one_page(tx, statement, lambda row: row, order=[task.c.created_at, task.c.id], after=after, limit=limit)
    return Page(with_candidates(tx, page.items), page.next)


def is_overdue(at: datetime) -> ColumnElement[bool]:
    """Open past its last second, for queries with case_ in FROM. While a case rests nothing of it is overdue."""
    running = case_.c.status == CaseStatus.ACTIVE.value
    return and_(task.c.status == TaskStatus.OPEN.value, task.c.due_at < at.replace(microsecond=0), running)


def in_view(view: str, actor: Actor, visible: Visible) -> ColumnElement[bool]:
    """The filter of one view of ``list_tasks``; needs case_ in FROM."""
    open_ = task.c.status == TaskStatus.OPEN.value
    if view == "mine":
        return and_(open_, task.c.assignee_id == actor.person_id)
    if view == "claimable":
        return and_(open_, task.c.assignee_id.is_(None), _is_candidate(actor))
    if view == "organisation":
        return and_(open_, _for_organisations(actor))
    if view == "done":
        return and_(task.c.status == TaskStatus.COMPLETED.value, task.c.ended_by == actor.person_id)
    if view == "visible":
        return and_(open_, case_is_visible(visible, task.c.case_id))
    raise ValueError(f"unknown view {view!r}")


def _is_candidate(actor: Actor) -> ColumnElement[bool]:
    posts = [
        and_(task_candidate.c.post == h.post, task_candidate.c.organisation_id == h.organisation_id)
        for h in actor.holdings
    ]
    return _candidate_exists(or_(false(), *posts))


def _for_organisations(actor: Actor) -> ColumnElement[bool]:
    if actor.roles:
        return false()
    return _candidate_exists(task_candidate.c.organisation_id.in_(sorted(actor.organisations)))


def _candidate_exists(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    same = and_(task_candidate.c.case_id == task.c.case_id, task_candidate.c.number == task.c.number)
    return exists().where(and_(same, condition, true()))


def _with_candidates(tx: Transaction, statement: Select[Any]) -> list[Task]:
    return with_candidates(tx, list(tx.connection.execute(statement)))


def with_candidates(tx: Transaction, rows: Sequence[Any]) -> list[Task]:
    """Rows that hold the columns of task as tasks, their candidates in one statement for all."""
    if not rows:
        return []
    found: dict[tuple[str, int], list[Candidate]] = {}
    # Both of the key's columns: a case that went round a thousand times has a thousand other tasks.
    statement = select(task_candidate).where(
        task_candidate.c.case_id.in_({row.case_id for row in rows}),
        task_candidate.c.number.in_({row.number for row in rows}),
    )
    for row in tx.connection.execute(statement.order_by("post", "organisation_id")):
        found.setdefault((row.case_id, row.number), []).append(Candidate(row.post, row.organisation_id))
    return [_value(row, tuple(found.get((row.case_id, row.number), ()))) for row in rows]


def _value(row: Any, candidates: tuple[Candidate, ...]) -> Task:
    own = {column.name: row._mapping[column] for column in task.c}
    return Task(**own | {"status": TaskStatus(row.status), "candidates": candidates})
