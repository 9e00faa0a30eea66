"""Limits in working days counted anew: after a calendar changed, or when a case that rested goes on.

The engine's state holds no dates: it knows that a timer waits, the job and the task know until when. So a limit may move and
``replay`` still gives the stored state; an event of the case tells old and new.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.deadlines import OVERDUE, calendar_for, counted_days, told_at, who_acts
from service.domain.calendar import ONE_SECOND, Pause, WorkCalendar, local_date
from service.domain.cases import CaseStatus, Job, JobStatus
from service.domain.counting import Counted, Move
from service.engine import run
from service.store import calendars, cases, counting, tasks


@dataclass(frozen=True, slots=True)
class Recount:
    """``moves``: moments that change. ``settled``: limits that stay and are now, or no longer, sure."""

    moves: tuple[Move, ...]
    settled: tuple[Counted, ...]


@dataclass
class _Counter:
    """Working days of one recount. ``frame.calendar`` is what is counted with."""

    frame: Frame
    pauses: Mapping[str, Sequence[Pause]]
    known: dict[str | None, WorkCalendar] = field(default_factory=dict)

    def calendar(self, organisation: str | None) -> WorkCalendar:
        if organisation not in self.known:
            self.known[organisation] = calendar_for(self.frame, organisation)
        return self.known[organisation]

    def moments(self, item: Counted) -> dict[str, datetime]:
        """Of a task: what is told when."""
        breaks = self.pauses.get(item.case_id, ())
        return told_at(item.workdays or 0, item.start, self.calendar(item.organisation), breaks)

    def guessed(self, item: Counted, due: datetime) -> bool:
        return self.calendar(item.organisation).rests_on_guess(local_date(item.start), local_date(due))


def recount(frame: Frame, *, status: CaseStatus = CaseStatus.ACTIVE, case_id: str | None = None) -> Recount:
    """Every limit of open tasks and waiting timers, counted with ``frame.calendar``; nothing is written."""
    counter = _Counter(frame, calendars.pauses_of(frame.tx, [case_id] if case_id else None))
    counted = list(counted_limits(frame, status=status, case_id=case_id))
    reminders = counting.reminders(frame.tx, status=status, case_id=case_id)
    moves: list[Move] = []
    settled: list[Counted] = []
    for item in counted:
        found = list(_moves_of(counter, item, reminders.get((item.case_id, item.number), ())))
        moves += found
        due = _due(counter, item)
        if not any(move.kind in ("task", "timer") for move in found) and item.provisional != counter.guessed(item, due):
            settled.append(replace(item, provisional=not item.provisional))
    return Recount(tuple(_with_keys(frame, moves)), tuple(settled))


def counted_limits(frame: Frame, *, status: CaseStatus, case_id: str | None = None) -> Iterator[Counted]:
    """Tasks first, then timers, each with the number of its working days."""
    for item in counting.counted_tasks(frame.tx, status=status, case_id=case_id):
        yield item if item.workdays else _old_task(frame, item)
    for job in counting.waiting_timers(frame.tx, status=status, case_id=case_id):
        found = _timer(frame, job)
        if found:
            yield found


def write_moves(frame: Frame, moves: Iterable[Move]) -> None:
    """The case is locked, and its event is the caller's."""
    for move in moves:
        if move.kind == "task":
            counting.put_due(frame.tx, move.case_id, move.number, due_at=move.new, provisional=move.provisional)
            continue
        counting.move_job(frame.tx, move.job_id, due_at=move.new)
        if move.kind == "timer":
            counting.note_on_timer(frame.tx, move.job_id, provisional=move.provisional)


def write_settled(frame: Frame, settled: Iterable[Counted]) -> None:
    """Limits that stay, but are now (or no longer) sure."""
    for item in settled:
        if item.job_id:
            counting.note_on_timer(frame.tx, item.job_id, provisional=item.provisional)
        else:
            counting.put_due(frame.tx, item.case_id, item.number, due_at=item.due_at, provisional=item.provisional)


def _moves_of(counter: _Counter, item: Counted, reminders: Iterable[Job]) -> Iterator[Move]:
    due = _due(counter, item)
    if due != item.due_at:
        kind = "timer" if item.job_id else "task"
        yield _move(counter, item, kind, old=item.due_at, new=due, job_id=item.job_id)
    moments = {} if item.job_id else counter.moments(item)
    for job in reminders:
        about = str(job.payload["about"])
        at = moments.get(about)
        if at and _is_moved(job, at, counter.frame.now):
            yield _move(counter, item, about, old=job.due_at, new=at, job_id=job.id)


def _is_moved(job: Job, at: datetime, now: datetime) -> bool:
    """One that was told already is told again only when the new moment is still to come."""
    if job.status is JobStatus.DONE:
        return at > now
    retried = job.attempts > 0 and at <= now  # a try failed, so its time is the back-off's
    return job.status is JobStatus.DUE and job.due_at != at and not retried


def _due(counter: _Counter, item: Counted) -> datetime:
    if item.job_id:
        breaks = counter.pauses.get(item.case_id, ())
        return counter.calendar(item.organisation).due(item.start, item.workdays or 0, breaks)
    return counter.moments(item)[OVERDUE] - ONE_SECOND


def _move(counter: _Counter, item: Counted, kind: str, *, old: datetime, new: datetime, job_id: str) -> Move:
    return Move(
        item.case_id, "", item.number, item.element_id, item.name, kind, item.workdays or 0, item.organisation,
        old, new, counter.guessed(item, new), job_id,
    )  # fmt: skip


def _with_keys(frame: Frame, moves: Iterable[Move]) -> Iterator[Move]:
    keys: dict[str, str] = {}
    for move in moves:
        if move.case_id not in keys:
            case = cases.get_case(frame.tx, move.case_id)
            keys[move.case_id] = case.business_key if case else ""
        yield replace(move, case_key=keys[move.case_id])


def _old_task(frame: Frame, item: Counted) -> Counted:
    """Opened by a version that did not keep the number: the diagram has it."""
    case = cases.get_case(frame.tx, item.case_id)
    task = tasks.get_task(frame.tx, f"{item.case_id}.{item.number}")
    assert case and task
    element = frame.bundles.get(frame.tx, case.bundle_digest).elements[item.element_id]
    acts = who_acts(frame, task.candidates, task.assignee_id)
    return replace(item, workdays=element.due_workdays, organisation=acts)


def _timer(frame: Frame, job: Job) -> Counted | None:
    """None for a timer that goes by the clock."""
    payload = job.payload if "workdays" in job.payload else _old_timer(frame, job)
    if payload["workdays"] is None:
        return None
    case = cases.get_case(frame.tx, job.case_id)
    assert case
    name = frame.bundles.get(frame.tx, case.bundle_digest).elements[job.element_id].name
    start = datetime.fromisoformat(str(payload["start"]))
    return Counted(
        job.case_id, job.number, job.element_id, name or job.element_id, start, payload["workdays"],
        payload.get("organisation"), job.due_at, bool(payload.get("provisional")), job.id,
    )  # fmt: skip


def _old_timer(frame: Frame, job: Job) -> Mapping[str, Any]:
    """Set by a version that did not keep the number: the engine's state says what it waits for."""
    case = cases.case_with_state(frame.tx, job.case_id)
    assert case
    waits = run.waits(frame.bundles.get(frame.tx, case.bundle_digest), case.state)
    timer = next((w.timer for w in waits if w.number == job.number), None)
    return {"workdays": counted_days(timer) if timer else None, "start": job.created_at.isoformat()}
