"""A deadline as orders write it (2022年11月中旬, 今年内, 11月底前), read as its last day, that day included.

Nothing is guessed: words that are not known are named, and so are those that can mean two days (11月前: before November, or in it?).
A year that is not written is that of the document.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from service.domain.calendar import WorkCalendar
from service.domain.errors import Invalid

LONGEST_WORDS = 60
MOST_UNITS = 400
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})"
_YEAR = r"(?P<year>\d{4}年|今年|本年|当年|明年|次年)"
_MONTH = rf"(?P<month>{_NUMBER}月|本月|当月|下月|次月)"
_HEAD = re.compile(r"(?:于|在|到|截至|截止到|截止)")
_TAIL = re.compile(r"(?P<before>前|之前|以前)?(?P<within>内|以内|之内|止)?(?:完成|办结|落实到位|到位)?")
_LAST_OF_PART = {"上旬": 10, "中旬": 20, "上半月": 15}  # the others end with the month
Match = re.Match[str]
Form = Callable[[Match, date], date]


def read_deadline(words: str, *, base: date, calendar: WorkCalendar | None = None) -> date:
    """The last day. ``base``: date of the document that says so. Invalid names the words that were not understood."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))
    if not text or len(text) > LONGEST_WORDS:
        raise Invalid("deadline.no_words", found=words[:LONGEST_WORDS], limit=LONGEST_WORDS)
    head = _HEAD.match(text)
    text = text[head.end() :] if head else text
    try:
        found = _read(text, base, calendar or WorkCalendar())
    except (ValueError, OverflowError) as error:
        raise Invalid("deadline.no_such_day", words=words) from error
    if found < base:
        raise Invalid("deadline.gone", words=words, due=found.isoformat(), base=base.isoformat())
    return found


def _read(text: str, base: date, calendar: WorkCalendar) -> date:
    span = _SPAN.fullmatch(text)
    if span:
        return _after(span, base, calendar)
    for pattern, last_day in _FORMS:
        match = pattern.match(text)
        tail = _TAIL.fullmatch(text, match.end()) if match else None
        if match and tail:
            if tail["before"] and not match.groupdict().get("part") and not match.groupdict().get("day"):
                raise Invalid("deadline.two_meanings", words=text)
            return last_day(match, base)
    raise Invalid("deadline.unknown_words", words=text, left=_left_over(text))


def _left_over(text: str) -> str:
    """What no form reads: all of it, or what stands behind the longest beginning that one reads."""
    ends = [match.end() for pattern, _ in _FORMS if (match := pattern.match(text))]
    return text[max(ends) :] if ends else text


def _day_of_month(match: Match, base: date) -> date:
    first = _month(match, base)
    return first.replace(day=_number(match["day"]))


def _part_of_month(match: Match, base: date) -> date:
    first = _month(match, base)
    return first.replace(day=_LAST_OF_PART.get(match["part"] or "", monthrange(first.year, first.month)[1]))


def _quarter(match: Match, base: date) -> date:
    number = _number(match["number"]) if match["number"] else (base.month + 2) // 3
    if match["other"] == "下":
        number += 1
    year = _year(match, base)
    return _last_of_month(year + (number - 1) // 4, (number - 1) % 4 * 3 + 3)


def _half(match: Match, base: date) -> date:
    return _last_of_month(_year(match, base), 6 if match["half"] == "上" else 12)


def _whole_year(match: Match, base: date) -> date:
    return date(_year(match, base), 12, 31)


def _written(match: Match, _base: date) -> date:
    return date.fromisoformat(match["day"])


def _after(match: Match, base: date, calendar: WorkCalendar) -> date:
    """15个工作日内: the day of the document is not counted (民法典 201)."""
    count, unit = _number(match["number"]), match["unit"].removeprefix("个")
    if not 0 < count <= MOST_UNITS:
        raise ValueError(count)
    if unit == "工作日":
        return calendar.add_workdays(base, count)
    if unit in ("月", "年"):
        return _add_months(base, count * (12 if unit == "年" else 1))
    return base + timedelta(days=count * (7 if unit in ("周", "星期") else 1))


def _year(match: Match, base: date) -> int:
    word = match["year"]
    if word and word[0].isdigit():
        return int(word[:4])
    return base.year + (word in ("明年", "次年"))


def _month(match: Match, base: date) -> date:
    """Its first day."""
    word = match["month"]
    if word in ("本月", "当月", "下月", "次月"):
        return _add_months(base.replace(day=1), int(word in ("下月", "次月")))
    return date(_year(match, base), _number(word[:-1]), 1)


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _add_months(day: date, months: int) -> date:
    """The same day some months on, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of_this_month(_match: Match, base: date) -> date:
    return _last_of_month(base.year, base.month)


def _number(text: str) -> int:
    """``十一`` and ``11``; ValueError for what is no number."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        if len(text) != 1:
            raise ValueError(text)
        return _DIGITS[text]
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise ValueError(text)
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)


_SPAN = re.compile(
    r"(?:自?印发之日起)?(?P<number>\d{1,3}|[一二两三四五六七八九十]{1,3})"
    r"(?P<unit>个?工作日|个月|日|天|个?星期|周|年)(?:内|以内|之内)(?:完成|办结)?"
)
_FORMS: tuple[tuple[re.Pattern[str], Form], ...] = (
    (re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})"), _written),
    (re.compile(rf"{_YEAR}?{_MONTH}(?P<day>{_NUMBER})[日号]"), _day_of_month),
    (re.compile(rf"{_YEAR}?{_MONTH}份?(?P<part>上旬|中旬|下旬|中下旬|上半月|下半月|月?底|月?末)?"), _part_of_month),
    (re.compile(r"(?P<part>月底|月末)"), _end_of_this_month),
    (re.compile(rf"{_YEAR}?(?:第?(?P<number>[一二三四1-4])|(?P<other>本|下))?季度(?P<part>末|底)?"), _quarter),
    (re.compile(rf"{_YEAR}?(?P<half>[上下])半年(?P<part>末|底)?"), _half),
    (re.compile(rf"(?:{_YEAR}年?|年)(?P<part>底|末|内)"), _whole_year),
    (re.compile(rf"{_YEAR}度?"), _whole_year),
)
