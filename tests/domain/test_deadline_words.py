"""Deadlines as orders write them."""

from datetime import date

import pytest

from service.domain.calendar import WorkCalendar
from service.domain.deadline_words import read_deadline
from service.domain.errors import Invalid

NOTICE = date(2022, 10, 13)  # 云政办〔2022〕28号


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("2022年11月中旬", "2022-11-20"),
        ("2022年11月底前", "2022-11-30"),
        ("今年内", "2022-12-31"),
        ("在今年内", "2022-12-31"),
        ("2022年11月上旬", "2022-11-10"),
        ("2022年11月下旬", "2022-11-30"),
        ("11月中下旬", "2022-11-30"),
        ("十一月中旬", "2022-11-20"),
        ("１１月中旬前", "2022-11-20"),
        ("11 月 底 前", "2022-11-30"),
        ("11月月底前完成", "2022-11-30"),
        ("11月内", "2022-11-30"),
        ("2023年2月底前", "2023-02-28"),
        ("2024年2月末", "2024-02-29"),
        ("本月底前", "2022-10-31"),
        ("月底前", "2022-10-31"),
        ("下月上旬", "2022-11-10"),
        ("年内", "2022-12-31"),
        ("年底前", "2022-12-31"),
        ("今年年底前", "2022-12-31"),
        ("2022年内", "2022-12-31"),
        ("2022年", "2022-12-31"),
        ("明年底", "2023-12-31"),
        ("本年度内", "2022-12-31"),
        ("季度末", "2022-12-31"),
        ("本季度末", "2022-12-31"),
        ("下季度末", "2023-03-31"),
        ("第四季度", "2022-12-31"),
        ("明年一季度末", "2023-03-31"),
        ("2023年上半年", "2023-06-30"),
        ("下半年", "2022-12-31"),
        ("11月30日前", "2022-11-30"),
        ("于2022年11月15日", "2022-11-15"),
        ("截至11月15号", "2022-11-15"),
        ("2022-11-15", "2022-11-15"),
        ("30日内", "2022-11-12"),
        ("印发之日起15天内", "2022-10-28"),
        ("3个月内", "2023-01-13"),
        ("一年内", "2023-10-13"),
        ("两个星期内", "2022-10-27"),
        ("10个工作日内", "2022-10-27"),
        ("五个工作日内完成", "2022-10-20"),
    ],
)
def test_it_reads_the_last_day_that_day_included(words: str, due: str) -> None:
    assert read_deadline(words, base=NOTICE).isoformat() == due


def test_the_last_day_of_a_month_keeps_inside_it() -> None:
    assert read_deadline("一个月内", base=date(2023, 1, 31)) == date(2023, 2, 28)


def test_working_days_are_those_of_the_calendar() -> None:
    rest = WorkCalendar({date(2022, 10, 14): False})
    assert read_deadline("1个工作日内", base=NOTICE, calendar=rest) == date(2022, 10, 17)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("尽快", "尽快"),
        ("11月初", "初"),
        ("国庆节前", "国庆节前"),
        ("2022年11月中旬左右", "左右"),
        ("2022年11月底前基本完成", "前基本完成"),
        ("年中", "年中"),
        ("近期内", "近期内"),
        ("13月底前且不迟于", "前且不迟于"),
    ],
)
def test_unknown_words_are_named(words: str, left: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_deadline(words, base=NOTICE)
    assert f"“{left}”" in str(refused.value)


@pytest.mark.parametrize("words", ["11月前", "2023年前", "第四季度前", "今年以前"])
def test_what_can_mean_two_days_is_refused(words: str) -> None:
    with pytest.raises(Invalid, match="两种理解"):
        read_deadline(words, base=NOTICE)


@pytest.mark.parametrize(
    "words", ["2022年13月底前", "2022年11月31日", "2022-02-30", "0日内", "十十月底", "999个工作日内"]
)
def test_a_day_that_is_not_is_refused(words: str) -> None:
    with pytest.raises(Invalid):
        read_deadline(words, base=NOTICE)


@pytest.mark.parametrize("words", ["9月底前", "2021年内", "2022年10月上旬"])
def test_a_day_before_the_document_wants_its_year(words: str) -> None:
    with pytest.raises(Invalid, match="早于文件日期"):
        read_deadline(words, base=NOTICE)


@pytest.mark.parametrize("words", ["", "   ", "年" * 61])
def test_no_words_or_too_many_are_refused(words: str) -> None:
    with pytest.raises(Invalid):
        read_deadline(words, base=NOTICE)
