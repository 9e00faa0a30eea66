"""Working days. A calendar is a table of days; a day it does not know is provisional: Mon-Fri minus the fixed-date holidays.

Rules: the start day is not counted (民法典 201); statutory rest days are excluded (行政许可法 82). Zone fixed: Asia/Shanghai.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
END_OF_DAY = time(23, 59, 59)
_FIXED_HOLIDAYS = frozenset(
    {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
)  # 全国年节及纪念日放假办法, fixed dates only


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """``days`` maps a date to True (working) or False (rest); dates not in it are provisional."""

    days: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        known = self.days.get(day)
        if known is not None:
            return known
        return day.weekday() < 5 and (day.month, day.day) not in _FIXED_HOLIDAYS

    def is_provisional(self, day: date) -> bool:
        return day not in self.days

    def add_workdays(self, start: date, count: int) -> date:
        """The ``count``-th working day after ``start``; ``start`` itself is not counted."""
        if count < 0:
            raise ValueError(f"working days must not be negative: {count}")
        day = start
        while count:
            day += timedelta(days=1)
            count -= self.is_working(day)
        return day

    def due(self, start: datetime, workdays: int) -> datetime:
        """End of the ``workdays``-th working day after ``start``, Shanghai time, as UTC."""
        return end_of_day(self.add_workdays(local_date(start), workdays))


def local_date(moment: datetime) -> date:
    """The Shanghai date of an aware moment."""
    return moment.astimezone(SHANGHAI).date()


def end_of_day(day: date) -> datetime:
    return datetime.combine(day, END_OF_DAY, SHANGHAI).astimezone(UTC)
