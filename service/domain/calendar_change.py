"""What somebody wants to change in a calendar, understood but not yet done: a notice, a table of days, or single days by hand."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.calendar import CalendarDay, DayKind, days_of_year, plainly
from service.domain.errors import Fault
from service.domain.holiday_notice import NamedDay, Sentence, read_notice
from service.domain.texts import say

FIRST_YEAR, LAST_YEAR = 1949, 2999
MOST_ROWS = 4_000
DATE_COLUMN, KIND_COLUMN, NAME_COLUMN = "日期", "类型", "说明"
WORDS = {
    "工作日": True, "上班": True, "调休上班": True, "补班": True,
    "放假": False, "节假日": False, "休息": False, "休息日": False, "周末": False,
}  # fmt: skip
JUST_REST = frozenset({"休息", "休息日", "周末"})
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class DayGiven:
    """One day by hand. ``kind`` None: an organisation takes its own word back, the day is as in the calendar above."""

    day: date
    kind: DayKind | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """``days`` named; every other day of ``year`` becomes an ordinary one. It counts only when there are no ``faults``."""

    days: tuple[CalendarDay, ...] = ()
    taken_back: tuple[date, ...] = ()
    year: int | None = None
    source: str = ""
    origin: str = "manual"
    sentences: tuple[Sentence, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day that is another kind than before. ``guessed``: before, nobody had said what it is."""

    day: date
    before: DayKind
    guessed: bool
    after: DayKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``put`` and ``taken_back``: what the table gets. ``changes``: what people see change. ``settled``: days no longer guessed."""

    put: tuple[CalendarDay, ...]
    taken_back: tuple[date, ...]
    changes: tuple[DayChange, ...]
    settled: int


def understand_notice(text: str, *, year: int | None, source: str) -> Understood:
    read = read_notice(text, year=year)
    title = source or (say("calendar.notice_title", year=read.year) if read.year else "")
    days = tuple(_noticed(named, read.year, title) for named in read.days)
    return Understood(
        days, year=read.year or None, source=title, origin="notice", sentences=read.sentences, faults=read.faults
    )


def understand_table(rows: Iterable[Sequence[str]], *, year: int | None, source: str) -> Understood:
    """Rows with a heading: 日期, 类型 and, if wanted, 说明. ``year``: the table is all there is to say of this year."""
    days, faults = dict[date, CalendarDay](), list[Fault]()
    columns: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            faults.append(Fault("rows", say("table.too_many", limit=MOST_ROWS), {"row": number}))
            break
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not columns:
            columns = {cell: at for at, cell in enumerate(cells) if cell}
            faults += _heading_faults(columns, number)
            if faults:
                break
            continue
        faults += _read_row(days, columns, cells, number=number, year=year, source=source)
    if not days and not faults:
        faults.append(Fault("rows", say("table.empty")))
    found = tuple(days[day] for day in sorted(days))
    return Understood(found, year=year, source=source, origin="table", faults=tuple(faults))


def understand_days(given: Sequence[DayGiven], *, source: str) -> Understood:
    """Single days by hand."""
    faults = []
    if len({each.day for each in given}) != len(given):
        faults.append(Fault("days", say("calendar.day_twice")))
    days = tuple(CalendarDay(g.day, fitting(g.day, g.kind), g.name, source) for g in given if g.kind)
    taken_back = tuple(g.day for g in given if g.kind is None)
    return Understood(days, taken_back, source=source, faults=tuple(faults))


def table_rows(text: str) -> list[list[str]]:
    """The rows of a pasted or uploaded table: commas, or tabs as spreadsheets copy them."""
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter))


def fitting(day: date, kind: DayKind) -> DayKind:
    """Worked on a weekend it is 调休上班, on any other day a 工作日."""
    if kind.works:
        return DayKind.WORKING if day.weekday() < 5 else DayKind.SHIFTED
    return kind


def plan_change(
    wanted: Understood, stored: Mapping[date, CalendarDay], look: Callable[[date], tuple[DayKind, bool]],
    above: Callable[[date], DayKind],
) -> Plan:  # fmt: skip
    """What to write. ``stored``: what the calendar itself says so far; ``look``: the kind a day has in effect, and whether that is a
    guess; ``above``: the kind it has without the calendar's own word."""
    put = tuple(_new_words(wanted, stored))
    back = tuple(day for day in wanted.taken_back if day in stored)
    after = [(d.day, d.kind, d.name, d.source) for d in put] + [(day, above(day), "", wanted.source) for day in back]
    changes = []
    for day, kind, name, source in sorted(after):
        before, guessed = look(day)
        if before is not kind:
            changes.append(DayChange(day, before, guessed, kind, name, source))
    settled = sum(look(day.day)[1] for day in put)
    return Plan(put, back, tuple(changes), settled)


def _new_words(wanted: Understood, stored: Mapping[date, CalendarDay]) -> Iterator[CalendarDay]:
    for named in wanted.days:
        before = stored.get(named.day)
        if before is None or (before.kind, before.name) != (named.kind, named.name):
            yield named
    if wanted.year:
        yield from _ordinary_days(wanted, wanted.year, stored)


def _ordinary_days(wanted: Understood, year: int, stored: Mapping[date, CalendarDay]) -> Iterator[CalendarDay]:
    """The days of the year nothing is said of."""
    named = {day.day for day in wanted.days}
    for day in days_of_year(year):
        before, kind = stored.get(day), plainly(day)
        if day in named or (before and (before.kind is kind or _stays(before, year))):
            continue
        yield CalendarDay(day, kind, "", wanted.source, origin=wanted.origin, notice_year=year)


def _stays(before: CalendarDay, year: int) -> bool:
    """What somebody set by hand, and what the notice of the year after said of the last days of December."""
    return before.origin == "manual" or before.notice_year not in (None, year)


def _noticed(named: NamedDay, year: int, title: str) -> CalendarDay:
    source = f"{title}：{named.sentence}" if title else named.sentence
    return CalendarDay(named.day, named.kind, named.name, source, origin="notice", notice_year=year)


def _heading_faults(columns: Mapping[str, int], number: int) -> Iterator[Fault]:
    for wanted in (DATE_COLUMN, KIND_COLUMN):
        if wanted not in columns:
            found = say("list.comma").join(columns)
            yield Fault("heading", say("table.no_column", wanted=wanted, found=found[:200]), {"row": number})


def _read_row(
    days: dict[date, CalendarDay], columns: Mapping[str, int], cells: Sequence[str], *, number: int, year: int | None,
    source: str,
) -> Iterator[Fault]:  # fmt: skip
    def cell(column: str) -> str:
        at = columns.get(column, len(cells))
        return cells[at] if at < len(cells) else ""

    day, word = _date_of(cell(DATE_COLUMN)), cell(KIND_COLUMN)
    where = {"row": number, "column": DATE_COLUMN}
    if day is None:
        yield Fault("date", say("table.no_date", found=cell(DATE_COLUMN)[:40]), where)
    elif day in days:
        yield Fault("date", say("table.day_twice", day=day.isoformat()), where)
    elif year and day.year != year:
        yield Fault("date", say("table.other_year", day=day.isoformat(), year=year), where)
    if word not in WORDS:
        known = say("list.comma").join(WORDS)
        yield Fault("kind", say("table.no_kind", found=word[:40], known=known), where | {"column": KIND_COLUMN})
    elif day and day not in days and (not year or day.year == year):
        kind = DayKind.WORKING if WORDS[word] else DayKind.REST if word in JUST_REST else DayKind.HOLIDAY
        days[day] = CalendarDay(
            day, fitting(day, kind), cell(NAME_COLUMN)[:40], source, origin="table", notice_year=year
        )


def _date_of(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        found = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None
