"""Checking a deadline by hand."""

from datetime import date

import pytest

from service.actions.count_workdays import CountedWorkdays, CountWorkdays, count_workdays
from service.actions.parts.calendar_change import CalendarGiven
from service.domain.calendar import DayKind
from service.domain.calendar_change import DayGiven
from service.domain.errors import Invalid, NotFound
from tests.actions.calendars import confirm, day, in_december
from tests.actions.stage import Stage


def counted(stage: Stage, start: str, workdays: int, organisation: str | None = None) -> CountedWorkdays:
    with stage.frame("clerk") as frame:
        return count_workdays(frame, CountWorkdays(day(start), workdays, organisation))


def test_ten_days_from_the_28th_of_december_rest_on_a_guess(stage: Stage) -> None:
    found = counted(in_december(stage), "2026-12-28", 10)
    assert (found.due, found.provisional, len(found.days)) == (date(2027, 1, 12), True, 10)
    assert found.days[0] == date(2026, 12, 29), "the start day is not counted"
    assert found.guessed[0] == date(2027, 1, 1)


def test_three_days_stay_in_the_year_and_are_sure(stage: Stage) -> None:
    found = counted(in_december(stage), "2026-12-28", 3)
    assert (found.due, found.provisional) == (date(2026, 12, 31), False)


def test_the_licence_law_leaves_out_holidays_and_counts_shifted_days(stage: Stage) -> None:
    """20 working days from the last day before the National Day week of 2026 (行政许可法 42, 82)."""
    found = counted(in_december(stage), "2026-09-30", 20)
    assert date(2026, 10, 10) in found.days, "a Saturday that was worked"
    assert not {date(2026, 10, n) for n in range(1, 8)} & set(found.days)
    assert found.due == date(2026, 11, 3)


def test_no_days_are_the_start_itself(stage: Stage) -> None:
    assert counted(stage, "2026-12-28", 0).due == date(2026, 12, 28)


def test_an_organisations_own_days_count_for_it(stage: Stage) -> None:
    in_december(stage)
    days = [DayGiven(day("2026-12-29"), DayKind.REST)]
    confirm(stage, CalendarGiven("huotian", days=days, source="示例"))
    assert counted(stage, "2026-12-28", 1, "huotian-center").due == date(2026, 12, 30)
    assert counted(stage, "2026-12-28", 1, "heping").due == date(2026, 12, 29)


def test_it_refuses_what_cannot_be_counted(stage: Stage) -> None:
    for start, workdays in (("0001-01-01", 1), ("2999-01-01", 1), ("2026-01-01", -1), ("2026-01-01", 2_001)):
        with pytest.raises(Invalid):
            counted(stage, start, workdays)
    with pytest.raises(NotFound):
        counted(stage, "2026-01-01", 1, "nobody")
