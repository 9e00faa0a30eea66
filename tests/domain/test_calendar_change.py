"""Tables of days, and what of a change is written."""

from datetime import date

import pytest

from service.domain.calendar import CalendarDay, DayKind, usually
from service.domain.calendar_change import (
    DayGiven,
    Understood,
    plan_change,
    table_rows,
    understand_days,
    understand_table,
)

HEAD = ["日期", "类型", "说明"]


def test_a_table_is_read_as_spreadsheets_and_csv_files_write_it() -> None:
    rows = table_rows(
        "\ufeff日期,类型,说明\r\n2027-01-01,放假,元旦\r\n\r\n2027/1/9,上班,\r\n2027年1月10日,工作日\r\n2027-01-12,休息\r\n"
    )
    found = understand_table(rows, year=None, source="示例")
    assert found.faults == ()
    assert [(d.day.isoformat(), d.kind, d.name) for d in found.days] == [
        ("2027-01-01", DayKind.HOLIDAY, "元旦"),
        ("2027-01-09", DayKind.SHIFTED, ""),
        ("2027-01-10", DayKind.SHIFTED, ""),
        ("2027-01-12", DayKind.REST, ""),
    ]
    assert table_rows("日期\t类型\n2027-01-01\t放假") == [["日期", "类型"], ["2027-01-01", "放假"]]


def test_the_order_of_the_columns_is_free() -> None:
    found = understand_table([["序号", "类型", "日期"], ["1", "放假", "2027-01-01 00:00:00"]], year=2027, source="")
    assert [d.day for d in found.days] == [date(2027, 1, 1)]


@pytest.mark.parametrize(
    ("row", "where", "why"),
    [
        (["2027-02-30", "放假"], {"row": 3, "column": "日期"}, "不是日期"),
        (["", "放假"], {"row": 3, "column": "日期"}, "不是日期"),
        (["1月1日", "放假"], {"row": 3, "column": "日期"}, "不是日期"),
        (["2027-01-05", "调休"], {"row": 3, "column": "类型"}, "类型“调休”不认识"),
        (["2027-01-04", "上班"], {"row": 3, "column": "日期"}, "已经出现过"),
        (["2028-01-04", "上班"], {"row": 3, "column": "日期"}, "不在2027年内"),
        (["3027-01-04", "上班"], {"row": 3, "column": "日期"}, "不是日期"),
    ],
)
def test_every_wrong_row_is_named_with_its_column(row: list[str], where: dict[str, object], why: str) -> None:
    found = understand_table([HEAD, ["2027-01-04", "放假", ""], row], year=2027, source="")
    (fault,) = found.faults
    assert (dict(fault.where), why in fault.message) == (where, True), fault.message


def test_all_wrong_rows_are_named_at_once() -> None:
    rows = [HEAD, *([f"2027-13-{n:02}", "放假"] for n in range(1, 21))]
    assert [fault.where["row"] for fault in understand_table(rows, year=None, source="").faults] == list(range(2, 22))


def test_a_table_without_its_heading_or_without_rows_is_refused() -> None:
    assert {f.code for f in understand_table([["2027-01-01", "放假"]], year=None, source="").faults} == {"heading"}
    assert {f.code for f in understand_table([HEAD], year=None, source="").faults} == {"rows"}
    assert understand_table([HEAD, *[["2027-01-01", "放假"]] * 4_001], year=None, source="").faults[-1].code == "rows"


def test_a_day_given_twice_is_refused() -> None:
    twice = [DayGiven(date(2027, 1, 4), DayKind.REST), DayGiven(date(2027, 1, 4), DayKind.WORKING)]
    assert understand_days(twice, source="").faults


def test_a_weekend_that_is_worked_is_shifted_and_a_weekday_is_not() -> None:
    given = [DayGiven(date(2027, 1, 9), DayKind.WORKING), DayGiven(date(2027, 1, 8), DayKind.SHIFTED)]
    assert {d.kind for d in understand_days(given, source="").days} == {DayKind.SHIFTED, DayKind.WORKING}


def test_what_the_next_years_notice_said_of_december_stays() -> None:
    new_year = date(2027, 12, 31)
    stored = {new_year: CalendarDay(new_year, DayKind.HOLIDAY, "元旦", "示例", origin="notice", notice_year=2028)}
    wanted = Understood(year=2027, source="示例", origin="notice")
    plan = plan_change(wanted, stored, lambda day: (usually(day), day not in stored), usually)
    assert new_year not in {day.day for day in plan.put}
    assert len(plan.put) == 364
