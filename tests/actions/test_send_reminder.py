"""Reminders at 80 %, overdue notices at the end, escalation five working days on."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from service.actions.send_reminder import SendReminder, send_reminder
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.cases import Job
from service.domain.people import Holding, Person
from service.store import notices, people
from tests.actions.calendars import begin, history, in_december, jobs_of, ten_days
from tests.actions.stage import Stage, actor_of
from tests.engine.diagram import user


def _texts(stage: Stage, person: str) -> list[str]:
    with stage.database.read() as tx:
        return [n.text for n in notices.list_notifications(tx, actor=actor_of(stage, person)).items]


def _inspector(stage: Stage) -> None:
    with stage.database.begin() as tx:
        inspector = Person("inspector", "督查员（虚构）", "xiaonengban", fictional=True)
        people.add_person(tx, inspector, holdings=(Holding("efficiency_inspector", "xiaonengban"),), auditor=True)
        clerk = Person("reform", "审改办经办（虚构）", "shengaiban", fictional=True)
        people.add_person(tx, clerk, holdings=(Holding("reform_clerk", "shengaiban"),), auditor=True)


def test_it_reminds_at_eighty_percent_and_tells_the_efficiency_office_when_over(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=6, hours=20))  # 2022-10-20 24:00 Shanghai is the end of the fourth working day
    stage.work()
    (first,) = _texts(stage, "clerk")
    assert "预警" in first
    assert case.business_key in first
    stage.later(timedelta(days=1))
    stage.work()
    assert "超时" in _texts(stage, "clerk")[0]


def test_it_is_silent_when_the_task_was_done(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.later(timedelta(days=30))
    stage.work()
    assert not [t for t in _texts(stage, "clerk") if "拟清单" in t]


@pytest.mark.parametrize(("workdays", "reminder"), [(1, ""), (2, "10-17"), (3, "10-18"), (5, "10-20"), (10, "10-26")])
def test_the_reminder_is_due_at_the_end_of_the_day_at_eighty_percent(
    stage: Stage, workdays: int, reminder: str
) -> None:
    """From Friday 2022-10-14: of five days the fourth, of two the first, of one none."""
    case = begin(stage, user("work", oneseal__dueWorkdays=str(workdays)), flow=("work",)).case
    found = jobs_of(stage, case.id)
    shown = (found["reminder"].due_at + timedelta(hours=8)).strftime("%m-%d %H:%M:%S") if "reminder" in found else ""
    assert shown == (f"{reminder} 23:59:59" if reminder else "")


def test_nothing_is_told_a_second_too_early(stage: Stage) -> None:
    case = stage.start().case
    due = stage.open_task(case.id).due_at
    assert due
    reminder = jobs_of(stage, case.id)["reminder"].due_at
    stage.now = reminder - timedelta(seconds=1)
    assert stage.work() == 0
    stage.now = reminder
    assert stage.work() == 1
    stage.now = due  # 23:59:59 is still in time
    assert stage.work() == 0
    stage.now = due + timedelta(seconds=1)
    assert stage.work() == 1
    assert [("预警" in t, "超时" in t) for t in _texts(stage, "clerk")] == [(False, True), (True, False)]


def test_leaders_and_offices_are_told_in_order(stage: Stage) -> None:
    """80 %: the holders. The end: their director and 效能办. Five working days on: the township's head and 审改办 too."""
    _inspector(stage)
    case = stage.start().case
    told: dict[str, list[str]] = {"reminder": [], "overdue": [], "escalation": []}
    for about, names in told.items():
        before = {
            name: len(_texts(stage, name)) for name in ("clerk", "clerk2", "director", "leader", "inspector", "reform")
        }
        stage.now = jobs_of(stage, case.id)[about].due_at
        assert stage.work() == 1
        names += [name for name, count in before.items() if len(_texts(stage, name)) == count + 1]
    assert told == {
        "reminder": ["clerk", "clerk2"],
        "overdue": ["clerk", "clerk2", "director", "inspector"],
        "escalation": ["clerk", "clerk2", "director", "leader", "inspector", "reform"],
    }
    assert [e.seq for e in history(stage, f"case/{case.id}", "task.overdue")]
    assert "已五个工作日" in _texts(stage, "leader")[0]


def test_a_leaders_own_late_task_goes_to_the_leader_above(stage: Stage) -> None:
    given = {"oneseal__dueWorkdays": "2", "camunda__candidateGroups": "center_director@center"}
    case = begin(stage, user("work", **given), flow=("work",)).case
    stage.now = jobs_of(stage, case.id)["overdue"].due_at
    stage.work()
    assert len(_texts(stage, "director")) == 2, "reminder and overdue, each once"
    assert len(_texts(stage, "leader")) == 1


def test_who_has_claimed_it_is_told_alone(stage: Stage) -> None:
    case = begin(stage, user("work", camunda__candidateGroups="", camunda__assignee="= initiator",
                             oneseal__dueWorkdays="2"), flow=("work",)).case  # fmt: skip
    stage.now = jobs_of(stage, case.id)["reminder"].due_at
    stage.work()
    assert len(_texts(stage, "clerk")) == 1
    assert _texts(stage, "clerk2") == []


def test_a_guessed_date_is_called_one(stage: Stage) -> None:
    case = ten_days(in_december(stage)).case
    stage.now = jobs_of(stage, case.id)["reminder"].due_at
    stage.work()
    assert "2027-01-12前办结。（该日期按暂定日历推算）" in _texts(stage, "clerk")[0]


def test_each_word_is_said_once_whoever_is_quickest(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=60))
    for _ in range(3):
        (slow,) = stage.act("system", take_jobs, TakeJobs("slow"))
        stage.later(timedelta(minutes=5))  # its lease is over
        (quick,) = stage.act("system", take_jobs, TakeJobs("quick"))
        assert quick.job.id == slow.job.id
        assert _send(stage, quick.job)
        assert _send(stage, slow.job) == 0
    assert stage.work() == 0
    assert len(_texts(stage, "clerk")) == 3
    assert {job.status.value for job in jobs_of(stage, case.id).values()} == {"done"}


def _send(stage: Stage, job: Job) -> int:
    return len(stage.act("system", send_reminder, SendReminder(job.id, job.fence)))


def test_a_task_of_an_older_version_is_escalated_too(stage: Stage) -> None:
    case = stage.start().case
    with stage.database.begin() as tx:
        tx.connection.execute(text("UPDATE task SET due_workdays = NULL, due_organisation = NULL"))
        tx.connection.execute(text("DELETE FROM job WHERE payload LIKE '%escalation%'"))
    stage.now = jobs_of(stage, case.id)["overdue"].due_at
    stage.work()
    found = jobs_of(stage, case.id)["escalation"]
    assert (found.due_at + timedelta(hours=8)).strftime("%m-%d %H:%M") == "10-29 00:00"
