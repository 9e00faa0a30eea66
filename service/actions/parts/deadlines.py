"""When things are due: timers of the diagram, due times of tasks, and the moments people are told of them.

Whose working days count: of the organisation that has to act. For a task that is the first one the diagram names, or the person's;
for a timer that of the task it sits on, and the county's where nobody in particular is waited for.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from service.actions.frame import Frame
from service.domain.calendar import ONE_SECOND, SHANGHAI, Pause, WorkCalendar, end_of_day, local_date
from service.domain.cases import Candidate
from service.domain.durations import add_duration, whole_days
from service.engine.model import TimerDue
from service.store import organisations, people

REMIND_AT_PERCENT = 80
ESCALATE_AFTER = 5  # working days over the limit: the matter goes to the head, 效能办 and 审改办
REMINDER, OVERDUE, ESCALATION = "reminder", "overdue", "escalation"


def calendar_for(frame: Frame, organisation_id: str | None) -> WorkCalendar:
    """The working days of an organisation; the county's when it has none of its own and nobody above it has."""
    if not organisation_id or not frame.calendar.own:
        return frame.calendar
    return frame.calendar.of([o.id for o in organisations.line_of(frame.tx, organisation_id)])


def who_acts(frame: Frame, candidates: Collection[Candidate], assignee_id: str | None) -> str | None:
    """The organisation whose working days count."""
    for candidate in candidates:
        return candidate.organisation_id
    person = people.get_person(frame.tx, assignee_id) if assignee_id else None
    return person.organisation_id if person else None


def counted_days(timer: TimerDue) -> int | None:
    """How many working days a timer waits; None for one that goes by the clock. ValueError names a bad value."""
    return whole_days(timer.value) if timer.kind == "duration" and timer.unit == "workdays" else None


def timer_due(timer: TimerDue, now: datetime, calendar: WorkCalendar) -> datetime:
    """The moment a timer fires, UTC. Dates without an offset are Shanghai time; ValueError names a bad value."""
    if timer.kind == "date":
        moment = datetime.fromisoformat(timer.value)
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    days = counted_days(timer)
    return add_duration(now, timer.value) if days is None else calendar.due(now, days)


def task_due(due_workdays: int | None, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """End of the last working day a task may take, or None when the diagram sets no limit."""
    return None if due_workdays is None else calendar.due(now, due_workdays)


def told_at(
    workdays: int, start: datetime, calendar: WorkCalendar, pauses: Iterable[Pause] = ()
) -> dict[str, datetime]:
    """What is told -> when: at the end of the working day at 80 %, when the last second of the limit is over, and five days on.

    No reminder where 80 % would be the very first or the last day.
    """
    breaks, begun = tuple(pauses), local_date(start)
    days = workdays * REMIND_AT_PERCENT // 100
    found = {
        OVERDUE: end_of_day(calendar.add_workdays(begun, workdays, breaks)) + ONE_SECOND,
        ESCALATION: end_of_day(calendar.add_workdays(begun, workdays + ESCALATE_AFTER, breaks)) + ONE_SECOND,
    }
    if 0 < days < workdays:
        found[REMINDER] = end_of_day(calendar.add_workdays(begun, days, breaks))
    return found
