"""ISO 8601 durations as moments: ``P1Y2M3DT4H5M6S`` and ``P2W``, no signs, no fractions but of seconds."""

import re
from calendar import monthrange
from datetime import datetime, timedelta

_PATTERN = re.compile(
    r"P(?:(?P<weeks>\d{1,5})W|(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,7})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?)"
)


def add_duration(start: datetime, text: str) -> datetime:
    """``start`` plus the duration; a month ends on the last day it has. ValueError when ``text`` is not a duration."""
    parts = _parts(text)
    months = int(parts["years"] or 0) * 12 + int(parts["months"] or 0)
    return _add_months(start, months) + timedelta(
        weeks=int(parts["weeks"] or 0),
        days=int(parts["days"] or 0),
        hours=int(parts["hours"] or 0),
        minutes=int(parts["minutes"] or 0),
        seconds=float(parts["seconds"] or 0),
    )


def whole_days(text: str) -> int:
    """The number of days of ``PnD``; ValueError for anything else (working days have no hours)."""
    parts = _parts(text)
    if parts["days"] is None or any(v for k, v in parts.items() if k != "days"):
        raise ValueError(f"not a whole number of days: {text!r}")
    return int(parts["days"])


def _parts(text: str) -> dict[str, str | None]:
    found = _PATTERN.fullmatch(text.strip())
    if not found or not any(found.groupdict().values()):
        raise ValueError(f"not an ISO 8601 duration: {text!r}")
    return found.groupdict()


def _add_months(start: datetime, months: int) -> datetime:
    if not months:
        return start
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
