"""When things are due: timers of the diagram, due times of tasks, and their reminders at 80 % and 100 %."""

from datetime import datetime

from service.domain.calendar import SHANGHAI, WorkCalendar
from service.domain.durations import add_duration, whole_days
from service.engine.model import TimerDue

REMIND_AT_PERCENT = 80


def timer_due(timer: TimerDue, now: datetime, calendar: WorkCalendar) -> datetime:
    """The moment a timer fires, UTC. Dates without an offset are Shanghai time; ValueError names a bad value."""
    if timer.kind == "date":
        moment = datetime.fromisoformat(timer.value)
        return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    if timer.unit == "workdays":
        return calendar.due(now, whole_days(timer.value))
    return add_duration(now, timer.value)


def task_due(due_workdays: int | None, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """End of the last working day a task may take, or None when the diagram sets no limit."""
    return None if due_workdays is None else calendar.due(now, due_workdays)


def reminder_at(due_workdays: int, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """End of the working day at 80 % of the limit; None when that would be the very first or the last day."""
    days = due_workdays * REMIND_AT_PERCENT // 100
    return calendar.due(now, days) if 0 < days < due_workdays else None
