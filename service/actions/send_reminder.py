"""A task is at 80 % of its time, over it, or five working days over it: whoever has it is told, then whoever leads, then 效能办 and 审改办."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.deadlines import ESCALATION, OVERDUE, calendar_for, told_at, who_acts
from service.actions.parts.leased import locked_job
from service.actions.parts.openings import reminder_job
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.calendar import local_date
from service.domain.cases import Candidate, Case, JobStatus, Task, TaskStatus
from service.domain.items import Notification
from service.domain.leading import leading_posts
from service.domain.texts import say
from service.store import calendars, counting, jobs, notices, organisations, people, tasks

WATCHING = {OVERDUE: ("efficiency_office",), ESCALATION: ("efficiency_office", "reform_office")}
POSTS = {"efficiency_office": "efficiency_inspector", "reform_office": "reform_clerk"}


@dataclass(frozen=True, slots=True)
class SendReminder:
    job_id: str
    fence: int


def send_reminder(frame: Frame, order: SendReminder) -> tuple[Notification, ...]:
    """The notices sent; none when the task was done in the meantime."""
    held = locked_job(frame, order.job_id, fence=order.fence)
    if held is None:
        return ()
    case, job = held
    about = str(job.payload["about"])
    task = tasks.get_task(frame.tx, str(job.payload["task_id"]))
    sent = tuple(_notices(frame, case, task, about=about)) if task and task.status is TaskStatus.OPEN else ()
    for notice in sent:
        notices.add_notification(frame.tx, notice)
    if task and sent:
        facts = {"notices": len(sent), "due": task.due_at.isoformat() if task.due_at else ""}
        event = EventFacts(type=f"task.{about}", element=job.element_id, number=job.number, facts=facts)
        note_on_case(frame, case, event)
        if about == OVERDUE:
            _escalate_later(frame, case, task)
    jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.DONE)
    return sent


def _notices(frame: Frame, case: Case, task: Task, *, about: str) -> Iterator[Notification]:
    due = local_date(task.due_at).isoformat() if task.due_at else ""
    text = say(f"task.{about}", task=task.name, case=case.title, key=case.business_key, due=due)
    text += say("task.due_provisional") if task.provisional else ""
    for candidate, person in dict.fromkeys(_told(frame, task, about=about)):
        yield Notification(
            id=frame.new_id(),
            kind=about,
            organisation_id=candidate.organisation_id if candidate else None,
            post=candidate.post if candidate else "",
            person_id=person,
            case_id=case.id,
            task_id=task.id,
            text=text,
            created_at=frame.now,
        )


def _told(frame: Frame, task: Task, *, about: str) -> Iterator[tuple[Candidate | None, str | None]]:
    """The holders; from the end of the time on those who lead them, and the offices that watch over the county."""
    yield from _holders(frame, task)
    if about not in WATCHING:
        return
    acts = task.due_organisation or who_acts(frame, task.candidates, task.assignee_id)
    line = organisations.line_of(frame.tx, acts) if acts else ()
    leading = [post for post in leading_posts(line) if post not in task.candidates and _is_held(frame, post)]
    yield from ((leader, None) for leader in (leading[:1] if about == OVERDUE else leading))
    for function in WATCHING[about]:
        office = organisations.organisation_by_office(frame.tx, function)
        if office:
            yield Candidate(POSTS[function], office.id), None


def _holders(frame: Frame, task: Task) -> Iterator[tuple[Candidate | None, str | None]]:
    """Whoever has claimed it, else everybody who may."""
    if not task.assignee_id:
        yield from ((candidate, None) for candidate in task.candidates)
        return
    actor = people.actor(frame.tx, task.assignee_id)
    held = (c for c in task.candidates if actor and actor.holds(c.post, c.organisation_id))
    yield next(held, next(iter(task.candidates), None)), task.assignee_id


def _is_held(frame: Frame, post: Candidate) -> bool:
    """Nobody reads what is told to a post without people."""
    return bool(people.people_holding(frame.tx, post.post, post.organisation_id))


def _escalate_later(frame: Frame, case: Case, task: Task) -> None:
    """A task opened by a version that knew of no third word gets it now."""
    known = counting.reminders_of_task(frame.tx, task.case_id, task.number)
    element = frame.bundles.get(frame.tx, case.bundle_digest).elements[task.element_id]
    days = task.due_workdays or element.due_workdays
    if days is None or any(job.payload["about"] == ESCALATION for job in known):
        return
    pauses = calendars.pauses_of(frame.tx, [task.case_id]).get(task.case_id, ())
    moments = told_at(days, task.created_at, calendar_for(frame, task.due_organisation), pauses)
    jobs.add_jobs(frame.tx, [reminder_job(frame, task, ESCALATION, due_at=moments[ESCALATION])])
