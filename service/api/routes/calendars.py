"""Working days: looking at a year, changing a calendar by what was previewed, counting by hand."""

from typing import Annotated

from fastapi import Path, Query, Response

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.count_workdays import CountWorkdays, count_workdays
from service.actions.frame import Frame
from service.actions.look_at_calendar import look_at_calendar
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes import calendars as shapes
from service.api.shapes.base import Listed, Names
from service.store import calendars

router = new_router("calendars")
CalendarId = Annotated[str, Path(max_length=64, description="county, or an organisation's id.")]
Year = Annotated[int, Query(ge=1949, le=2999)]


@router.get("/calendars")
def list_calendars(door: Door) -> Listed[shapes.CalendarShown]:
    """The county's, and those of organisations that have days of their own."""

    def look(frame: Frame) -> Listed[shapes.CalendarShown]:
        names = Names(frame.tx)
        found = [
            shapes.calendar(id, version, at, calendars.years_known(frame.tx, id), names)
            for id, (version, at) in calendars.list_calendars(frame.tx).items()
        ]
        return Listed[shapes.CalendarShown](items=found, next=None)

    return door.read(look)


@router.get("/calendars/{calendar_id}/days")
def show_year(door: Door, calendar_id: CalendarId, year: Year) -> shapes.CalendarYearShown:
    """Every day of a year with what it is and who says so. An organisation without days of its own has those above it."""
    return door.read(lambda frame: shapes.year(look_at_calendar(frame, calendar_id, year)))


@router.post("/calendars/{calendar_id}/preview", response_model=shapes.CalendarPreviewShown, responses=WRITE_PROBLEMS)
def preview(
    door: Door, calendar_id: CalendarId, body: shapes.CalendarChangeGiven, idempotency_key: IdempotencyKey = None
) -> Response:
    """What a notice, a table or days by hand would change, and every limit that would move, old and new. No day is changed."""

    def look(frame: Frame) -> Answer:
        found = preview_calendar(frame, PreviewCalendar(body.change(calendar_id)))
        return Answer(shapes.preview(found, calendar_id))

    return door.write(look, thing=calendar_id)


@router.post("/calendars/{calendar_id}/confirm", response_model=shapes.CalendarPreviewShown, responses=WRITE_PROBLEMS)
def confirm(
    door: Door, calendar_id: CalendarId, body: shapes.CalendarConfirmGiven, idempotency_key: IdempotencyKey = None
) -> Response:
    """Do what was previewed, in one transaction: days, limits, reminders, history. 409 when anything has changed since."""

    def act(frame: Frame) -> Answer:
        done = change_calendar(frame, ChangeCalendar(body.change(calendar_id), body.preview))
        return Answer(shapes.preview(done, calendar_id))

    return door.write(act, thing=calendar_id)


@router.post("/calendars/compute", response_model=shapes.CountShown, responses=WRITE_PROBLEMS)
def compute(door: Door, body: shapes.CountGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """Check a deadline by hand: 2026-12-28 and 10 working days, with the days counted."""
    order = CountWorkdays(body.start, body.workdays, body.organisation)
    return door.write(lambda frame: Answer(shapes.count(count_workdays(frame, order))))
