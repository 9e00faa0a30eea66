"""Working days as the law counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.calendar import SHANGHAI, WorkCalendar, end_of_day, local_date
from service.domain.durations import add_duration, whole_days

NATIONAL_DAY_2022 = {date(2022, 10, d): d in (8, 9) for d in range(1, 10)}  # 10-08 and 10-09 were working weekend days


def test_it_does_not_count_the_start_day() -> None:
    assert WorkCalendar().add_workdays(date(2022, 10, 13), 1) == date(2022, 10, 14)


def test_it_skips_the_national_day_week_and_works_on_the_shifted_weekend() -> None:
    calendar = WorkCalendar(NATIONAL_DAY_2022)
    assert calendar.add_workdays(date(2022, 9, 30), 1) == date(2022, 10, 8)
    assert calendar.add_workdays(date(2022, 9, 30), 3) == date(2022, 10, 10)


def test_january_2027_is_provisional_and_does_not_crash() -> None:
    calendar = WorkCalendar()
    assert calendar.add_workdays(date(2026, 12, 28), 10) == date(2027, 1, 12)
    assert calendar.is_provisional(date(2027, 1, 4))


def test_it_is_due_at_the_end_of_the_shanghai_day() -> None:
    late_evening_utc = datetime(2022, 10, 13, 17, 0, tzinfo=UTC)  # already the 14th in Shanghai
    due = WorkCalendar().due(late_evening_utc, 1)
    assert due.astimezone(SHANGHAI).isoformat() == "2022-10-17T23:59:59+08:00"


def test_it_refuses_negative_days() -> None:
    with pytest.raises(ValueError, match="negative"):
        WorkCalendar().add_workdays(date(2022, 1, 1), -1)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 60), st.integers(0, 60))
def test_counting_on_equals_counting_at_once(start: date, first: int, second: int) -> None:
    calendar = WorkCalendar(NATIONAL_DAY_2022)
    assert calendar.add_workdays(calendar.add_workdays(start, first), second) == calendar.add_workdays(
        start, first + second
    )


@given(st.datetimes(datetime(2000, 1, 1), datetime(2050, 1, 1)).map(lambda d: d.replace(tzinfo=UTC)))
def test_the_end_of_a_day_is_still_that_day(moment: datetime) -> None:
    assert local_date(end_of_day(local_date(moment))) == local_date(moment)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("P30D", "2022-03-02T10:00:00+00:00"),
        ("PT48H", "2022-02-02T10:00:00+00:00"),
        ("P1M", "2022-02-28T10:00:00+00:00"),
        ("P1Y1M", "2023-02-28T10:00:00+00:00"),
        ("P2W", "2022-02-14T10:00:00+00:00"),
        ("PT0.5S", "2022-01-31T10:00:00.500000+00:00"),
    ],
)
def test_it_adds_a_duration(text: str, result: str) -> None:
    assert add_duration(datetime(2022, 1, 31, 10, tzinfo=UTC), text).isoformat() == result


@pytest.mark.parametrize("text", ["", "P", "PT", "-P1D", "P1.5D", "1D", "PT5", "P99999999Y", "R3/PT1H", "P1DT"])
def test_it_refuses_what_is_not_a_duration(text: str) -> None:
    with pytest.raises(ValueError, match="not an ISO 8601 duration"):
        add_duration(datetime(2022, 1, 1, tzinfo=UTC), text)


def test_working_days_come_whole() -> None:
    assert whole_days("P3D") == 3
    for text in ("PT72H", "P1W", "P3DT1H"):
        with pytest.raises(ValueError, match="not a whole number of days"):
            whole_days(text)


def test_a_month_end_is_kept_inside_the_month() -> None:
    assert add_duration(datetime(2024, 1, 31, tzinfo=UTC), "P1M") - datetime(2024, 2, 29, tzinfo=UTC) == timedelta(0)


def test_an_organisations_own_day_goes_before_those_above_it_and_the_countys() -> None:
    county = WorkCalendar(
        {date(2022, 10, 10): True, date(2022, 10, 11): True},
        own={"huotian": {date(2022, 10, 10): False}, "huotian-center": {date(2022, 10, 11): False}},
    )
    center = county.of(["huotian-center", "huotian", "yunxiao"])
    assert [center.is_working(date(2022, 10, n)) for n in (10, 11)] == [False, False]
    assert [county.of(["huotian"]).is_working(date(2022, 10, n)) for n in (10, 11)] == [False, True]
    assert [county.of(["heping"]).is_working(date(2022, 10, n)) for n in (10, 11)] == [True, True]
    assert county.of(["heping"]) is county


def test_a_day_an_organisation_has_set_itself_is_no_guess() -> None:
    calendar = WorkCalendar({}, own={"huotian": {date(2027, 1, 5): False}}).of(["huotian"])
    assert not calendar.is_provisional(date(2027, 1, 5))
    assert calendar.is_provisional(date(2027, 1, 6))
    assert calendar.rests_on_guess(date(2027, 1, 5), date(2027, 1, 6))
    assert not calendar.rests_on_guess(date(2027, 1, 4), date(2027, 1, 5)), "the start day does not matter"


def test_days_of_a_pause_are_not_counted_its_last_one_is() -> None:
    calendar = WorkCalendar()
    pause = (date(2022, 10, 17), date(2022, 10, 20))
    assert calendar.add_workdays(date(2022, 10, 14), 1, [pause]) == date(2022, 10, 20)
    assert calendar.add_workdays(date(2022, 10, 14), 1, [(date(2022, 10, 17), date(2022, 10, 17))]) == date(
        2022, 10, 17
    )


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(1, 40), st.integers(0, 30), st.integers(0, 30))
def test_a_pause_never_brings_a_day_nearer(start: date, count: int, after: int, length: int) -> None:
    calendar, first = WorkCalendar(NATIONAL_DAY_2022), start + timedelta(days=after)
    pause = (first, first + timedelta(days=length))
    paused = calendar.add_workdays(start, count, [pause])
    assert paused >= calendar.add_workdays(start, count)
    left_out = sum(1 for day in calendar.workdays(start, paused) if pause[0] <= day < pause[1])
    assert len(list(calendar.workdays(start, paused))) == count + left_out


def test_the_last_working_day_is_the_day_itself_or_before() -> None:
    assert WorkCalendar().last_workday(date(2022, 11, 20)) == date(2022, 11, 18)
    assert WorkCalendar().last_workday(date(2022, 11, 30)) == date(2022, 11, 30)
