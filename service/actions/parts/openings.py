"""What a step opened and closed, written to the tables people and the worker look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from service.actions.frame import Frame
from service.actions.parts.assign import candidates_of, case_organisations
from service.actions.parts.deadlines import calendar_for, counted_days, task_due, timer_due, told_at, who_acts
from service.domain.calendar import WorkCalendar, local_date
from service.domain.cases import Candidate, Case, Job, JobKind, JobStatus, MessageWait, Task, TaskStatus
from service.domain.errors import StepFailed
from service.engine import codec
from service.engine.model import Bundle, Closed, Element, Step, Thrown, Wait
from service.store import cases, jobs, messages, people, tasks
from service.store.session import notify_work

DELIVERY_TRIES = 10
TIMER_TRIES = 10
YEARS = range(1900, 3000)  # of a timer; further out other clocks and sums go over their ends


@dataclass(frozen=True, slots=True)
class Opened:
    """Something the case now waits for, as the story of a step tells it.

    ``workdays``: how many were counted to ``due_at``, if any; ``provisional``: over days that no notice has settled yet.
    """

    kind: str
    number: int
    element_id: str
    name: str
    task_id: str = ""
    candidates: tuple[Candidate, ...] = ()
    due_at: datetime | None = None
    workdays: int | None = None
    calendar: str | None = None
    provisional: bool = False


def write_openings(frame: Frame, case: Case, bundle: Bundle, *, step: Step, by: str) -> tuple[Opened, ...]:
    """Close what is gone, open what is new, pass on what was thrown; answers what was opened."""
    _close(frame, case, step.closed, by=by)
    opened = (
        *_open_tasks(frame, case, bundle, waits=[w for w in step.opened if w.kind == "user"]),
        *_open_jobs(frame, case, bundle, waits=[w for w in step.opened if w.kind in ("job", "timer")]),
        *_open_waits(frame, case, bundle, waits=[w for w in step.opened if w.kind in ("message", "signal")]),
    )
    for thrown in step.thrown:
        pass_on(frame, thrown)
    if any(o.kind in ("job", "message", "signal") for o in opened) or step.thrown:
        notify_work(frame.tx)
    return opened


def pass_on(frame: Frame, thrown: Thrown) -> tuple[str, ...]:
    """One delivery job for every case that waits; a message is kept for those who will wait later. Answers the job ids."""
    content = codec.dumps(dict(thrown.data))
    if thrown.kind == "message":
        messages.retain_message(frame.tx, thrown.name, thrown.key, content, at=frame.now)
    key = thrown.key if thrown.kind == "message" else None
    waits = messages.waits_for(frame.tx, kind=thrown.kind, name=thrown.name, key=key)
    return deliver_to(frame, waits, content)


def deliver_to(frame: Frame, waits: Sequence[MessageWait], content: str) -> tuple[str, ...]:
    """Delivery jobs of ``content`` (codec text) to ``waits``; each runs in a transaction of its own case."""
    made = [_delivery(frame, wait, content) for wait in waits]
    jobs.add_jobs(frame.tx, made)
    return tuple(job.id for job in made)


def _close(frame: Frame, case: Case, closed: Sequence[Closed], *, by: str) -> None:
    users = {c.number: _task_status(c) for c in closed if c.kind == "user"}
    machine = {c.number: c.how for c in closed if c.kind != "user"}
    if users:
        tasks.close_tasks(frame.tx, case.id, users, at=frame.now, by=by)
    if closed:
        done = [n for n, how in machine.items() if how == "completed"]
        jobs.close_jobs(frame.tx, case.id, done, status=JobStatus.DONE)
        gone = [c.number for c in closed if c.number not in done]
        jobs.close_jobs(frame.tx, case.id, gone, status=JobStatus.CANCELLED)
        messages.close_waits(frame.tx, case.id, list(machine))


def _task_status(closed: Closed) -> str:
    return TaskStatus.COMPLETED if closed.how == "completed" else TaskStatus.CANCELLED


def _open_tasks(frame: Frame, case: Case, bundle: Bundle, *, waits: Sequence[Wait]) -> list[Opened]:
    if not waits:
        return []
    known = case_organisations(frame, case)
    made = []
    for wait in waits:
        element = bundle.elements[wait.element]
        task = _task(frame, case, wait, element=element, candidates=candidates_of(element, known))
        made.append(task)
        for candidate in task.candidates:
            cases.grant_access(frame.tx, case.id, candidate.organisation_id, "task")
    tasks.add_tasks(frame.tx, made)
    jobs.add_jobs(frame.tx, [job for task in made for job in _reminders(frame, task)])
    return [opened_task(t) for t in made]


def opened_task(t: Task) -> Opened:
    """A task as something its case waits for."""
    return Opened(
        "user", t.number, t.element_id, t.name, task_id=t.id, candidates=t.candidates, due_at=t.due_at,
        workdays=t.due_workdays, calendar=t.due_organisation, provisional=t.provisional,
    )  # fmt: skip


def opened_job(j: Job, kind: str, name: str) -> Opened:
    """A job or timer as something its case waits for."""
    counted = j.payload if j.kind is JobKind.TIMER else {}
    return Opened(
        kind, j.number, j.element_id, name, due_at=j.due_at, workdays=counted.get("workdays"),
        calendar=counted.get("organisation"), provisional=bool(counted.get("provisional")),
    )  # fmt: skip


def _task(frame: Frame, case: Case, wait: Wait, *, element: Element, candidates: tuple[Candidate, ...]) -> Task:
    _must_be_able(frame, wait, element)
    acts = who_acts(frame, candidates, wait.assignee or None)
    calendar = calendar_for(frame, acts)
    due = task_due(element.due_workdays, frame.now, calendar)
    return Task(
        id=f"{case.id}.{wait.number}",
        case_id=case.id,
        number=wait.number,
        element_id=element.id,
        name=element.name,
        lane=element.lane,
        form_key=element.form_key,
        status=TaskStatus.OPEN,
        assignee_id=wait.assignee or None,
        created_at=frame.now,
        due_at=due,
        ended_at=None,
        ended_by=None,
        version=1,
        candidates=candidates,
        input=codec.encode(dict(wait.data)),
        due_workdays=element.due_workdays,
        due_organisation=acts if due else None,
        provisional=bool(due) and _guessed(calendar, frame.now, due),
    )


def _guessed(calendar: WorkCalendar, start: datetime, due: datetime | None) -> bool:
    return due is not None and calendar.rests_on_guess(local_date(start), local_date(due))


def _must_be_able(frame: Frame, wait: Wait, element: Element) -> None:
    """Whom the diagram names must be there to do it: an administrator or somebody who has left would hold it for ever."""
    if not wait.assignee and element.candidate_groups:
        return
    found = people.actor(frame.tx, wait.assignee) if wait.assignee else None
    if element.assignee and (found is None or found.roles):
        raise StepFailed("task.assignee", element=element.id, name=element.name, value=wait.assignee[:64],
                         expression=element.assignee)  # fmt: skip


def _reminders(frame: Frame, task: Task) -> list[Job]:
    """They carry the task's number, so closing the task cancels them."""
    if task.due_workdays is None:
        return []
    moments = told_at(task.due_workdays, task.created_at, calendar_for(frame, task.due_organisation))
    return [reminder_job(frame, task, about, due_at=at) for about, at in moments.items()]


def reminder_job(frame: Frame, task: Task, about: str, *, due_at: datetime) -> Job:
    """``about``: reminder, overdue or escalation of the task."""
    return _job(frame, task.case_id, JobKind.REMIND, number=task.number, element_id=task.element_id, due_at=due_at,
                payload={"about": about, "task_id": task.id}, tries=TIMER_TRIES)  # fmt: skip


def _open_jobs(frame: Frame, case: Case, bundle: Bundle, *, waits: Sequence[Wait]) -> list[Opened]:
    made = []
    for wait in waits:
        element = bundle.elements[wait.element]
        if wait.kind == "timer":
            job = _timer(frame, case, wait)
        else:
            job = _job(frame, case.id, JobKind.HANDLER, number=wait.number, element_id=element.id, due_at=frame.now,
                       handler=element.handler, payload={"input": codec.encode(dict(wait.data))},
                       tries=element.retries)  # fmt: skip
        made.append((wait, element, job))
    jobs.add_jobs(frame.tx, [job for _, _, job in made])
    return [opened_job(job, w.kind, e.name) for w, e, job in made]


def _timer(frame: Frame, case: Case, wait: Wait) -> Job:
    assert wait.timer
    payload: dict[str, object] = {"workdays": None}
    try:
        days = counted_days(wait.timer)
        acts = host_acts(frame, case.id, wait) if days is not None else None
        calendar = calendar_for(frame, acts)
        due = timer_due(wait.timer, frame.now, calendar).astimezone(UTC)
        if due.year not in YEARS:
            raise ValueError(due.isoformat())
    except (ValueError, OverflowError) as error:
        raise StepFailed("timer.unreadable", element=wait.element, value=wait.timer.value) from error
    if days is not None:
        provisional = _guessed(calendar, frame.now, due)
        payload = {"workdays": days, "start": frame.now.isoformat(), "organisation": acts, "provisional": provisional}
    return _job(frame, case.id, JobKind.TIMER, number=wait.number, element_id=wait.element, due_at=due,
                payload=payload, tries=TIMER_TRIES)  # fmt: skip


def host_acts(frame: Frame, case_id: str, wait: Wait) -> str | None:
    """Whose working days a timer counts: of whoever has the task it sits on; None for the county's."""
    host = tasks.get_task(frame.tx, f"{case_id}.{wait.host}") if wait.host else None
    return host.due_organisation or who_acts(frame, host.candidates, host.assignee_id) if host else None


def _open_waits(frame: Frame, case: Case, bundle: Bundle, *, waits: Sequence[Wait]) -> list[Opened]:
    made = [
        MessageWait(case.id, w.number, w.element, kind=w.kind, name=w.message, key=w.key, created_at=frame.now)
        for w in waits
    ]
    messages.add_waits(frame.tx, made)
    for wait in sorted(made, key=lambda w: (w.name, w.key)):
        # The thrower may have been first: the row of (name, key) is locked by both, so they cannot miss each other.
        kept = messages.retained_message(frame.tx, wait.name, wait.key) if wait.kind == "message" and wait.key else None
        if kept is not None:
            deliver_to(frame, [wait], kept)
    return [Opened(w.kind, w.number, w.element_id, bundle.elements[w.element_id].name) for w in made]


def _delivery(frame: Frame, wait: MessageWait, content: str) -> Job:
    payload = {"kind": wait.kind, "name": wait.name, "key": wait.key, "content": content}
    return _job(frame, wait.case_id, JobKind.DELIVER, number=wait.number, element_id=wait.element_id,
                due_at=frame.now, payload=payload, tries=DELIVERY_TRIES)  # fmt: skip


def _job(
    frame: Frame, case_id: str, kind: JobKind, *, number: int, element_id: str, due_at: datetime,
    payload: Mapping[str, object], tries: int, handler: str = "",
) -> Job:  # fmt: skip
    return Job(
        id=frame.new_id(),
        case_id=case_id,
        kind=kind,
        number=number,
        element_id=element_id,
        handler=handler,
        payload=payload,
        due_at=due_at,
        status=JobStatus.DUE,
        attempts=0,
        max_attempts=max(1, tries),
        fence=0,
        lease_owner=None,
        lease_until=None,
        last_error="",
        created_at=frame.now,
    )
