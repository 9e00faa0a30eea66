"""A year of a calendar."""

import pytest

from service.actions.look_at_calendar import CalendarYear, look_at_calendar
from service.actions.parts.calendar_change import CalendarGiven
from service.domain.calendar import COUNTY, DayKind
from service.domain.calendar_change import DayGiven
from service.domain.errors import NotFound
from tests.actions.calendars import confirm, day, in_december
from tests.actions.stage import Stage


def look(stage: Stage, calendar_id: str, year: int) -> CalendarYear:
    with stage.frame("clerk") as frame:
        return look_at_calendar(frame, calendar_id, year)


def test_a_published_year_has_every_day_with_its_kind_and_source(stage: Stage) -> None:
    found = look(in_december(stage), COUNTY, 2026)
    days = {each.day.day: each for each in found.days}
    assert (len(days), found.provisional) == (365, False)
    national, shifted = days[day("2026-10-01")].day, days[day("2026-10-10")].day
    assert (national.kind, national.name, shifted.kind) == (DayKind.HOLIDAY, "国庆节", DayKind.SHIFTED)
    assert "chinesecalendar" in national.source
    assert national.since == stage.now


def test_a_year_without_a_notice_is_a_guess_from_monday_to_friday_without_fixed_holidays(stage: Stage) -> None:
    found = look(in_december(stage), COUNTY, 2027)
    assert found.provisional
    assert all(each.provisional and each.said_by == "" for each in found.days)
    kinds = {each.day.day: each.day.kind for each in found.days}
    assert (kinds[day("2027-01-01")], kinds[day("2027-01-04")], kinds[day("2027-01-02")]) == (
        DayKind.HOLIDAY, DayKind.WORKING, DayKind.REST,
    )  # fmt: skip


def test_an_organisation_has_its_own_days_and_otherwise_those_above_it(stage: Stage) -> None:
    in_december(stage)
    given = CalendarGiven("huotian", days=[DayGiven(day("2026-12-30"), DayKind.REST, "示例")], source="示例文号")
    confirm(stage, given)
    days = {each.day.day: each for each in look(stage, "huotian-center", 2026).days}
    assert (days[day("2026-12-30")].said_by, days[day("2026-12-30")].day.kind) == ("huotian", DayKind.REST)
    assert days[day("2026-12-31")].said_by == COUNTY
    county = {each.day.day: each.day.kind for each in look(stage, COUNTY, 2026).days}
    assert county[day("2026-12-30")] is DayKind.WORKING


def test_it_knows_no_calendar_of_nobody(stage: Stage) -> None:
    with pytest.raises(NotFound):
        look(stage, "nobody", 2026)
