"""What a change of a calendar would do, shown before it is done."""

import pytest

from service.actions.parts.calendar_change import CalendarGiven
from service.domain.calendar import DayKind
from service.domain.calendar_change import DayGiven
from service.domain.errors import Invalid, NotFound
from tests.actions.calendars import begin, day, due_day, history, in_december, preview, ten_days
from tests.actions.stage import Stage
from tests.domain.notices import INVENTED_2027
from tests.engine.diagram import catch, timer


def test_it_lists_days_and_every_limit_that_would_move_old_and_new_and_writes_nothing(stage: Stage) -> None:
    case = ten_days(in_december(stage)).case
    begin(stage, catch("rest", timer("P10D", unit="workdays")), flow=("rest",), id="other")
    found = preview(stage)
    moves = {(move.case_key, move.kind): (f"{move.old:%m-%d}", f"{move.new:%m-%d}") for move in found.recount.moves}
    assert moves[(case.business_key, "task")] == ("01-12", "01-13")
    assert moves[(case.business_key, "reminder")] == ("01-08", "01-11")
    assert len(moves) == 5, "the timer of the other case too"
    changes = {change.day: (change.before, change.guessed, change.after) for change in found.plan.changes}
    assert changes[day("2027-01-04")] == (DayKind.WORKING, True, DayKind.HOLIDAY)
    assert changes[day("2026-12-27")] == (DayKind.REST, False, DayKind.SHIFTED)
    assert day("2027-01-01") not in changes, "a fixed holiday was guessed rightly"
    assert due_day(stage, case.id) == "2027-01-12"
    assert stage.calendar.is_provisional(day("2027-01-04"))
    assert history(stage, "calendar/county", "calendar.changed") == []


def test_it_gives_the_same_digest_for_the_same_and_another_for_anything_else(stage: Stage) -> None:
    in_december(stage)
    first = preview(stage).digest
    assert first == preview(stage).digest
    other = CalendarGiven(days=[DayGiven(day("2027-01-04"), DayKind.HOLIDAY)], source="示例")
    assert preview(stage, other).digest != first
    ten_days(stage)
    assert preview(stage).digest != first


def test_an_order_with_faults_has_no_digest(stage: Stage) -> None:
    found = preview(in_december(stage), CalendarGiven(table=[["日期", "类型"], ["2027-02-30", "放假"]], source="示例"))
    assert found.digest == ""
    assert [fault.where for fault in found.understood.faults] == [{"row": 2, "column": "日期"}]


@pytest.mark.parametrize(
    "given",
    [
        CalendarGiven(),
        CalendarGiven(notice="x", days=[DayGiven(day("2027-01-01"), DayKind.REST)]),
        CalendarGiven("huotian", notice=INVENTED_2027),
        CalendarGiven("huotian", table=[["日期", "类型"]], year=2027, source="x"),
        CalendarGiven(days=[DayGiven(day("2027-01-01"), DayKind.REST)]),
        CalendarGiven(days=[DayGiven(day("2027-01-01"), None)], source="x"),
        CalendarGiven(notice="x" * 20_001),
        CalendarGiven("yunxiao", days=[DayGiven(day("2027-01-01"), DayKind.REST)], source="x"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(stage: Stage, given: CalendarGiven) -> None:
    with pytest.raises(Invalid):
        preview(in_december(stage), given)


def test_a_calendar_of_nobody_is_refused(stage: Stage) -> None:
    given = CalendarGiven("nobody", days=[DayGiven(day("2027-01-01"), DayKind.REST)], source="x")
    with pytest.raises(NotFound):
        preview(in_december(stage), given)
