"""Dates, times and durations; today and now are the recorded moment, in the time of Beijing."""

from datetime import date, datetime, timedelta, timezone

import pytest

from service.engine import feel
from service.engine.feel import YearMonthDuration
from tests.engine.feel.computing import AT, refusal, value

TRUE = [
    'date("2022-08-01") = @"2022-08-01"',
    'date(2022, 8, 1) = date("2022-08-01")',
    'date("2022-08-01") + duration("P30D") = date("2022-08-31")',
    'date("2024-01-31") + duration("P1M") = date("2024-02-29")',
    'date("2023-01-31") + duration("P1M") = date("2023-02-28")',
    'duration("P1Y") + date("2024-02-29") = date("2025-02-28")',
    'date("2022-09-01") - date("2022-08-01") = duration("P31D")',
    'date("2022-08-01") - duration("P1D") = date("2022-07-31")',
    'date("2022-08-01") < date("2022-08-02")',
    'date("2022-08-01").year = 2022 and date("2022-08-01").month = 8 and date("2022-08-01").day = 1',
    'date("2022-08-01").weekday = 1',
    'day of week(date("2022-08-01")) = "Monday" and month of year(date("2022-08-01")) = "August"',
    'day of year(date("2022-02-01")) = 32 and week of year(date("2022-01-03")) = 1',
    'last day of month(date("2024-02-10")) = date("2024-02-29")',
    'date and time("2022-08-01T08:30:00") = date and time(date("2022-08-01"), time("08:30:00"))',
    'date and time("2022-08-01T08:00:00+08:00") = date and time("2022-08-01T00:00:00Z")',
    'date and time("2022-08-01T08:00:00@Asia/Shanghai") = date and time("2022-08-01T00:00:00Z")',
    'date and time("2022-08-01T08:30:00") + duration("PT36H") = date and time("2022-08-02T20:30:00")',
    'date(date and time("2022-08-01T08:30:00")) = date("2022-08-01")',
    'time(date and time("2022-08-01T08:30:00")) = time("08:30:00")',
    'time("08:30:00") < time("17:00:00")',
    'time("23:00:00") + duration("PT2H") = time("01:00:00")',
    'time("17:00:00") - time("08:30:00") = duration("PT8H30M")',
    'time(8, 30, 15).second = 15',
    'time("08:30:00+08:00").time offset = duration("PT8H")',
    'duration("P1DT2H3M4S").days = 1 and duration("P1DT2H3M4S").hours = 2',
    'duration("P1DT2H3M4S").minutes = 3 and duration("P1DT2H3M4S").seconds = 4',
    'duration("P1Y2M").years = 1 and duration("P1Y2M").months = 2',
    'duration("P12M") = duration("P1Y")',
    'duration("P1D") * 2.5 = duration("P2DT12H") and duration("P1D") / 2 = duration("PT12H")',
    'duration("P1D") / duration("PT6H") = 4',
    'duration("P1Y") + duration("P6M") = duration("P18M")',
    '-duration("P1D") = duration("-P1D")',
    'years and months duration(date("2011-12-22"), date("2013-08-24")) = duration("P1Y8M")',
    'years and months duration(date("2013-08-24"), date("2011-12-22")) = duration("-P1Y8M")',
    'string(duration("P400D")) = "P400D" and string(duration("PT36H")) = "P1DT12H" and string(duration("P14M")) = "P1Y2M"',
    'string(date and time("2022-08-01T08:30:00.50+08:00")) = "2022-08-01T08:30:00.5+08:00"',
    'string(time("08:30:00Z")) = "08:30:00Z" and string(duration("PT0S")) = "PT0S"',
    'date("2022-08-15") in [date("2022-08-01")..date("2022-08-31")]',
    'is(time("08:00:00Z"), time("08:00:00Z")) and not(is(date("2022-08-01"), "2022-08-01"))',
]  # fmt: skip


@pytest.mark.parametrize("source", TRUE)
def test_it_holds(source: str) -> None:
    assert value(source) is True


def test_it_says_today_in_beijing_whatever_zone_the_moment_is_written_in() -> None:
    assert value("today()") == date(2026, 11, 24)
    elsewhere = AT.astimezone(timezone(timedelta(hours=-9)))
    assert feel.compile("today()").evaluate({}, at=elsewhere) == date(2026, 11, 24)


def test_it_says_now_as_the_recorded_moment() -> None:
    now = value("now()")
    assert now == AT
    assert now.utcoffset() == timedelta(hours=8)


def test_it_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="aware"):
        feel.compile("today()").evaluate({}, at=datetime(2026, 11, 23, 8, 0))


def test_it_hands_durations_and_dates_of_the_caller_through() -> None:
    given = {"d": timedelta(days=3), "m": YearMonthDuration(14), "t": date(2022, 8, 1)}
    assert value("t + d", given) == date(2022, 8, 4)
    assert value("t + m", given) == date(2023, 10, 1)


@pytest.mark.parametrize(
    "source",
    [
        'date("2022-13-01")', 'date("2022-2-1")', 'date("20220801")', 'date("2022-08-01T00:00:00")', "date(2023, 2, 29)",
        'time("24:00:00")', 'time("8:30:00")', 'time("08:30")', 'time("08:30:00+15:00")', 'time("08:30:00@Mars/Base")',
        'time("08:30:00@../../etc/passwd")', 'date and time("2022-08-01 08:30:00")', 'duration("30D")', 'duration("P")',
        'duration("PT")', 'duration("P1Y1D")', 'duration("P1.5D")',
        'date("2022-08-01") + date("2022-08-01")', 'date("2022-08-01") + 1', 'duration("P1D") + duration("P1M")',
        'date("9999-12-31") + duration("P1D")', 'date("9999-12-31") + duration("P1M")', 'date("0001-01-01") - duration("P1D")',
        'duration("P1D") * duration("P1D")', 'duration("P999999999D") * 10', 'duration("P1D") / 0', 'duration("P1Y") / 0',
        'date and time("2022-08-01T08:00:00") < date and time("2022-08-01T08:00:00Z")', 'time("08:00:00") < time("08:00:00Z")',
        'date("2022-08-01") < time("08:00:00")', 'date("2022-08-01").hour', 'duration("P1D").years',
    ],
)  # fmt: skip
def test_it_has_no_answer(source: str) -> None:
    assert refusal(source).column >= 1
    assert value(source, strict=False) is None


@pytest.mark.parametrize("source", ['@"2022-02-30"', '@"today"', '@""', '@"P"', '@"25:00:00"'])
def test_it_cannot_read_a_literal_that_is_no_time(source: str) -> None:
    with pytest.raises(feel.FeelError) as caught:
        feel.compile(source)
    assert caught.value.column == 1


def test_it_walks_to_the_last_day_there_is() -> None:
    assert value('for d in @"9999-12-30"..@"9999-12-31" return d.day') == [30, 31]
