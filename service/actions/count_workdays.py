"""A person checks a deadline by hand: so many working days from that day on, for that organisation."""

from dataclasses import dataclass
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.deadlines import calendar_for
from service.domain.calendar import days_after
from service.domain.errors import Invalid, NotFound
from service.store import organisations

FIRST_YEAR, LAST_YEAR = 1949, 2900
MOST = 2_000


@dataclass(frozen=True, slots=True)
class CountWorkdays:
    """``organisation_id`` None: the county's calendar."""

    start: date
    workdays: int
    organisation_id: str | None = None


@dataclass(frozen=True, slots=True)
class CountedWorkdays:
    """``days``: those counted, in order. ``guessed``: days on the way that no notice has settled, worked or not."""

    due: date
    days: tuple[date, ...]
    guessed: tuple[date, ...]

    @property
    def provisional(self) -> bool:
        return bool(self.guessed)


def count_workdays(frame: Frame, order: CountWorkdays) -> CountedWorkdays:
    """The start day is not counted (民法典 201)."""
    if order.organisation_id and organisations.get_organisation(frame.tx, order.organisation_id) is None:
        raise NotFound("organisation.unknown", id=order.organisation_id)
    if not FIRST_YEAR <= order.start.year <= LAST_YEAR or not 0 <= order.workdays <= MOST:
        raise Invalid("calendar.count_range", first=FIRST_YEAR, last=LAST_YEAR, most=MOST)
    calendar = calendar_for(frame, order.organisation_id)
    due = calendar.add_workdays(order.start, order.workdays)
    guessed = tuple(day for day in days_after(order.start, due) if calendar.is_provisional(day))
    return CountedWorkdays(due, tuple(calendar.workdays(order.start, due)), guessed)
