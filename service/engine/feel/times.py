"""Dates, times and durations: texts of ISO 8601 and the arithmetic Python has no word for.

A date and time without an offset is local and compares only with its like. Zones: ``Z``, ``+08:00``, ``@Asia/Shanghai``.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from service.engine.feel.errors import Failed
from service.engine.feel.limits import NUMBERS
from service.engine.feel.values import YearMonthDuration

# Patterns of our own over bounded texts; none of them can backtrack.
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,12}))?(.*)", re.DOTALL)
_OFFSET = re.compile(r"([+-])([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?")
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,10})M)?")
_DAYS = re.compile(
    r"(-?)P(?:([0-9]{1,12})D)?(?:T(?:([0-9]{1,12})H)?(?:([0-9]{1,14})M)?(?:([0-9]{1,16})(?:\.([0-9]{1,12}))?S)?)?"
)
_DAY = timedelta(days=1)


def parse_date(text: str) -> date:
    found = _DATE.fullmatch(text)
    if not found:
        raise Failed("feel.time.date", text=text[:40])
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Failed("feel.time.date", text=text[:40]) from None


def parse_time(text: str) -> time:
    found = _TIME.fullmatch(text)
    if not found:
        raise Failed("feel.time.time", text=text[:40])
    try:
        micro = int((found[4] or "").ljust(6, "0")[:6])
        return time(int(found[1]), int(found[2]), int(found[3]), micro, _zone(found[5]))
    except (ValueError, OSError, KeyError):
        raise Failed("feel.time.time", text=text[:40]) from None


def parse_datetime(text: str) -> datetime:
    """A date alone means its first moment, local."""
    day, mark, clock = text.partition("T")
    return datetime.combine(parse_date(day), parse_time(clock) if mark else time())


def parse_duration(text: str) -> timedelta | YearMonthDuration:
    months = _MONTHS.fullmatch(text)
    if months and (months[2] or months[3]):
        count = int(months[2] or 0) * 12 + int(months[3] or 0)
        return YearMonthDuration(-count if months[1] else count)
    found = _DAYS.fullmatch(text)
    if not found or not any(found.groups()[1:5]) or text.endswith("T"):
        raise Failed("feel.time.duration", text=text[:40])
    days, hours, minutes, whole = (int(part or 0) for part in found.groups()[1:5])
    micro = int((found[6] or "").ljust(6, "0")[:6])
    try:
        length = timedelta(days=days, hours=hours, minutes=minutes, seconds=whole, microseconds=micro)
    except OverflowError:
        raise Failed("feel.time.duration", text=text[:40]) from None
    return -length if found[1] else length


def at_literal(text: str) -> Any:
    """The value of ``@"text"``: duration, date and time, time or date, told by its shape."""
    if "P" in text[:2]:
        return parse_duration(text)
    if "T" in text[10:11]:
        return parse_datetime(text)
    return parse_time(text) if ":" in text[2:3] else parse_date(text)


def _zone(text: str) -> tzinfo | None:
    if text == "":
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        if text[1:] not in zones():
            raise ValueError(text)
        return ZoneInfo(text[1:])
    offset = _OFFSET.fullmatch(text)
    if not offset:
        raise ValueError(text)
    length = timedelta(hours=int(offset[2]), minutes=int(offset[3]), seconds=int(offset[4] or 0))
    if length > timedelta(hours=14) or int(offset[3]) > 59:
        raise ValueError(text)
    return timezone(-length if offset[1] == "-" else length)


@cache
def zones() -> frozenset[str]:
    """Names of zones that exist: no other text ever becomes the path of a file."""
    return frozenset(available_timezones())


def time_text(value: time) -> str:
    text = value.replace(tzinfo=None).isoformat()
    if "." in text:
        text = text.rstrip("0")
    return text + zone_text(value)


def datetime_text(value: datetime) -> str:
    return value.date().isoformat() + "T" + time_text(value.timetz()) if not _named(value) else _named_text(value)


def _named(value: datetime) -> bool:
    return isinstance(value.tzinfo, ZoneInfo)


def _named_text(value: datetime) -> str:
    return value.date().isoformat() + "T" + time_text(value.time()) + f"@{value.tzinfo}"


def zone_text(value: time | datetime) -> str:
    zone = value.tzinfo
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    offset = value.utcoffset()
    if not offset:
        return "Z"
    sign, offset = ("-", -offset) if offset < timedelta() else ("+", offset)
    hours, rest = divmod(offset // timedelta(seconds=1), 3600)
    return f"{sign}{hours:02}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 else "")


def duration_text(value: timedelta) -> str:
    """``P1DT2H``, normalised; the text of a YearMonthDuration is its ``str``."""
    sign, value = ("-", -value) if value < timedelta() else ("", value)
    hours, rest = divmod(value.seconds, 3600)
    minutes, whole = divmod(rest, 60)
    fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
    second = f"{whole}{fraction}S" if whole or fraction else ""
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "") + second
    days = f"{value.days}D" if value.days else ""
    return sign + "P" + days + (f"T{clock}" if clock else "") if days or clock else "PT0S"


def seconds(value: timedelta) -> Decimal:
    return NUMBERS.divide(Decimal(value // timedelta(microseconds=1)), Decimal(1_000_000))


def from_seconds(value: Decimal) -> timedelta:
    """Raises OverflowError when it is longer than Python's timedelta."""
    if abs(value) > 86_400 * 999_999_998:
        raise OverflowError
    return timedelta(microseconds=int(NUMBERS.multiply(value, Decimal(1_000_000))))


def add_months(moment: Any, months: int) -> Any:
    """A date or datetime some months on; the day is cut to the length of the month."""
    if abs(months) > 120_000:
        raise OverflowError
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def add_time_to_date(day: date, length: timedelta) -> date:
    return (datetime.combine(day, time()) + length).date()


def add_to_time(value: time, length: timedelta) -> time:
    """Goes round at midnight."""
    moved = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None)) + length % _DAY
    return moved.time().replace(tzinfo=value.tzinfo)


def between_times(left: time, right: time) -> timedelta:
    (first, left_zoned), (second, right_zoned) = comparable(left), comparable(right)
    if left_zoned != right_zoned:
        raise TypeError
    return first - second


def comparable(value: time) -> tuple[timedelta, bool]:
    """Since midnight UTC (or local when it has no zone), and whether it has a zone."""
    length = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
    if value.tzinfo is None:
        return length, False
    offset = value.utcoffset()
    if offset is None:
        offset = datetime.combine(date(2000, 1, 1), value).utcoffset() or timedelta()
    return length - offset, True
