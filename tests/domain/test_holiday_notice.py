"""The yearly notice, sentence by sentence."""

import os
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendar import DayKind, days_of_year, plainly
from service.domain.holiday_notice import NoticeRead, read_notice
from service.seeding import published_days
from tests.domain.notices import INVENTED_2027, REAL, whole

PUBLISHED = {day.day: day for day in published_days()}


@pytest.mark.parametrize("year", sorted(REAL))
def test_it_reads_every_shape_of_the_last_years_as_the_published_days_are(year: int) -> None:
    read = read_notice(whole(year, REAL[year]))
    assert [fault.message for fault in read.faults] == []
    assert read.year == year
    named = {day.day: day.kind for day in read.days}
    for day in {*days_of_year(year), *named}:
        published = PUBLISHED[day]
        if day in named or published.notice_year == year:  # the last days of December may be the next notice's
            assert named.get(day, plainly(day)).works == published.kind.works, day


def test_each_sentence_stands_beside_what_was_understood() -> None:
    read = read_notice(whole(2026, REAL[2026]))
    told = {sentence.text: sentence.understood for sentence in read.sentences}
    assert told["1月4日（周日）上班"] == "上班：2026-01-04（周日），计1天"
    first = "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天"
    assert told[first] == "放假：2026-01-01（周四）至2026-01-03（周六），计3天"
    assert all(sentence.understood for sentence in read.sentences)
    by_day = {day.day: day for day in read.days}
    assert by_day[date(2026, 2, 14)].kind is DayKind.SHIFTED
    assert by_day[date(2026, 2, 14)].sentence == "2月14日（周六）、2月28日（周六）上班"


def test_advice_is_no_day_off() -> None:
    read = read_notice(whole(2024, REAL[2024]))
    assert date(2024, 2, 9) not in {day.day for day in read.days}
    assert [s.understood for s in read.sentences if "除夕" in s.text] == ["鼓励性安排，不作为放假日"]


def test_line_ends_blanks_and_wide_digits_of_a_copy_do_not_matter() -> None:
    broken = (
        whole(2026, REAL[2026])
        .replace("放假调休，共7天", "放假调\n休，共\u30007 天")
        .replace("10月10日", "１０月１０日")
    )
    assert read_notice(broken.replace("（", "(").replace("）", ")").replace("：", ":")).faults == ()


def _refused(old: str, new: str, year: int = 2026) -> NoticeRead:
    text = whole(year, REAL[year])
    assert old in text
    return read_notice(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("1月4日（周日）上班", "1月4日（周六）上班", "2026-01-04是周日，不是周六"),
        ("共9天", "共8天", "写明共8天，按起止日期是9天"),
        ("4月4日（周六）至6日（周一）放假，共3天", "4月4日（周六）起放假三天左右", "没有读懂"),
        ("5月9日（周六）上班", "5月7日（周四）上班", "2026-05-07（周四）不是周末，本来就上班"),
        ("6月19日（周五）至21日（周日）", "6月31日至7月1日", "“6月31日”这一天不存在"),
        ("9月25日（周五）至27日（周日）", "9月27日（周日）至25日（周五）", "起止日期颠倒"),
        ("五、端午节：", "五、端阳节：", "“端阳节”不是通知所列的七个节日"),
        ("9月20日（周日）、10月10日（周六）上班", "10月3日（周六）上班", "既放假又上班"),
        ("1月1日（周四）至3日（周六）放假调休，共3天", "1月2日（周五）至3日（周六）放假调休，共2天", "不含1月1日"),
        ("放假，共3天。\n四", "放假，共3天。顺延至下周。\n四", "“顺延至下周”没有读懂"),
        ("1月4日（周日）上班", "1月4日（周日，见附件）上班", "括号中的“见附件”没有读懂"),
        ("1月4日（周日）上班", "12月27日（周日）上班", "跨年的须写明年份"),
        ("1月4日（周日）上班", "4日（周日）上班", "没有写明月份"),
        ("2月14日（周六）、", "2025年2月15日（周六）、", "不在2026年内"),
        ("10月1日（周四）至7日（周三）放假调休，共7天", "10月1日（周四）至31日（周六）放假", "连续31天"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_sentence(old: str, new: str, why: str) -> None:
    read = _refused(old, new)
    messages = [fault.message for fault in read.faults]
    assert any(why in message for message in messages), messages
    numbers = [fault.where["sentence"] for fault in read.faults if "sentence" in fault.where]
    assert all(read.sentences[number - 1].faults for number in numbers)


def test_a_holiday_that_is_missing_blocks() -> None:
    text = whole(2026, REAL[2026].replace("五、端午节：6月19日（周五）至21日（周日）放假，共3天。\n", ""))
    assert [fault.message for fault in read_notice(text).faults] == ["通知中没有“端午节”。"]


def test_a_holiday_that_stands_twice_blocks() -> None:
    text = whole(2026, REAL[2026] + "\n八、元旦：1月1日放假1天。")
    assert "“元旦”出现了不止一次。" in [fault.message for fault in read_notice(text).faults]


def test_beside_a_weekend_is_checked() -> None:
    read = _refused("五、端午节：6月2日放假，与周末连休", "五、端午节：6月4日放假，与周末连休", 2014)
    assert any("不与周末相邻" in fault.message for fault in read.faults)


def test_the_year_must_be_said_once() -> None:
    assert [f.message[:10] for f in read_notice(REAL[2026]).faults] == ["没有写明是哪一年的安"]
    assert read_notice(REAL[2026], year=2026).faults == ()
    assert any("年份不一致" in f.message for f in read_notice(whole(2026, REAL[2026]), year=2027).faults)


def test_words_that_were_never_in_a_notice_block() -> None:
    read = read_notice(whole(2026, REAL[2026]).replace("国务院办公厅\n", "另，8月1日放假。\n"))
    assert any(s.text == "另，8月1日放假" and s.faults for s in read.sentences)
    assert read.faults
    hidden = read_notice(whole(2026, REAL[2026]).replace("妥善安排好值班", "8月1日放假"))
    assert hidden.faults, "nothing may hide in the closing sentence"


def test_the_invented_notice_of_2027_is_read() -> None:
    read = read_notice(INVENTED_2027)
    assert read.faults == ()
    named = {day.day: day.kind for day in read.days}
    assert (named[date(2027, 1, 4)], named[date(2026, 12, 27)]) == (DayKind.HOLIDAY, DayKind.SHIFTED)


@given(st.text(alphabet="一二、：。；放假上班补休调鼓励年月日1234567890（）周至到共天，元旦国务院", max_size=400))
def test_any_text_is_answered(text: str) -> None:
    read = read_notice(text, year=2027)
    assert read.faults


def test_a_long_hostile_text_is_answered_quickly() -> None:
    for piece in ("鼓励", "放假，", "一、元旦：", "1月1日（", "国务院办公厅"):
        read_notice(piece * (20_000 // len(piece)), year=2027)


def test_the_zone_of_the_process_does_not_matter() -> None:
    """A container in New York counts Shanghai's days."""
    program = (
        "from datetime import UTC, date, datetime\n"
        "from service.domain.calendar import WorkCalendar, local_date\n"
        "print(local_date(datetime(2026, 12, 27, 16, 30, tzinfo=UTC)),\n"
        "      WorkCalendar().due(datetime(2026, 12, 27, 16, 30, tzinfo=UTC), 10).isoformat())\n"
    )
    for zone in ("America/New_York", "Asia/Shanghai", "UTC", "Pacific/Kiritimati"):
        done = subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"TZ": zone}, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["2026-12-28", "2027-01-12T15:59:59+00:00"], zone
