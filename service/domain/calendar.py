"""Working days. A calendar is a table of days; a day it does not know is provisional: Mon-Fri minus the fixed-date holidays.

Rules: the start day is not counted (民法典 201); statutory rest days are excluded (行政许可法 82). Zone fixed: Asia/Shanghai.
An organisation may have days of its own (a local rest day): they go before those of the organisation above it, and those before
the county's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)
COUNTY = "county"  # id of the county's calendar; any other is the id of the organisation it belongs to
ONE_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)
_FIXED_HOLIDAYS = frozenset(
    {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
)  # 全国年节及纪念日放假办法, fixed dates only
Pause = tuple[date, date]
"""Days of a suspension: the first one of it, and the one work goes on with. Between them no working day is counted."""


class DayKind(StrEnum):
    """What a day is. Two of them are worked on."""

    WORKING = "working"  # 工作日
    REST = "rest"  # 周末或本地休息日
    HOLIDAY = "holiday"  # 放假, the days off beside it (调休) included
    SHIFTED = "shifted"  # 调休上班: a weekend day that is worked

    @property
    def works(self) -> bool:
        return self in (DayKind.WORKING, DayKind.SHIFTED)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One known day of one calendar. ``source``: where the knowledge came from, in words; ``origin``: seed, notice, table, manual.

    ``notice_year``: the year of the notice that set it: the last days of a year may be named by the notice of the next.
    """

    day: date
    kind: DayKind
    name: str = ""  # 元旦, 春节 ...
    source: str = ""
    origin: str = "manual"
    notice_year: int | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``days`` maps a date to True (working) or False (rest); dates neither in it nor ``above`` it are provisional.

    ``own``: organisation -> its own days. ``mark`` changes whenever a calendar does.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    own: Mapping[str, Mapping[date, bool]] = field(default_factory=dict)
    mark: str = ""
    above: "WorkCalendar | None" = None

    def of(self, line: Sequence[str]) -> "WorkCalendar":
        """The calendar of an organisation; ``line``: its id, then those above it up to the county."""
        found = self
        for id in reversed(line):
            if id in self.own:
                found = WorkCalendar(self.own[id], mark=self.mark, above=found)
        return found

    def known(self, day: date) -> bool | None:
        """Whether the day is worked on; None when nobody has said so yet."""
        found = self.days.get(day)
        return self.above.known(day) if found is None and self.above else found

    def is_working(self, day: date) -> bool:
        known = self.known(day)
        return usually(day).works if known is None else known

    def is_provisional(self, day: date) -> bool:
        return self.known(day) is None

    def rests_on_guess(self, start: date, end: date) -> bool:
        """Whether a date counted from ``start`` to ``end`` rests on a day that no notice has settled yet."""
        return any(self.is_provisional(day) for day in days_after(start, end))

    def add_workdays(self, start: date, count: int, pauses: Iterable[Pause] = ()) -> date:
        """The ``count``-th working day after ``start``; ``start`` itself is not counted, nor are days of a pause."""
        if count < 0:
            raise ValueError(f"working days must not be negative: {count}")
        breaks = tuple(pauses)
        day = start
        while count:
            day += _DAY
            count -= self.is_working(day) and not any(first <= day < after for first, after in breaks)
        return day

    def workdays(self, start: date, end: date) -> Iterator[date]:
        """The working days after ``start`` up to ``end``, ``end`` included."""
        return (day for day in days_after(start, end) if self.is_working(day))

    def last_workday(self, day: date) -> date:
        """``day``, or the last working day before it: by then an order's target must be met in practice."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def due(self, start: datetime, workdays: int, pauses: Iterable[Pause] = ()) -> datetime:
        """End of the ``workdays``-th working day after ``start``, Shanghai time, as UTC."""
        return end_of_day(self.add_workdays(local_date(start), workdays, pauses))


def usually(day: date) -> DayKind:
    """What a day is as long as no notice speaks of it."""
    if (day.month, day.day) in _FIXED_HOLIDAYS:
        return DayKind.HOLIDAY
    return plainly(day)


def plainly(day: date) -> DayKind:
    """What a day is that the year's notice does not name."""
    return DayKind.WORKING if day.weekday() < 5 else DayKind.REST


def days_after(start: date, end: date) -> Iterator[date]:
    """Every day after ``start`` up to ``end``."""
    return (start + timedelta(days=n) for n in range(1, (end - start).days + 1))


def days_of_year(year: int) -> Iterator[date]:
    return days_after(date(year, 1, 1) - _DAY, date(year, 12, 31))


def local_date(moment: datetime) -> date:
    """The Shanghai date of an aware moment."""
    return moment.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, SHANGHAI).astimezone(UTC)
