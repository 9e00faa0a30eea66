"""Calendars of the county and of organisations, and when cases rested."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, text, update

from service.domain.calendar import COUNTY, CalendarDay, DayKind, Pause, WorkCalendar, local_date
from service.store.rows import insert_new, put_all
from service.store.session import Transaction
from service.store.tables import case_pause, work_calendar, work_day

DEADLINES, CHANGING = 20221113, 20221114  # advisory locks: any numbers, the same in every process
BATCH = 500


def hold_calendars(tx: Transaction) -> None:
    """Until this transaction ends no calendar changes. Taken first, so that nobody waits for it while holding something else.

    SQLite has one writer at a time anyway, and who only reads sees one moment.
    """
    if tx.writes and tx.dialect == "postgresql":
        tx.connection.execute(text("SELECT pg_advisory_xact_lock_shared(:key)"), {"key": DEADLINES})


def change_alone(tx: Transaction) -> bool:
    """Wait until every other writer is done and let no new one begin; False when somebody else is changing a calendar."""
    if tx.dialect != "postgresql":
        return True
    if not tx.connection.execute(select(func.pg_try_advisory_xact_lock(CHANGING))).scalar():
        return False
    tx.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": DEADLINES})
    return True


def calendars_mark(tx: Transaction) -> str:
    """Another text after every change of any calendar; cheap enough to be asked in every transaction."""
    rows = tx.connection.execute(select(work_calendar.c.mark).order_by(work_calendar.c.id)).scalars()
    return "/".join(rows)


def load_calendars(tx: Transaction) -> WorkCalendar:
    """The county's calendar with the organisations' own days."""
    mark = calendars_mark(tx)
    found: dict[str, dict[date, bool]] = {}
    for row in tx.connection.execute(select(work_day.c.calendar_id, work_day.c.day, work_day.c.kind)):
        found.setdefault(row.calendar_id, {})[row.day] = DayKind(row.kind).works
    return WorkCalendar(found.pop(COUNTY, {}), own=found, mark=mark)


def list_calendars(tx: Transaction) -> dict[str, tuple[int, datetime]]:
    """Id -> (version, when it last changed)."""
    rows = tx.connection.execute(select(work_calendar).order_by(work_calendar.c.id))
    return {row.id: (row.version, row.changed_at) for row in rows}


def last_change(tx: Transaction) -> tuple[str, datetime | None]:
    """By whom and when a calendar was changed last."""
    newest = select(work_calendar).order_by(work_calendar.c.changed_at.desc()).limit(1)
    row = tx.connection.execute(newest).first()
    return (row.changed_by, row.changed_at) if row else ("", None)


def days_of(tx: Transaction, calendar_id: str, first: date, last: date) -> dict[date, CalendarDay]:
    """What this calendar itself says of the days between; days it does not speak of are missing."""
    statement = select(work_day).where(
        work_day.c.calendar_id == calendar_id, work_day.c.day >= first, work_day.c.day <= last
    )
    return {row.day: _day(row) for row in tx.connection.execute(statement.order_by(work_day.c.day))}


def years_known(tx: Transaction, calendar_id: str) -> tuple[date, date] | None:
    """First and last known day; None when it knows none."""
    statement = select(func.min(work_day.c.day), func.max(work_day.c.day))
    first, last = tx.connection.execute(statement.where(work_day.c.calendar_id == calendar_id)).one()
    return (first, last) if first else None


def put_days(
    tx: Transaction, calendar_id: str, days: Iterable[CalendarDay], *, at: datetime, mark: str, by: str
) -> None:
    """Set days; a calendar begins with its first ones. ``mark``: of this change, unlike any before."""
    organisation = None if calendar_id == COUNTY else calendar_id
    changed: dict[str, Any] = {"mark": mark, "changed_at": at, "changed_by": by}
    insert_new(tx, work_calendar, [{"id": calendar_id, "organisation_id": organisation, "version": 0} | changed])
    changed["version"] = work_calendar.c.version + 1
    tx.connection.execute(update(work_calendar).where(work_calendar.c.id == calendar_id).values(**changed))
    rows = [_row(calendar_id, day, at) for day in days]
    for begin in range(0, len(rows), BATCH):
        put_all(tx, work_day, rows[begin : begin + BATCH])


def forget_days(tx: Transaction, calendar_id: str, days: Iterable[date]) -> None:
    """What an organisation no longer says differently from the calendar above it."""
    for day in days:
        tx.connection.execute(work_day.delete().where(work_day.c.calendar_id == calendar_id, work_day.c.day == day))


def begin_pause(tx: Transaction, case_id: str, *, at: datetime) -> None:
    last = select(func.coalesce(func.max(case_pause.c.number), 0)).where(case_pause.c.case_id == case_id)
    number = tx.connection.execute(last).scalar_one() + 1
    tx.connection.execute(insert(case_pause).values(case_id=case_id, number=number, from_at=at))


def end_pause(tx: Transaction, case_id: str, *, at: datetime) -> None:
    open_ = (case_pause.c.case_id == case_id) & case_pause.c.until_at.is_(None)
    tx.connection.execute(update(case_pause).where(open_).values(until_at=at))


def pauses_of(tx: Transaction, case_ids: Iterable[str] | None = None) -> dict[str, tuple[Pause, ...]]:
    """Case -> its rests that are over, by Shanghai days, for the cases given or for all."""
    statement = select(case_pause).where(case_pause.c.until_at.is_not(None)).order_by("case_id", "number")
    if case_ids is not None:
        statement = statement.where(case_pause.c.case_id.in_(sorted(case_ids)))
    found: dict[str, tuple[Pause, ...]] = {}
    for row in tx.connection.execute(statement):
        pause = local_date(row.from_at), local_date(row.until_at)
        found[row.case_id] = (*found.get(row.case_id, ()), pause)
    return found


def _row(calendar_id: str, day: CalendarDay, at: datetime) -> dict[str, Any]:
    return {
        "calendar_id": calendar_id, "day": day.day, "kind": day.kind.value, "name": day.name, "source": day.source,
        "origin": day.origin, "notice_year": day.notice_year, "since": at,
    }  # fmt: skip


def _day(row: Any) -> CalendarDay:
    return CalendarDay(
        row.day, DayKind(row.kind), name=row.name, source=row.source, origin=row.origin, notice_year=row.notice_year,
        since=row.since,
    )  # fmt: skip
