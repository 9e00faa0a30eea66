"""The State Council's yearly notice on holidays, read sentence by sentence: nothing is guessed, what is not understood is named.

The form of the notices since 2014: 「一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。」 with its variations 与周末连休, 放假1天,
不调休, 补休, two holidays in one item, a year before a date. A weekday in brackets must be right, and so must 共N天.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from service.domain.calendar import DayKind
from service.domain.errors import Fault
from service.domain.notice_dates import WEEKDAYS, Unreadable, read_dates
from service.domain.texts import say

HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_ON_THE_DAY = {
    "元旦": (1, 1),
    "劳动节": (5, 1),
    "国庆节": (10, 1),
}  # whoever mistypes one of these has mistyped the notice
_ITEM = re.compile(r"[一二三四五六七八九十]{1,2}、([^：。；]{2,12})：")
_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|元旦)")
_OFF = re.compile(r"(?P<dates>.+?)放假(?:调休|公休)?(?P<rest>，.*|\d+天.*)?")
_WORK = re.compile(r"(?P<dates>.+?)(?:照常|正常)?上班")
_SWAPPED = re.compile(r"(?P<dates>.+?)补休")
_COUNT = re.compile(r"共?(\d{1,2})天")
_AROUND = re.compile(
    r"国务院办公厅关于\d{4}年部分节假日安排的通知|国办发明电〔\d{4}〕\d+号|各省、自治区、直辖市[^：]{0,60}：?|经国务院批准，现将[^，]{0,80}如下：?"
    r"|新华社[^：]{0,60}：?|(?:鼓励|节假日期间，)(?:(?!放假|补休|上班).)*|国务院办公厅|\d{4}年\d{1,2}月\d{1,2}日|（此件公开发布）|（示例[^）]*）"
)
_TO_PLAIN = str.maketrans("０１２３４５６７８９():;,~〜－-—–", "0123456789（）：；，至至至至至至")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """What the notice says of one day. ``sentence``: the words it says so with."""

    day: date
    kind: DayKind
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as pasted, and what was understood of it; ``faults``: why it could not be."""

    text: str
    understood: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """``year``: 0 when nobody said which. It counts only when there are no ``faults``."""

    year: int
    days: tuple[NamedDay, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass
class _Reading:
    """What has been read so far."""

    year: int
    days: dict[date, NamedDay] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)


def read_notice(text: str, *, year: int | None = None) -> NoticeRead:
    """Every sentence of the pasted text with its meaning. ``year``: when the text has no title to take it from."""
    plain = _plain(text)
    written = [int(found) for found in _YEAR.findall(plain)]
    faults = list(_year_faults(written, year))
    reading = _Reading(year or (written[0] if written else 0))
    if reading.year:
        names = _read_items(reading, plain)
        faults += _missing(names)
    for number, sentence in enumerate(reading.sentences, start=1):
        faults += [Fault("sentence", why, {"sentence": number, "text": sentence.text}) for why in sentence.faults]
    days = tuple(reading.days[day] for day in sorted(reading.days))
    return NoticeRead(reading.year, days, tuple(reading.sentences), tuple(faults))


def _plain(text: str) -> str:
    """Digits and punctuation in one form, no blanks and no line ends: copies from web pages and PDFs differ in these."""
    return re.sub(r"[\s\u200b\ufeff]+", "", text.translate(_TO_PLAIN))


def _year_faults(written: list[int], year: int | None) -> Iterator[Fault]:
    if not written and year is None:
        yield Fault("year", say("notice.no_year"))
    for other in sorted({found for found in written if found != (year or written[0])}):
        yield Fault("year", say("notice.years_differ", year=year or written[0], found=other))


def _read_items(reading: _Reading, plain: str) -> list[str]:
    """Read everything; answers the holidays the items are called after."""
    found = list(_ITEM.finditer(plain))
    for sentence in _sentences(plain[: found[0].start()] if found else plain):
        _read_sentence(reading, "", sentence, shown=sentence)
    names: list[str] = []
    for at, match in enumerate(found, start=1):
        item = match[1].replace("国际劳动节", "劳动节").split("、")
        names += item
        end = found[at].start() if at < len(found) else len(plain)
        _read_item(reading, item, match[0], plain[match.end() : end])
    return names


def _read_item(reading: _Reading, item: list[str], heading: str, body: str) -> None:
    faults = [say("notice.unknown_holiday", name=name) for name in item if name not in HOLIDAYS]
    lead, name = heading, "、".join(item)
    for text in _sentences(body):
        _read_sentence(reading, name, text, shown=lead + text)
        lead = ""
    faults += [say("notice.empty_item", name=name)] if lead else []
    faults += [why for holiday in item for why in _not_on_its_day(reading, holiday)]
    if faults:
        reading.sentences.append(Sentence(heading, faults=tuple(faults)))


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"[。；]", text) if part]


def _read_sentence(reading: _Reading, name: str, text: str, *, shown: str) -> None:
    if _is_around(text):
        reading.sentences.append(Sentence(shown, say("notice.advice" if text.startswith("鼓励") else "notice.around")))
        return
    try:
        if not name:
            raise Unreadable(say("notice.not_understood"))
        days = tuple(_days_of(text, name, reading.year))
        for day in days:
            _add(reading, day)
    except Unreadable as error:
        reading.sentences.append(Sentence(shown, faults=(str(error),)))
        return
    reading.sentences.append(Sentence(shown, _told(days)))


def _is_around(text: str) -> bool:
    """Known words one after the other. Each is taken once and never given back, so that no text can make this slow."""
    at = 0
    while at < len(text) and (match := _AROUND.match(text, at)):
        at = match.end()
    return at == len(text)


def _days_of(text: str, name: str, year: int) -> Iterator[NamedDay]:
    """The days of one sentence; Unreadable says why not."""
    off = _OFF.fullmatch(text)
    if not off:
        yield from _shifted(text, name, year)
        return
    dates = read_dates(off["dates"], name, year)
    yield from (NamedDay(day, DayKind.HOLIDAY, name, text) for day in dates)
    for part in _parts(off["rest"] or ""):
        yield from _qualified(part, dates, name, year)


def _parts(rest: str) -> list[str]:
    """What stands behind 放假, at its commas; the commas of a bracket are its own."""
    return [part for part in re.split(r"，(?![^（]*）)", rest) if part]


def _qualified(part: str, dates: tuple[date, ...], name: str, year: int) -> Iterator[NamedDay]:
    """共3天, 与周末连休, 不调休, 4月7日（周一）补休, 1月4日（周日）上班."""
    count = _COUNT.fullmatch(part)
    if count:
        if int(count[1]) != len(dates):
            raise Unreadable(say("notice.wrong_count", said=count[1], found=len(dates)))
    elif part == "与周末连休":
        if dates[0].weekday() not in (0, 5, 6) and dates[-1].weekday() not in (4, 5, 6):
            raise Unreadable(say("notice.no_weekend", day=written(dates[0])))
    elif part != "不调休":
        yield from _shifted(part, name, year)


def _shifted(part: str, name: str, year: int) -> Iterator[NamedDay]:
    """Days worked instead, or off instead."""
    work, swapped = _WORK.fullmatch(part), _SWAPPED.fullmatch(part)
    found = work or swapped
    if not found:
        raise Unreadable(say("notice.part_not_understood", part=part))
    for day in read_dates(found["dates"], name, year):
        if work and day.weekday() < 5:
            raise Unreadable(say("notice.works_anyway", day=written(day)))
        yield NamedDay(day, DayKind.SHIFTED if work else DayKind.HOLIDAY, name, part)


def _add(reading: _Reading, named: NamedDay) -> None:
    before = reading.days.get(named.day)
    if before and before.kind is not named.kind:
        raise Unreadable(say("notice.both", day=written(named.day), first=before.sentence))
    if not before:
        reading.days[named.day] = named


def _not_on_its_day(reading: _Reading, holiday: str) -> Iterator[str]:
    month, day = _ON_THE_DAY.get(holiday, (0, 0))
    found = reading.days.get(date(reading.year, month, day)) if month else None
    if month and not (found and found.kind is DayKind.HOLIDAY):
        yield say("notice.not_its_day", name=holiday, month=month, day=day)


def _missing(names: list[str]) -> Iterator[Fault]:
    for holiday in HOLIDAYS:
        if names.count(holiday) != 1:
            key = "notice.twice" if holiday in names else "notice.missing"
            yield Fault("holiday", say(key, name=holiday), {"holiday": holiday})


def _told(days: tuple[NamedDay, ...]) -> str:
    """``放假：2027-01-01（周五）至2027-01-03（周日），3天``."""
    parts = []
    for kind in (DayKind.HOLIDAY, DayKind.SHIFTED):
        found = sorted(named.day for named in days if named.kind is kind)
        spans = "、".join(span(first, last) for first, last in runs(found))
        if found:
            parts.append(say(f"notice.understood.{kind.value}", days=spans, count=len(found)))
    return "；".join(parts)


def runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """First and last of every unbroken run."""
    first = None
    for day in days:
        first = first or day
        if day + timedelta(days=1) not in days:
            yield first, day
            first = None


def span(first: date, last: date) -> str:
    return written(first) if first == last else f"{written(first)}至{written(last)}"


def written(day: date) -> str:
    """``2027-01-01（周五）``."""
    return f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）"
