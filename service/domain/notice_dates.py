"""Dates as notices write them: 「2026年12月31日（周四）至2027年1月2日（周六）」, 「2月14日（周六）、28日（周六）」.

A date takes year and month from the one before it when it has none of its own.
"""

import re
from collections.abc import Iterator
from datetime import date

from service.domain.calendar import days_after
from service.domain.texts import say

LONGEST = 15  # days of one holiday; more is a slip of the pen
WEEKDAYS = "一二三四五六日"
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?")
_LUNAR = re.compile(r"农历.{1,8}|除夕")


class Unreadable(Exception):
    """A sentence that was not understood; the message says why, in Chinese."""


def read_dates(text: str, name: str, year: int) -> tuple[date, ...]:
    """All days of ``text`` as named; ``name`` is the holiday, for New Year's Day alone reaches into the year before ``year``."""
    days: list[date] = []
    at, before, joined = 0, None, ""
    while at < len(text):
        match = _DATE.match(text, at)
        if not match:
            raise Unreadable(say("notice.no_date", found=text[at : at + 20]))
        day = _day(match, before, name, year)
        days += _between(days, day, name) if joined == "至" else [day]
        at, before = match.end(), day
        joined = text[at : at + 1]
        if joined and joined not in "至到、和，及":
            raise Unreadable(say("notice.no_date", found=text[at : at + 20]))
        joined = "至" if joined == "到" else joined
        at += len(joined)
    if not days or joined:
        raise Unreadable(say("notice.no_date", found=text[:20]))
    return tuple(days)


def _between(days: list[date], last: date, name: str) -> Iterator[date]:
    first = days[-1]
    if last <= first:
        raise Unreadable(say("notice.backwards", first=first.isoformat(), last=last.isoformat()))
    if (last - first).days >= LONGEST:
        raise Unreadable(say("notice.too_long", name=name, count=(last - first).days + 1, limit=LONGEST))
    return days_after(first, last)


def _day(match: re.Match[str], before: date | None, name: str, year: int) -> date:
    own_year, month, day, bracket = match.groups()
    if not month and not before:
        raise Unreadable(say("notice.no_month", found=match[0]))
    found_year = int(own_year) if own_year else (before.year if before else year)
    try:
        found = date(found_year, int(month) if month else (before.month if before else 0), int(day))
    except ValueError as error:
        raise Unreadable(say("notice.no_such_day", found=match[0])) from error
    _must_be_near(found, name, year, said=bool(own_year) or bool(before and before.year != year), text=match[0])
    _must_be_that_weekday(found, bracket or "")
    return found


def _must_be_near(day: date, name: str, year: int, *, said: bool, text: str) -> None:
    """The notice of a year speaks of that year; only about New Year's Day of the last days before it, and then says so."""
    newyear = "元旦" in name
    if day.year == year - 1 and day.month == 12 and newyear and said:
        return
    if day.year != year or (newyear and day.month == 12):
        raise Unreadable(say("notice.other_year", found=text, year=year))


def _must_be_that_weekday(day: date, bracket: str) -> None:
    right = f"周{WEEKDAYS[day.weekday()]}"
    for part in re.split(r"[、，]", bracket) if bracket else ():
        short = part.replace("星期", "周").replace("周天", "周日")
        if short == right:
            continue
        if re.fullmatch(f"周[{WEEKDAYS}]", short):
            raise Unreadable(say("notice.wrong_weekday", day=day.isoformat(), said=part, right=right))
        if not _LUNAR.fullmatch(part):
            raise Unreadable(say("notice.bracket", found=part))
