"""期限台账 and 逾期台账 in the browser."""

from datetime import timedelta

import pytest

from service.actions.suspend_case import SuspendCase, suspend_case
from tests.actions.stage import Stage
from tests.actions.targets import NAMED, SECTION, county_office, put
from tests.pages.visitor import ORIGIN, Visit

PATH = "/deadlines/gongan-huotian"
FILLED = {
    "id": "shichang-heping", "subject": "市场监管所进驻（示例）", "organisation": "heping", "document": "云政办〔2022〕28号",
    "document_date": "2022-10-13", "strength": "hard", "place1": "二（一）完成时限", "words1": "2022年11月中旬",
}  # fmt: skip


@pytest.fixture
def entered(stage: Stage, visit: Visit) -> Visit:
    county_office(stage)
    put(stage)
    return visit


def test_the_register_shows_words_day_and_conflict_on_the_day_asked_for(entered: Visit) -> None:
    page = entered.of("clerk").open("/deadlines?on=2022-11-25")
    (row,) = page.rows()
    assert row[1:7] == [
        "火田", "硬性", "今年内 条款冲突，待县政府办确认", "2022-12-31 暂定", "2022-12-30", "推进中",
    ], "the stage knows no calendar, so the day is a guess"  # fmt: skip
    assert entered.of("clerk").open("/deadlines?on=2023-01-03").rows()[0][6] == "逾期"
    assert entered.of("clerk").open("/deadlines?state=done").text.count("没有符合条件的期限") == 1


def test_the_county_office_settles_the_conflict_and_nobody_else_can(entered: Visit) -> None:
    for person in ("clerk", "sysadmin", "reviewer"):
        assert "确认以哪一条为准" not in entered.of(person).open(PATH).text
        answer = entered.of(person).client.post(
            f"{PATH}/settle", data={"clause": "2", "reason": "x"}, headers={"Origin": ORIGIN}
        )
        assert answer.status_code == 403
    office = entered.of("office")
    page = office.open(PATH)
    refused = office.press(page, "确认", clause="2", reason=" ")
    assert (refused.status, refused.fault("reason")) == (422, "请填写此项。")
    done = office.press(refused, "确认", clause="2", reason="示例：以完成时限为准")
    assert done.notice == "已确认“公安派出所进驻（示例）”以第2条为准。"
    assert "office虚构于2022-10-14 09:00确认：示例：以完成时限为准" in done.text.replace(" 虚构", "虚构")
    second = entered.of("office2").press(page, "确认", clause="1", reason="x")
    assert second.status in (409, 412)


def test_an_administrator_enters_a_deadline_and_every_fault_stands_beside_its_field(entered: Visit) -> None:
    admin = entered.of("sysadmin")
    form = admin.press(admin.open("/deadlines/new"), "保存", **FILLED | {"words1": "尽快", "id": "X Y"})
    assert form.status == 422
    assert "“尽快”没有读懂" in form.text
    assert form.fault("id").startswith("编号“X Y”")
    assert form.value("subject") == "市场监管所进驻（示例）"
    done = admin.press(form, "保存", **FILLED)
    assert (done.path, done.notice) == ("/deadlines/shichang-heping", "已保存“市场监管所进驻（示例）”。")
    assert "2022-11-20" in done.text
    taken = admin.press(admin.open("/deadlines/new"), "保存", **FILLED | {"subject": "又一个"})
    assert taken.status == 409, "a new entry never replaces another"
    corrected = admin.press(admin.open("/deadlines/shichang-heping/edit"), "保存", done_on="2022-10-14")
    assert "已完成" in corrected.text


def test_others_do_not_enter_deadlines(entered: Visit) -> None:
    for person in ("clerk", "reviewer", "office"):
        assert entered.of(person).open("/deadlines/new").status == 403
        assert entered.of(person).open(f"{PATH}/edit").status == 403
    assert entered.nobody.open("/deadlines").path.startswith("/sign-in")
    assert entered.of("clerk").open("/deadlines/nothing").status == 404


def test_an_empty_register_says_who_fills_it(visit: Visit) -> None:
    assert "由系统管理员按文件登记" in visit.of("clerk").open("/deadlines").text


def test_two_clauses_of_one_day_show_no_conflict(stage: Stage, visit: Visit) -> None:
    put(stage, clauses=[NAMED, NAMED])
    put(stage, id="other", clauses=[SECTION])
    assert "条款冲突" not in visit.of("clerk").open("/deadlines").tree.xpath("string(//table)")


def test_the_ledger_lists_late_tasks_of_cases_one_may_see(visit: Visit, stage: Stage) -> None:
    case = stage.start().case
    stage.start("heping-clerk", township="heping")
    assert "没有逾期的任务" in visit.of("reviewer").open("/overdue").text
    stage.later(timedelta(days=14))
    rows = visit.of("reviewer").open("/overdue").rows()
    assert [(row[0], row[2], row[3], row[5]) for row in rows] == [
        ("拟清单", "火田中心", "未认领", "5"), ("拟清单", "和平中心", "未认领", "5"),
    ]  # fmt: skip
    assert len(visit.of("leader").open("/overdue").rows()) == 1
    assert len(visit.of("reviewer").open("/overdue?organisation=heping-center").rows()) == 1
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "示例"))
    assert len(visit.of("reviewer").open("/overdue").rows()) == 1
    shown = visit.of("clerk").open("/tasks?view=claimable").text
    assert "停止计时" in shown
    assert "已逾期" not in shown.replace("只看已逾期", "")
    assert visit.nobody.open("/overdue").path.startswith("/sign-in")
