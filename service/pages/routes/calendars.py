"""工作日历: a year at a glance, counting a deadline, and a change that is shown before it is done."""

from calendar import Calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.count_workdays import CountedWorkdays, CountWorkdays, count_workdays
from service.actions.frame import Frame
from service.actions.look_at_calendar import CalendarYear, DayOfYear, look_at_calendar
from service.actions.parts.administering import administer
from service.actions.parts.calendar_change import CalendarGiven
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.domain.administration import may
from service.domain.calendar import COUNTY, DayKind, local_date
from service.domain.calendar_change import DayGiven, table_rows
from service.domain.errors import Invalid, OneSealError
from service.domain.people import OrgKind
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.given import Given, faults_by_field
from service.pages.page import Done, Page
from service.pages.rendering import address
from service.store import calendars, organisations

router = APIRouter()
Year = Annotated[int, Query(ge=1949, le=2999)]
CalendarId = Annotated[str, Query(alias="organisation", max_length=64)]
Start = Annotated[date | None, Query()]
Workdays = Annotated[int | None, Query(ge=0, le=2000)]
TEXT, TABLE = 20_000, 200_000
TAKE_BACK = "inherit"
WAYS = ("notice", "day", "table")


@router.get("/calendar")
def show_year(
    door: Door, year: Year = 0, organisation: CalendarId = COUNTY, start: Start = None, workdays: Workdays = None
) -> Response:
    """Twelve months with their kinds of days; what is guessed is marked. The box counts a deadline."""

    def look(frame: Frame) -> Page:
        shown = year or local_date(frame.now).year
        found = look_at_calendar(frame, organisation, shown)
        return Page(
            "calendars/year.html", found=found, months=list(_months(found)), choices=_calendars(frame),
            counted=_counted(frame, organisation, start, workdays), start=start, workdays=workdays,
            today=local_date(frame.now), changes=bool(may(frame.actor, "calendar.change")), special=_special(found),
        )  # fmt: skip

    return door.show(look)


@router.get("/calendar/change")
def begin_change(door: Door, way: Literal["notice", "table", "day"] = "notice") -> Response:
    """Paste a notice or a table, or set one day: three forms, one way on."""
    return door.show(lambda frame: _begin(frame, way, None))


@router.post("/calendar/preview")
def preview(door: Door) -> Response:
    """What would change; what is not understood stays on the form with its sentence."""
    return door.show(lambda frame: _previewed(frame, door))


@router.post("/calendar/confirm")
def confirm(door: Door) -> Response:
    """Do what was shown. When anything has changed meanwhile, the preview of now is shown instead."""

    def act(frame: Frame) -> Done:
        order = _order(door.given)
        done = change_calendar(frame, ChangeCalendar(order, door.given.text("preview", most=64)))
        named = [day.day for day in done.plan.put] + list(done.plan.taken_back)
        cases = len({move.case_id for move in done.recount.moves})
        words = say("calendar.page.done", days=len(named), cases=cases)
        year = done.understood.year or named[0].year
        return Done(address("/calendar", year=year, organisation=_but_county(order.calendar_id)), words)

    return door.do(act, again=lambda frame: _previewed(frame, door), thing="calendar")


def _but_county(calendar_id: str) -> str:
    return "" if calendar_id == COUNTY else calendar_id


def _begin(frame: Frame, way: str, typed: Mapping[str, list[str]] | None, error: OneSealError | None = None) -> Page:
    administer(frame, "calendar.change")
    return Page(
        "calendars/change.html", status=422 if error else 200, choices=_all_organisations(frame), typed=typed,
        error=str(error) if error else "", faults=faults_by_field(error.faults) if error else {}, kinds=_kinds(),
        way=way, ways={each: say(f"calendar.page.way.{each}") for each in WAYS},
    )  # fmt: skip


def _previewed(frame: Frame, door: PageDoor) -> Page:
    given = door.given
    try:
        order = _order(given)
        found = preview_calendar(frame, PreviewCalendar(order))
    except Invalid as error:
        return _begin(frame, (given.typed.get("way") or [""])[0], given.typed, error)
    kept = {name: values[0] for name, values in given.typed.items() if name != "preview"}
    return Page(
        "calendars/preview.html", status=422 if found.understood.faults else 200, found=found, kept=kept,
        calendar_name=_all_organisations(frame).get(order.calendar_id, ""), moves=found.recount.moves,
        cases=len({move.case_id for move in found.recount.moves}), way=kept.get("way", ""),
    )  # fmt: skip


def _order(given: Given) -> CalendarGiven:
    """What one of the three forms asks for."""
    way = given.choice("way", WAYS, required=True)
    organisation = given.text("organisation", most=64) or COUNTY
    source = given.text("source", most=200)
    year = given.whole("year", least=1949, most=2999)
    notice = given.text("notice", most=TEXT, required=way == "notice")
    table = given.text("table", most=TABLE, required=way == "table")
    days = [_day(given)] if way == "day" else []
    given.check()
    rows = table_rows(table) if way == "table" else ()
    return CalendarGiven(organisation, notice if way == "notice" else "", rows, days, year, source)


def _day(given: Given) -> DayGiven:
    day = given.day("day", required=True) or date.min
    kind = given.choice("kind", _kinds(), required=True)
    wanted = DayKind(kind) if kind and kind != TAKE_BACK else None
    return DayGiven(day, wanted, given.text("name", most=40))


def _kinds() -> dict[str, str]:
    words = {kind.value: say(f"calendar.kind.{kind.value}") for kind in DayKind if kind is not DayKind.SHIFTED}
    return words | {TAKE_BACK: say("calendar.page.inherit")}


def _counted(frame: Frame, organisation: str, start: date | None, workdays: int | None) -> CountedWorkdays | None:
    if start is None or workdays is None:
        return None
    try:
        return count_workdays(frame, CountWorkdays(start, workdays, None if organisation == COUNTY else organisation))
    except Invalid:
        return None


def _calendars(frame: Frame) -> dict[str, str]:
    """The county's and those of organisations with days of their own."""
    names = _all_organisations(frame)
    return {id: names.get(id, id) for id in (COUNTY, *calendars.list_calendars(frame.tx))}


def _all_organisations(frame: Frame) -> dict[str, str]:
    found = {o.id: o.name for o in organisations.list_organisations(frame.tx) if o.kind is not OrgKind.COUNTY}
    return {COUNTY: say("calendar.page.county")} | found


def _months(found: CalendarYear) -> Iterator[tuple[int, int, list[list[DayOfYear | None]]]]:
    """Month, its working days, its weeks from Monday on."""
    by_day = {each.day.day: each for each in found.days}
    for month in range(1, 13):
        weeks = [
            [by_day[day] if day.month == month else None for day in week]
            for week in Calendar().monthdatescalendar(found.year, month)
        ]
        works = sum(each.day.kind.works for each in found.days if each.day.day.month == month)
        yield month, works, weeks


def _special(found: CalendarYear) -> list[tuple[DayOfYear, DayOfYear]]:
    """First and last of every run of days that are otherwise than their weekday says, and why."""
    runs: list[tuple[DayOfYear, DayOfYear]] = []
    for each in found.days:
        if not each.said_by or not (each.day.name or each.said_by != COUNTY):
            continue
        if runs and _goes_on(runs[-1][1], each):
            runs[-1] = (runs[-1][0], each)
        else:
            runs.append((each, each))
    return runs


def _goes_on(last: DayOfYear, each: DayOfYear) -> bool:
    same = (last.said_by, last.day.kind, last.day.name, last.day.source)
    follows = each.day.day - last.day.day == timedelta(days=1)
    return follows and same == (each.said_by, each.day.kind, each.day.name, each.day.source)
