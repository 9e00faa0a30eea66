"""A calendar changes: days, limits, reminders and history together, and only what was previewed."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.parts.calendar_change import CalendarGiven
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.actions.send_reminder import SendReminder, send_reminder
from service.actions.suspend_case import SuspendCase, suspend_case
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.calendar import COUNTY, DayKind
from service.domain.calendar_change import DayGiven
from service.domain.cases import JobKind
from service.domain.errors import Conflict, Invalid, NotAllowed
from service.store import calendars, notices, tasks
from tests.actions.calendars import (
    NOTICE,
    begin,
    confirm,
    day,
    due_day,
    history,
    in_december,
    jobs_of,
    must_hold,
    preview,
    reckon,
    ten_days,
    told_on,
)
from tests.actions.stage import Stage, actor_of
from tests.domain.notices import INVENTED_2027, REAL, whole
from tests.engine.diagram import boundary, catch, end, path, timer, user


def test_a_limit_counted_over_a_guessed_year_is_counted_anew_when_the_notice_comes(stage: Stage) -> None:
    """From 2026-12-28 over ten working days: first a guess, then the (invented) notice of 2027, both in the history."""
    case = ten_days(in_december(stage)).case
    assert due_day(stage, case.id) == "2027-01-12"
    assert stage.open_task(case.id).provisional
    assert told_on(stage, case.id) == {
        "reminder": "01-08 23:59", "overdue": "01-13 00:00", "escalation": "01-20 00:00",
    }  # fmt: skip

    confirm(stage)

    assert due_day(stage, case.id) == "2027-01-13"
    assert not stage.open_task(case.id).provisional
    assert told_on(stage, case.id) == {
        "reminder": "01-11 23:59", "overdue": "01-14 00:00", "escalation": "01-21 00:00",
    }  # fmt: skip
    (first,) = history(stage, f"case/{case.id}", "case.started")
    (counted,) = json.loads(first.body)["deadlines"]
    assert (counted["due"], counted["workdays"], counted["provisional"]) == ("2027-01-12T15:59:59+00:00", 10, True)
    (second,) = history(stage, f"case/{case.id}", "deadline.moved")
    moved = {move["kind"]: move for move in json.loads(second.body)["moved"]}
    assert set(moved) == {"task", "reminder", "overdue", "escalation"}
    assert (moved["task"]["from"], moved["task"]["to"]) == ("2027-01-12T15:59:59+00:00", "2027-01-13T15:59:59+00:00")
    assert moved["task"]["provisional"] is False
    (change,) = history(stage, f"calendar/{COUNTY}", "calendar.changed")
    assert json.loads(second.body)["because"] == {"chain": f"calendar/{COUNTY}", "seq": change.seq}
    assert json.loads(change.body)["text"] == INVENTED_2027
    must_hold(stage, case.id)


def test_the_year_is_no_guess_any_more(stage: Stage) -> None:
    in_december(stage)
    assert stage.calendar.is_provisional(day("2027-06-01"))
    done = confirm(stage)
    assert not any(stage.calendar.is_provisional(day(text)) for text in ("2027-01-01", "2027-06-01", "2027-12-31"))
    assert stage.calendar.is_provisional(day("2028-01-01"))
    assert done.plan.settled == 365
    assert stage.calendar.is_working(day("2026-12-27")), "the notice of 2027 speaks of a Sunday of 2026"
    with stage.database.read() as tx:
        found = calendars.days_of(tx, COUNTY, day("2027-01-04"), day("2027-01-05"))
    assert (found[day("2027-01-04")].kind, found[day("2027-01-04")].name) == (DayKind.HOLIDAY, "元旦")
    assert found[day("2027-01-04")].source.endswith("1月1日（周五）至4日（周一）放假调休，共4天")
    assert (found[day("2027-01-05")].kind, found[day("2027-01-05")].since) == (DayKind.WORKING, stage.now)


def test_a_limit_that_stays_is_sure_now_and_its_case_has_no_event(stage: Stage) -> None:
    in_december(stage)
    case = begin(stage, user("work", oneseal__dueWorkdays="4"), flow=("work",)).case
    assert stage.open_task(case.id).provisional
    given = CalendarGiven(
        notice=INVENTED_2027.replace("至4日（周一）放假调休，共4天。2026年12月27日（周日）上班", "放假1天，不调休")
    )
    confirm(stage, given)
    assert not stage.open_task(case.id).provisional
    assert history(stage, f"case/{case.id}", "deadline.moved") == []
    assert stage.case(case.id).version == case.version
    must_hold(stage, case.id)


def test_timers_in_working_days_move_and_those_by_the_clock_stay(stage: Stage) -> None:
    in_december(stage)
    counted = begin(stage, catch("rest", timer("P10D", unit="workdays")), flow=("rest",)).case
    clock = begin(stage, catch("rest", timer("P10D")), flow=("rest",), id="clock").case
    before = jobs_of(stage, clock.id)["rest"].due_at
    assert told_on(stage, counted.id) == {"rest": "01-12 23:59"}
    assert jobs_of(stage, counted.id)["rest"].payload["provisional"] is True
    confirm(stage)
    assert told_on(stage, counted.id) == {"rest": "01-13 23:59"}
    assert jobs_of(stage, counted.id)["rest"].payload["provisional"] is False
    assert jobs_of(stage, clock.id)["rest"].due_at == before
    must_hold(stage, counted.id, clock.id)


def test_limits_of_an_older_version_move_too(stage: Stage) -> None:
    """It kept neither the number of working days nor whose calendar counts: diagram and state know."""
    in_december(stage)
    late = boundary("late", "work", timer("P7D", unit="workdays"), interrupting=False)
    parts = (user("work", oneseal__dueWorkdays="10"), late, end("gone"), path("late", "gone"))
    case = begin(stage, *parts, flow=("work",)).case
    with stage.database.begin() as tx:
        tx.connection.execute(text("UPDATE task SET due_workdays = NULL, due_organisation = NULL"))
        tx.connection.execute(text("UPDATE job SET payload = '{}' WHERE kind = 'timer'"))
    confirm(stage)
    assert due_day(stage, case.id) == "2027-01-13"
    assert told_on(stage, case.id)["late"] == "01-08 23:59"
    must_hold(stage, case.id)


def test_a_case_that_rests_is_counted_when_it_goes_on(stage: Stage) -> None:
    in_december(stage)
    case = ten_days(stage).case
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "示例"))
    found = preview(stage)
    assert (found.recount.moves, found.resting) == ((), 1)
    confirm(stage)
    assert due_day(stage, case.id) == "2027-01-12"
    assert history(stage, f"case/{case.id}", "deadline.moved") == []


def test_a_reminder_that_a_worker_holds_is_not_sent_before_its_new_time(stage: Stage) -> None:
    case = ten_days(in_december(stage)).case
    stage.now = jobs_of(stage, case.id)["reminder"].due_at
    (held,) = stage.act("system", take_jobs, TakeJobs("slow", kinds=(JobKind.REMIND,)))
    confirm(stage)
    assert stage.act("system", send_reminder, SendReminder(held.job.id, held.job.fence)) == ()
    assert stage.work() == 0
    stage.now = jobs_of(stage, case.id)["reminder"].due_at
    assert stage.work() == 1
    assert len(_told(stage, "clerk")) == 1


def test_what_was_told_is_told_again_when_its_new_time_is_still_to_come(stage: Stage) -> None:
    """The limit was over by the guess, and is not by the notice that came late."""
    case = ten_days(in_december(stage)).case
    stage.now = jobs_of(stage, case.id)["overdue"].due_at
    stage.work()
    assert [("超时" in text, "预警" in text) for text in _told(stage, "clerk")] == [(True, False), (False, True)]
    confirm(stage)
    assert stage.work() == 0
    stage.now += timedelta(days=1)
    stage.work()
    assert sum("超时" in text for text in _told(stage, "clerk")) == 2


def _told(stage: Stage, person: str) -> list[str]:
    with stage.database.read() as tx:
        return [n.text for n in notices.list_notifications(tx, actor=actor_of(stage, person)).items]


def test_an_organisations_rest_day_moves_its_own_limits_alone(stage: Stage) -> None:
    in_december(stage)
    ours, theirs = ten_days(stage).case, ten_days(stage, "heping").case
    given = CalendarGiven(
        "huotian", days=[DayGiven(day("2026-12-30"), DayKind.REST, "示例：本地休息日")], source="示例文号"
    )
    done = confirm(stage, given)
    assert {move.case_id for move in done.recount.moves} == {ours.id}
    assert (due_day(stage, ours.id), due_day(stage, theirs.id)) == ("2027-01-13", "2027-01-12")
    assert due_day(stage, ten_days(stage).case.id) == "2027-01-13", "a task opened afterwards counts with it too"
    (event,) = history(stage, "calendar/huotian", "calendar.changed")
    assert '"day":"2026-12-30"' in event.body
    confirm(stage, CalendarGiven("huotian", days=[DayGiven(day("2026-12-30"), None)], source="示例：撤回"))
    assert due_day(stage, ours.id) == "2027-01-12"
    must_hold(stage, ours.id, theirs.id)


def test_the_notice_does_not_wipe_out_an_organisations_day(stage: Stage) -> None:
    in_december(stage)
    given = CalendarGiven("huotian", days=[DayGiven(day("2027-03-03"), DayKind.REST, "示例")], source="示例文号")
    confirm(stage, given)
    confirm(stage)
    line = ["huotian-center", "huotian", "yunxiao"]
    assert not stage.calendar.of(line).is_working(day("2027-03-03"))
    assert stage.calendar.of(["heping"]).is_working(day("2027-03-03"))


def test_a_day_set_by_hand_stays_unless_the_notice_names_it(stage: Stage) -> None:
    in_december(stage)
    days = [DayGiven(day("2027-03-03"), DayKind.REST, "示例"), DayGiven(day("2027-01-04"), DayKind.WORKING)]
    confirm(stage, CalendarGiven(days=days, source="示例文号"))
    assert not stage.calendar.is_working(day("2027-03-03"))
    found = preview(stage)
    assert [c.day for c in found.plan.changes if not c.guessed] == [day("2026-12-27"), day("2027-01-04")]
    confirm(stage)
    assert not stage.calendar.is_working(day("2027-03-03"))
    assert not stage.calendar.is_working(day("2027-01-04"))


def test_the_notice_of_2026_changes_nothing_that_is_published(stage: Stage) -> None:
    in_december(stage)
    given = CalendarGiven(notice=whole(2026, REAL[2026]))
    assert preview(stage, given).plan.changes == ()
    with pytest.raises(Conflict, match="没有需要更改的"):
        confirm(stage, given)


def test_a_correction_of_a_notice_takes_back_what_it_no_longer_names(stage: Stage) -> None:
    in_december(stage)
    confirm(stage)
    corrected = INVENTED_2027.replace("9月26日（周日）、10月9日（周六）上班", "10月9日（周六）上班")
    done = confirm(stage, CalendarGiven(notice=corrected))
    assert [(c.day, c.after) for c in done.plan.changes] == [(day("2027-09-26"), DayKind.REST)]


def test_nothing_is_done_when_a_limit_has_changed_since_the_preview(stage: Stage) -> None:
    in_december(stage)
    seen = preview(stage).digest
    case = ten_days(stage).case
    with pytest.raises(Conflict, match="重新预览"):
        confirm(stage, digest=seen)
    assert due_day(stage, case.id) == "2027-01-12"
    assert history(stage, f"calendar/{COUNTY}", "calendar.changed") == []
    confirm(stage)
    assert due_day(stage, case.id) == "2027-01-13"


def test_nothing_is_done_when_the_calendar_has_changed_since_the_preview(stage: Stage) -> None:
    in_december(stage)
    seen = preview(stage).digest
    confirm(stage, CalendarGiven(days=[DayGiven(day("2028-02-01"), DayKind.REST)], source="示例"))
    with pytest.raises(Conflict, match="系统管理员（虚构）于2026-12-28"):
        confirm(stage, digest=seen)


def test_it_is_done_once(stage: Stage) -> None:
    in_december(stage)
    seen = preview(stage).digest
    confirm(stage, digest=seen)
    with pytest.raises(Conflict):
        confirm(stage, digest=seen)
    with pytest.raises(Conflict, match="没有需要更改的"):
        confirm(stage)


def test_what_is_not_understood_blocks_with_its_place(stage: Stage) -> None:
    in_december(stage)
    given = CalendarGiven(notice=INVENTED_2027.replace("（周五）至4日（周一）", "（周四）至4日（周一）"))
    found = preview(stage, given)
    assert (found.digest, found.plan.put) == ("", ())
    with pytest.raises(Invalid) as refused:
        confirm(stage, given, digest="x" * 64)
    assert "2027-01-01是周五，不是周四" in refused.value.faults[0].message
    reckon(stage)
    assert stage.calendar.is_provisional(day("2027-06-01"))


@pytest.mark.parametrize("person", ["clerk", "reviewer"])
def test_only_the_system_administrator_changes_it(stage: Stage, person: str) -> None:
    in_december(stage)
    with pytest.raises(NotAllowed, match="系统管理员"):
        stage.act(person, preview_calendar, PreviewCalendar(NOTICE))
    with pytest.raises(NotAllowed, match="系统管理员"):
        stage.act(person, change_calendar, ChangeCalendar(NOTICE, preview(stage).digest))


def test_a_table_of_a_whole_year_settles_it(stage: Stage) -> None:
    in_december(stage)
    case = ten_days(stage).case
    rows = [["日期", "类型", "说明"], ["2027-01-01", "放假", "元旦（示例）"], ["2027/1/4", "放假", "元旦（示例）"]]
    confirm(stage, CalendarGiven(table=rows, year=2027, source="示例表格"))
    assert due_day(stage, case.id) == "2027-01-13"
    assert not stage.calendar.is_provisional(day("2027-12-31"))
    with stage.database.read() as tx:
        (found,) = tasks.tasks_of_case(tx, case.id)
    assert not found.provisional
