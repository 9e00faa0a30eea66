"""Jobs and timers: written with the facts, claimed under a lease, finished behind a fence.

Exclusivity: while a job of a case is leased, no other job of that case is handed out, so handlers of one case never race.
A job whose lease ran out is handed out again with a higher fence, also when its tries are used up: the taker then fails it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, or_, select, update

from service.domain.cases import CaseStatus, Job, JobKind, JobStatus
from service.domain.paging import Page
from service.store.failpoints import point
from service.store.rows import one_page, plain
from service.store.session import Transaction
from service.store.tables import case_, job

_DUE = JobStatus.DUE.value


def add_jobs(tx: Transaction, values: Sequence[Job]) -> None:
    if values:
        tx.connection.execute(insert(job), [plain(value) for value in values])
        point("jobs_added")


def get_job(tx: Transaction, job_id: str) -> Job | None:
    row = tx.connection.execute(select(job).where(job.c.id == job_id)).first()
    return _value(row) if row else None


def lock_job(tx: Transaction, job_id: str) -> Job | None:
    """Lock the case before the job; every action keeps that order."""
    row = tx.connection.execute(select(job).where(job.c.id == job_id).with_for_update(key_share=True)).first()
    return _value(row) if row else None


def claim_jobs(
    tx: Transaction, *, owner: str, now: datetime, lease: timedelta, limit: int = 1,
    kinds: Collection[JobKind] | None = None, lease_of: Mapping[str, timedelta] | None = None,
) -> list[Job]:  # fmt: skip
    """Due jobs of active cases, leased to ``owner`` until ``now + lease``; at most one of each case.

    ``lease_of``: handler -> lease, where it is another one. No lock is waited for, so claiming is part of no deadlock.
    """
    taken: list[Job] = []
    passed: set[str] = set()  # cases that gave a job, or that another claimer is looking at
    while len(taken) < limit:
        row = tx.connection.execute(_claimable(now, kinds, without=passed)).first()
        if row is None:
            break
        passed.add(row.case_id)
        if not _may_lease(tx, row.case_id, now):
            continue
        until = now + (lease_of or {}).get(row.handler, lease)
        leased = {"lease_owner": owner, "lease_until": until, "attempts": row.attempts + 1, "fence": row.fence + 1}
        tx.connection.execute(update(job).where(job.c.id == row.id).values(**leased))
        taken.append(_value_of({**row._mapping, **leased}))
        point("jobs_leased")
    return taken


def _claimable(now: datetime, kinds: Collection[JobKind] | None, *, without: Collection[str]) -> Any:
    """The first due job of a case where none is leased."""
    statement = (
        select(*job.c)
        .join(case_, case_.c.id == job.c.case_id)
        .where(job.c.status == _DUE, job.c.due_at <= now, _free(now), case_.c.status == CaseStatus.ACTIVE.value)
        .where(~_leased(job.alias("other"), job.c.case_id, now).exists())
        .order_by(job.c.due_at, job.c.id)
        .limit(1)
        .with_for_update(of=job, skip_locked=True, key_share=True)
    )
    if without:
        statement = statement.where(job.c.case_id.not_in(sorted(without)))
    if kinds is not None:
        statement = statement.where(job.c.kind.in_([kind.value for kind in kinds]))
    return statement


def _may_lease(tx: Transaction, case_id: str, now: datetime) -> bool:
    """The second look: no other job of the case is leased. On PostgreSQL an advisory lock lets only one claimer look at a time."""
    if tx.dialect == "postgresql":
        key = func.hashtextextended(f"jobs/{case_id}", 0)
        if not tx.connection.execute(select(func.pg_try_advisory_xact_lock(key))).scalar():
            return False
    return tx.connection.execute(_leased(job, case_id, now).limit(1)).first() is None


def _leased(table: Any, case_id: Any, now: datetime) -> Select[Any]:
    # The empty text keeps SQLite from the index of (status, due_at): it would look at the open jobs of every case.
    due = table.c.status.concat("") == _DUE
    return select(table.c.id).where(table.c.case_id == case_id, due, table.c.lease_until > now)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(job.c.lease_until.is_(None), job.c.lease_until <= now)


def renew_lease(tx: Transaction, job_id: str, *, owner: str, fence: int, until: datetime) -> bool:
    statement = update(job).where(_held(job_id, fence), job.c.lease_owner == owner)
    return tx.connection.execute(statement.values(lease_until=until)).rowcount == 1


def free_leases(tx: Transaction, *, owner: str) -> int:
    """Let go of what a former life of ``owner`` held; answers how many. The fence still keeps a late finisher out."""
    held = and_(job.c.lease_owner == owner, job.c.status == _DUE)
    return tx.connection.execute(update(job).where(held).values(lease_owner=None, lease_until=None)).rowcount


def finish_job(tx: Transaction, job_id: str, *, fence: int, status: JobStatus, error: str = "") -> bool:
    """False when the fence no longer matches: another worker has the job."""
    ended = {"status": status.value, "last_error": error, "lease_owner": None, "lease_until": None}
    done = tx.connection.execute(update(job).where(_held(job_id, fence)).values(**ended)).rowcount == 1
    point("job_finished")
    return done


def retry_later(
    tx: Transaction, job_id: str, *, fence: int, due_at: datetime, error: str, payload: Mapping[str, Any]
) -> bool:
    """Give the job back, due at ``due_at``."""
    freed = {"due_at": due_at, "last_error": error, "payload": payload, "lease_owner": None, "lease_until": None}
    return tx.connection.execute(update(job).where(_held(job_id, fence)).values(**freed)).rowcount == 1


def give_back(tx: Transaction, job_id: str, *, fence: int) -> bool:
    """Nobody's fault that it was not done: free again, and the try does not count."""
    freed = {"attempts": job.c.attempts - 1, "lease_owner": None, "lease_until": None}
    return tx.connection.execute(update(job).where(_held(job_id, fence)).values(**freed)).rowcount == 1


def set_payload(tx: Transaction, job_id: str, payload: Mapping[str, Any]) -> None:
    """What the job carries changed; a worker that has it already cannot finish it any more."""
    changed = {"payload": dict(payload), "fence": job.c.fence + 1, "lease_owner": None, "lease_until": None}
    tx.connection.execute(update(job).where(job.c.id == job_id).values(**changed))


def reset_job(tx: Transaction, job_id: str, *, due_at: datetime) -> None:
    """All tries again, from ``due_at`` on; the fence stays, so a worker of before cannot finish it."""
    fresh = {"status": _DUE, "attempts": 0, "due_at": due_at, "lease_owner": None, "lease_until": None}
    tx.connection.execute(update(job).where(job.c.id == job_id).values(**fresh, fence=job.c.fence + 1))


def close_jobs(tx: Transaction, case_id: str, numbers: Collection[int], *, status: JobStatus) -> None:
    """Jobs of nodes that no longer wait, leased or not."""
    if numbers:
        _close(tx, and_(job.c.case_id == case_id, job.c.number.in_(sorted(numbers))), status)


def cancel_jobs_of_case(tx: Transaction, case_id: str) -> None:
    _close(tx, job.c.case_id == case_id, JobStatus.CANCELLED)


def _close(tx: Transaction, which: ColumnElement[bool], status: JobStatus) -> None:
    open_ = job.c.status.in_([_DUE, JobStatus.FAILED.value])
    ended = {"status": status.value, "lease_owner": None, "lease_until": None}
    tx.connection.execute(update(job).where(which, open_).values(**ended))


def list_jobs(
    tx: Transaction, *, case_id: str | None = None, status: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Job]:
    """Newest first."""
    statement = select(job)
    if case_id:
        statement = statement.where(job.c.case_id == case_id)
    if status:
        statement = statement.where(job.c.status == status)
    return one_page(tx, statement, _value, order=[job.c.created_at, job.c.id], after=after, limit=limit)


def open_jobs(tx: Transaction, case_id: str) -> list[Job]:
    """Due or failed jobs of a case, in order of their nodes."""
    open_ = job.c.status.in_([_DUE, JobStatus.FAILED.value])
    statement = select(job).where(job.c.case_id == case_id, open_).order_by(job.c.number, job.c.due_at, job.c.id)
    return [_value(row) for row in tx.connection.execute(statement)]


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """When the next job nobody holds is due, also in the past; None when there is none."""
    statement = (
        select(func.min(job.c.due_at))
        .join(case_, case_.c.id == job.c.case_id)
        .where(job.c.status == _DUE, _free(now), case_.c.status == CaseStatus.ACTIVE.value)
    )
    found: datetime | None = tx.connection.execute(statement).scalar()
    return found


def _held(job_id: str, fence: int) -> ColumnElement[bool]:
    return and_(job.c.id == job_id, job.c.fence == fence, job.c.status == _DUE)


def _value(row: Any) -> Job:
    return _value_of(row._mapping)


def _value_of(found: Any) -> Job:
    return Job(**{**found, "kind": JobKind(found["kind"]), "status": JobStatus(found["status"])})
