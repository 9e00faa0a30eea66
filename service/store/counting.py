"""Open times that were counted in working days, in one look over all cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select, update

from service.domain.cases import CaseStatus, Job, JobKind, JobStatus, TaskStatus
from service.domain.counting import Counted
from service.store.session import Transaction
from service.store.tables import case_, job, task

_OPEN_TIMER = (job.c.kind == JobKind.TIMER.value) & (job.c.status == JobStatus.DUE.value)


def counted_tasks(tx: Transaction, *, status: CaseStatus, case_id: str | None = None) -> list[Counted]:
    """Open tasks with a limit, of cases of this status."""
    columns = (
        task.c.case_id, task.c.number, task.c.element_id, task.c.name, task.c.created_at, task.c.due_workdays,
        task.c.due_organisation, task.c.due_at, task.c.provisional,
    )  # fmt: skip
    statement = (
        select(*columns)
        .join(case_, case_.c.id == task.c.case_id)
        .where(task.c.status == TaskStatus.OPEN.value, task.c.due_at.is_not(None), _of(status, case_id))
        .order_by(task.c.case_id, task.c.number)
    )
    return [
        Counted(
            row.case_id, row.number, row.element_id, row.name, row.created_at, row.due_workdays, row.due_organisation,
            row.due_at, row.provisional,
        )
        for row in tx.connection.execute(statement)
    ]  # fmt: skip


def waiting_timers(tx: Transaction, *, status: CaseStatus, case_id: str | None = None) -> list[Job]:
    """Timers that have not fired, those that go by the clock too: their payload tells."""
    statement = select(*job.c).join(case_, case_.c.id == job.c.case_id).where(_OPEN_TIMER, _of(status, case_id))
    return [_job(row) for row in tx.connection.execute(statement.order_by(job.c.case_id, job.c.number))]


def reminders(tx: Transaction, *, status: CaseStatus, case_id: str | None = None) -> dict[tuple[str, int], list[Job]]:
    """(case, number of the open task) -> all its reminders, those sent too."""
    statement = (
        select(*job.c)
        .join(task, (task.c.case_id == job.c.case_id) & (task.c.number == job.c.number))
        .join(case_, case_.c.id == job.c.case_id)
        .where(job.c.kind == JobKind.REMIND.value, task.c.status == TaskStatus.OPEN.value, _of(status, case_id))
        .order_by(job.c.case_id, job.c.number, job.c.due_at, job.c.id)
    )
    found: dict[tuple[str, int], list[Job]] = {}
    for row in tx.connection.execute(statement):
        found.setdefault((row.case_id, row.number), []).append(_job(row))
    return found


def reminders_of_task(tx: Transaction, case_id: str, number: int) -> list[Job]:
    """All of one task, whatever became of them."""
    statement = select(job).where(job.c.case_id == case_id, job.c.number == number, job.c.kind == JobKind.REMIND.value)
    return [_job(row) for row in tx.connection.execute(statement)]


def put_due(tx: Transaction, case_id: str, number: int, *, due_at: datetime, provisional: bool) -> None:
    """Another limit of a task. Its version stays: what the person is writing is not touched by it."""
    which = (task.c.case_id == case_id) & (task.c.number == number)
    tx.connection.execute(update(task).where(which).values(due_at=due_at, provisional=provisional))


def move_job(tx: Transaction, job_id: str, *, due_at: datetime) -> None:
    """Due at another time, with all its tries; whoever has leased it meanwhile finds the fence higher and leaves it."""
    fresh = {"status": JobStatus.DUE.value, "attempts": 0, "due_at": due_at, "lease_owner": None, "lease_until": None}
    tx.connection.execute(update(job).where(job.c.id == job_id).values(**fresh, fence=job.c.fence + 1))


def note_on_timer(tx: Transaction, job_id: str, *, provisional: bool) -> None:
    """Whether its date rests on days that no notice has settled."""
    payload = tx.connection.execute(select(job.c.payload).where(job.c.id == job_id)).scalar_one()
    changed = {**payload, "provisional": provisional}
    tx.connection.execute(update(job).where(job.c.id == job_id).values(payload=changed))


def _of(status: CaseStatus, case_id: str | None) -> ColumnElement[bool]:
    found: ColumnElement[bool] = case_.c.status == status.value
    return found & (case_.c.id == case_id) if case_id else found


def _job(row: Any) -> Job:
    found = row._mapping
    return Job(**{**found, "kind": JobKind(found["kind"]), "status": JobStatus(found["status"])})
