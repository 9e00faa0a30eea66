"""Calendars, their changes, and counting by hand."""

from datetime import date, datetime

from pydantic import ConfigDict, Field

from service.actions.count_workdays import CountedWorkdays
from service.actions.look_at_calendar import CalendarYear, DayOfYear
from service.actions.parts.calendar_change import CalendarGiven, Prepared
from service.api.shapes.base import Given, Names, Shown
from service.domain.calendar import COUNTY, DayKind
from service.domain.calendar_change import DayChange, DayGiven, table_rows
from service.domain.counting import Move
from service.domain.holiday_notice import Sentence


class CalendarShown(Shown):
    """`id`: county, or the organisation's."""

    id: str
    organisation_name: str
    version: int
    changed_at: datetime
    first_known: date | None
    last_known: date | None


class CalendarDayShown(Shown):
    """`kind`: working 工作日, rest 周末休息, holiday 放假, shifted 调休上班. `provisional`: nobody has settled it yet. `said_by`: the
    calendar that says so, county or an organisation's; empty for a provisional day."""

    day: date
    kind: str
    name: str
    provisional: bool
    said_by: str
    source: str
    since: datetime | None


class CalendarYearShown(Shown):
    """Every day of a year, in order."""

    calendar: str
    year: int
    provisional: bool
    days: list[CalendarDayShown]


class DayWanted(Given):
    """`kind` null: the organisation takes its own word back."""

    day: date
    kind: DayKind | None
    name: str = Field("", max_length=40)


class CalendarChangeGiven(Given):
    """One of `notice` (the text as pasted), `table` (CSV with the columns 日期, 类型, 说明), `rows` (the same as lists) and `days`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "days": [{"day": "2027-03-03", "kind": "rest", "name": "示例：本地休息日"}],
                    "source": "示例〔2027〕1号",
                }
            ]
        },
    )

    notice: str = Field("", max_length=20_000)
    table: str = Field("", max_length=200_000)
    rows: list[list[str]] = Field(default_factory=list, max_length=4_001)
    days: list[DayWanted] = Field(default_factory=list, max_length=400)
    year: int | None = Field(None, ge=1949, le=2999, description="Of a notice without a title, or of a whole table.")
    source: str = Field("", max_length=200, description="The paper behind it; a notice with a title needs none.")

    def change(self, calendar_id: str) -> CalendarGiven:
        rows = [*table_rows(self.table), *self.rows] if self.table or self.rows else []
        days = [DayGiven(each.day, each.kind, each.name) for each in self.days]
        return CalendarGiven(calendar_id, self.notice, rows, days, self.year, self.source)


class CalendarConfirmGiven(CalendarChangeGiven):
    """The same as was previewed, and the `preview` it gave."""

    preview: str = Field(max_length=64)


class SentenceShown(Shown):
    """A sentence of the notice beside what was understood of it; `faults` say why it was not."""

    text: str
    understood: str
    faults: list[str]


class ImportFaultShown(Shown):
    """What was not understood, and where: the sentence, or the row and column."""

    code: str
    message: str
    sentence: int | None = None
    row: int | None = None
    column: str = ""


class DayChangeShown(Shown):
    """`guessed`: before, nobody had said what the day is."""

    day: date
    before: str
    guessed: bool
    after: str
    name: str
    source: str


class MoveShown(Shown):
    """A moment that moves. `kind`: task, timer, reminder, overdue, escalation. `provisional`: the new date rests on days nobody has settled."""

    case: str
    case_key: str
    number: int
    element: str
    name: str
    kind: str
    workdays: int
    organisation: str | None
    old: datetime
    new: datetime
    provisional: bool


class CalendarPreviewShown(Shown):
    """What would be done, or was. `preview` is empty while something is not understood; give it back to confirm.

    `settled_days`: days that are no longer guessed. `settled_limits`: limits that stay and are now sure. `resting_limits`: of suspended
    cases, counted anew when they go on.
    """

    calendar: str
    year: int | None
    source: str
    sentences: list[SentenceShown]
    faults: list[ImportFaultShown]
    changes: list[DayChangeShown]
    settled_days: int
    moves: list[MoveShown]
    settled_limits: int
    resting_limits: int
    preview: str


class CountGiven(Given):
    """So many working days after `start`, which is not counted."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"start": "2026-12-28", "workdays": 10}]})

    start: date
    workdays: int = Field(ge=0, le=2_000)
    organisation: str | None = Field(None, max_length=64, description="Whose calendar; the county's when not given.")


class CountShown(Shown):
    """`days`: the days counted. `guessed`: days on the way that nobody has settled; with any of them it is `provisional`."""

    due: date
    days: list[date]
    provisional: bool
    guessed: list[date]


def year(found: CalendarYear) -> CalendarYearShown:
    return CalendarYearShown(
        calendar=found.calendar_id, year=found.year, provisional=found.provisional,
        days=[_day(each) for each in found.days],
    )  # fmt: skip


def calendar(id: str, version: int, at: datetime, known: tuple[date, date] | None, names: Names) -> CalendarShown:
    return CalendarShown(
        id=id, organisation_name="" if id == COUNTY else names.of(id), version=version, changed_at=at,
        first_known=known[0] if known else None, last_known=known[1] if known else None,
    )  # fmt: skip


def preview(found: Prepared, calendar_id: str) -> CalendarPreviewShown:
    understood = found.understood
    return CalendarPreviewShown(
        calendar=calendar_id, year=understood.year, source=understood.source,
        sentences=[_sentence(each) for each in understood.sentences],
        faults=[ImportFaultShown(code=f.code, message=f.message, sentence=f.where.get("sentence"), row=f.where.get("row"),
                                 column=f.where.get("column", "")) for f in understood.faults],
        changes=[_change(each) for each in found.plan.changes], settled_days=found.plan.settled,
        moves=[_move(each) for each in found.recount.moves], settled_limits=len(found.recount.settled),
        resting_limits=found.resting, preview=found.digest,
    )  # fmt: skip


def count(found: CountedWorkdays) -> CountShown:
    return CountShown(due=found.due, days=list(found.days), provisional=found.provisional, guessed=list(found.guessed))


def _day(found: DayOfYear) -> CalendarDayShown:
    day = found.day
    return CalendarDayShown(
        day=day.day, kind=day.kind.value, name=day.name, provisional=found.provisional, said_by=found.said_by,
        source=day.source, since=day.since,
    )  # fmt: skip


def _sentence(found: Sentence) -> SentenceShown:
    return SentenceShown(text=found.text, understood=found.understood, faults=list(found.faults))


def _change(found: DayChange) -> DayChangeShown:
    return DayChangeShown(
        day=found.day, before=found.before.value, guessed=found.guessed, after=found.after.value, name=found.name,
        source=found.source,
    )  # fmt: skip


def _move(found: Move) -> MoveShown:
    return MoveShown(
        case=found.case_id, case_key=found.case_key, number=found.number, element=found.element_id, name=found.name,
        kind=found.kind, workdays=found.workdays, organisation=found.organisation, old=found.old, new=found.new,
        provisional=found.provisional,
    )  # fmt: skip
