"""An administrator looks at what a notice, a table or a day by hand would change, and at every limit that would move."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import administer
from service.actions.parts.calendar_change import CalendarGiven, Prepared, prepare


@dataclass(frozen=True, slots=True)
class PreviewCalendar:
    given: CalendarGiven


def preview_calendar(frame: Frame, order: PreviewCalendar) -> Prepared:
    """Nothing is written."""
    administer(frame, "calendar.change")
    return prepare(frame, order.given)
