"""The tables of working days, and of when cases rested."""

from datetime import UTC, date, datetime

from service.domain.calendar import COUNTY, CalendarDay, DayKind
from service.store.calendars import (
    begin_pause,
    calendars_mark,
    days_of,
    end_pause,
    forget_days,
    load_calendars,
    pauses_of,
    put_days,
    years_known,
)
from service.store.session import Database
from tests.store.county import add_cases

NOW = datetime(2022, 10, 14, 1, tzinfo=UTC)
FIRST, SHIFTED = date(2022, 10, 1), date(2022, 10, 8)


def holiday(day: date, kind: DayKind = DayKind.HOLIDAY, origin: str = "manual") -> CalendarDay:
    return CalendarDay(day, kind, "国庆节", "示例通知", origin=origin, notice_year=2022)


def test_days_come_back_as_they_were_set_and_the_last_word_counts(database: Database) -> None:
    with database.begin() as tx:
        put_days(tx, COUNTY, [holiday(FIRST), holiday(SHIFTED, DayKind.SHIFTED)], at=NOW, mark="a", by="x")
        put_days(tx, COUNTY, [holiday(SHIFTED, DayKind.REST, origin="table")], at=NOW, mark="b", by="x")
    with database.read() as tx:
        calendar = load_calendars(tx)
        found = days_of(tx, COUNTY, FIRST, SHIFTED)
        assert years_known(tx, COUNTY) == (FIRST, SHIFTED)
    assert (calendar.known(FIRST), calendar.known(SHIFTED), calendar.known(date(2022, 10, 2))) == (False, False, None)
    assert (found[SHIFTED].kind, found[SHIFTED].origin, found[FIRST].origin) == (DayKind.REST, "table", "manual")
    assert found[FIRST].since == NOW


def test_every_change_gives_another_mark(county: Database) -> None:
    with county.begin() as tx:
        assert calendars_mark(tx) == ""
        put_days(tx, COUNTY, [holiday(FIRST)], at=NOW, mark="a", by="x")
        assert calendars_mark(tx) == "a"
        put_days(tx, "huotian", [holiday(SHIFTED)], at=NOW, mark="b", by="x")
        assert calendars_mark(tx) == "a/b"
        assert load_calendars(tx).mark == "a/b"


def test_an_organisation_says_its_own_and_takes_it_back(county: Database) -> None:
    with county.begin() as tx:
        put_days(tx, COUNTY, [holiday(FIRST)], at=NOW, mark="a", by="x")
        put_days(tx, "huotian", [holiday(FIRST, DayKind.WORKING)], at=NOW, mark="b", by="x")
        line = ["huotian-center", "huotian", "yunxiao"]
        assert load_calendars(tx).of(line).is_working(FIRST)
        assert not load_calendars(tx).is_working(FIRST)
        forget_days(tx, "huotian", [FIRST])
        assert not load_calendars(tx).of(line).is_working(FIRST)


def test_rests_of_a_case_are_kept_by_shanghai_days(county: Database) -> None:
    late = datetime(2022, 10, 17, 16, 30, tzinfo=UTC)  # the 18th in Shanghai
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        begin_pause(tx, "a", at=NOW)
        assert pauses_of(tx) == {}
        end_pause(tx, "a", at=late)
        begin_pause(tx, "a", at=late)
        assert pauses_of(tx, ["a", "b"]) == {"a": ((date(2022, 10, 14), date(2022, 10, 18)),)}
