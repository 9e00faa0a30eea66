"""A task is at 80 % of its time, or over it: the people who may do it are told, and at the end 效能办 too."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.leased import locked_job
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.calendar import local_date
from service.domain.cases import Candidate, Case, JobStatus, Task, TaskStatus
from service.domain.items import Notification
from service.domain.texts import say
from service.store import jobs, notices, organisations, tasks


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
    if sent:
        event = EventFacts(
            type=f"task.{about}", element=job.element_id, number=job.number, facts={"notices": len(sent)}
        )
        note_on_case(frame, case, event)
    jobs.finish_job(frame.tx, job.id, fence=order.fence, status=JobStatus.DONE)
    return sent


def _notices(frame: Frame, case: Case, task: Task, *, about: str) -> Iterable[Notification]:
    due = local_date(task.due_at).isoformat() if task.due_at else ""
    text = say(f"task.{about}", task=task.name, case=case.title, key=case.business_key, due=due)
    told = list(task.candidates)
    if about == "overdue":
        office = organisations.organisation_by_office(frame.tx, "efficiency_office")
        if office:
            told.append(Candidate("efficiency_inspector", office.id))
    for candidate in told:
        yield Notification(
            id=frame.new_id(),
            kind=about,
            organisation_id=candidate.organisation_id,
            post=candidate.post,
            person_id=task.assignee_id if candidate in task.candidates else None,
            case_id=case.id,
            task_id=task.id,
            text=text,
            created_at=frame.now,
        )
