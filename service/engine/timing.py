"""What a timer may say: an ISO 8601 duration above nought and up to ten years, or a date; whole days when working days are counted."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.domain.durations import add_duration, whole_days
from service.engine.feel import YearMonthDuration

SHORTEST_PERIOD = timedelta(seconds=60)
MOST_ROUNDS = 10_000
CYCLE = re.compile(r"R([0-9]{0,9})/(P.+)")
LONGEST = timedelta(days=3_660)
SOME_DAY = datetime(2022, 1, 1, tzinfo=UTC)


def is_duration(text: str, unit: str) -> bool:
    """Whether ``text`` is a duration that can be waited for; ``unit`` as of oneseal:unit."""
    try:
        if unit == "workdays":
            return 0 < whole_days(text) <= LONGEST.days
        return timedelta(0) < add_duration(SOME_DAY, text) - SOME_DAY <= LONGEST
    except (ValueError, OverflowError):
        return False


def cycle_of(text: str) -> tuple[int, str]:
    """Rounds and period of ``R3/PT10M``; ``R/P1D`` comes as often as any cycle may. ValueError for what cannot be waited for."""
    found = CYCLE.fullmatch(text)
    rounds = int(found[1] or MOST_ROUNDS) if found else 0
    if found is None or not 0 < rounds <= MOST_ROUNDS or not is_duration(found[2], "calendar"):
        raise ValueError(text)
    if add_duration(SOME_DAY, found[2]) - SOME_DAY < SHORTEST_PERIOD:
        raise ValueError(text)
    return rounds, found[2]


def is_moment(text: str) -> bool:
    """Whether ``text`` is a date with or without a time; one without an offset is local time."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def has_offset(text: str) -> bool:
    """Whether a date says which clock it means."""
    return is_moment(text) and datetime.fromisoformat(text).tzinfo is not None


def as_timer_text(value: Any) -> str:
    """A value of FEEL as a timer's text; empty for a value that is no time."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, timedelta):
        return "" if value < timedelta(0) else _duration(value)
    if isinstance(value, date | YearMonthDuration):  # a datetime is a date
        return value.isoformat() if isinstance(value, date) else str(value)
    return ""


def _duration(value: timedelta) -> str:
    seconds = f"{value.seconds}.{value.microseconds:06d}" if value.microseconds else str(value.seconds)
    clock = f"T{seconds}S" if value.seconds or value.microseconds else ""
    return f"P{value.days}D{clock}"
