"""工作日历 in the browser."""

import pytest

from service.store import events
from tests.actions.calendars import due_day, in_december, must_hold, ten_days
from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.domain.notices import INVENTED_2027
from tests.pages.visitor import ORIGIN, Sheet, Visit


@pytest.fixture
def december(stage: Stage, visit: Visit) -> Visit:
    in_december(stage)
    return visit


def previewed(visit: Visit, notice: str = INVENTED_2027) -> Sheet:
    admin = visit.of("sysadmin")
    return admin.press(admin.open("/calendar/change"), "预览", notice=notice)


def kind_of(page: Sheet, title: str) -> str:
    """The classes of a day's cell."""
    (cell,) = page.tree.xpath(f"//td[starts-with(@title, '{title}')]")
    return str(cell.get("class"))


def test_a_year_shows_its_kinds_of_days_and_what_is_guessed(december: Visit) -> None:
    clerk = december.of("clerk")
    page = clerk.open("/calendar")
    assert page.heading == "2026年工作日历"
    assert "暂定：" not in page.text
    assert "os-day-holiday" in kind_of(page, "2026-10-01 放假，国庆节")
    assert "os-day-shifted" in kind_of(page, "2026-10-10 调休上班，国庆节")
    assert "os-day-today" in kind_of(page, "2026-12-28")
    following = clerk.open(page.links()["下一年"])
    assert following.heading == "2027年工作日历"
    assert "暂定：有的日子还没有放假通知" in following.text
    assert "os-day-guess" in kind_of(following, "2027-06-01 工作日，暂定")


def test_a_deadline_is_counted_by_hand(december: Visit) -> None:
    clerk = december.of("clerk")
    page = clerk.press(clerk.open("/calendar"), "推算", start="2026-12-28", workdays="10")
    assert "2026-12-28起10个工作日，到2027-01-12为止 暂定" in page.text
    assert "2026-12-29、2026-12-30" in page.text
    assert "超出范围" in clerk.open("/calendar?start=0001-01-01&workdays=10").text


def test_a_notice_is_pasted_looked_at_and_confirmed(december: Visit, stage: Stage) -> None:
    case = ten_days(stage).case
    page = previewed(december)
    assert "放假：2027-01-01（周五）至2027-01-04（周一），计4天" in page.text
    assert any(row[:3] == ["2027-01-04", "工作日 暂定", "放假"] for row in page.rows())
    assert any(row[0] == case.business_key and row[2:] == ["办理期限", "10", "2027-01-12 23:59", "2027-01-13 23:59"]
               for row in page.rows())  # fmt: skip
    assert due_day(stage, case.id) == "2027-01-12", "nothing is done yet"
    done = december.of("sysadmin").press(page, "确认更改")
    assert (done.status, done.heading) == (200, "2027年工作日历")
    assert done.notice == "日历已更改：366天，1个案件的期限已移动。"
    assert "暂定：" not in done.text
    assert due_day(stage, case.id) == "2027-01-13"
    must_hold(stage, case.id)


def test_what_is_not_understood_is_named_and_has_no_button(december: Visit) -> None:
    page = previewed(december, INVENTED_2027.replace("9月15日（周三）", "9月15日（周四）"))
    assert page.status == 422
    assert "2027-09-15是周三，不是周四" in page.text
    assert "确认更改" not in page.text
    empty = previewed(december, " ")
    assert (empty.status, empty.fault("notice")) == (422, "请填写此项。")


def test_confirming_after_something_has_changed_shows_the_preview_of_now(december: Visit, stage: Stage) -> None:
    page = previewed(december)
    case = ten_days(stage).case
    again = december.of("sysadmin").press(page, "确认更改")
    assert again.status == 409
    assert "重新预览" in again.error
    assert case.business_key in again.text
    done = december.of("sysadmin").press(again, "确认更改")
    assert done.heading == "2027年工作日历"
    assert due_day(stage, case.id) == "2027-01-13"


def test_one_day_of_one_organisation_is_changed_and_taken_back(december: Visit, stage: Stage) -> None:
    case = ten_days(stage).case
    admin = december.of("sysadmin")
    form = admin.open("/calendar/change?way=day")
    filled = {
        "organisation": "huotian",
        "day": "2026-12-30",
        "kind": "rest",
        "name": "示例：本地休息日",
        "source": "示例文号",
    }
    page = admin.press(form, "预览", **filled)
    done = admin.press(page, "确认更改")
    assert done.path == "/calendar?year=2026&organisation=huotian"
    assert any(row[0] == "2026-12-30" and "火田镇" in row[1] and row[3] == "示例文号" for row in done.rows())
    assert due_day(stage, case.id) == "2027-01-13"
    back = admin.press(admin.open("/calendar/change?way=day"), "预览", **filled | {"kind": "inherit"})
    admin.press(back, "确认更改")
    assert due_day(stage, case.id) == "2027-01-12"


def test_a_table_is_pasted_and_every_wrong_row_is_named(december: Visit) -> None:
    admin = december.of("sysadmin")
    form = admin.open("/calendar/change?way=table")
    wrong = admin.press(form, "预览", table="日期\t类型\n2027-02-30\t放假\n2027-01-04\t调休", source="示例")
    assert "第2行“日期”" in wrong.text
    assert "第3行“类型”" in wrong.text
    missing = admin.press(form, "预览", table="日期\t类型\n2027-01-04\t放假", source="")
    assert "请写明依据" in missing.error
    assert missing.value("table").startswith("日期")
    page = admin.press(form, "预览", table="日期\t类型\n2027-01-04\t放假", source="示例")
    assert admin.press(page, "确认更改").notice.startswith("日历已更改：1天")


@pytest.mark.parametrize("path", ["/calendar/change", "/calendar/change?way=day", "/calendar/change?way=table"])
def test_only_the_system_administrator_changes_it(december: Visit, path: str) -> None:
    for person in ("clerk", "reviewer"):
        assert december.of(person).open(path).status == 403
        assert "更改日历" not in december.of(person).open("/calendar").links()
    assert "更改日历" in december.of("sysadmin").open("/calendar").links()
    assert december.nobody.open(path).path.startswith("/sign-in")
    answer = december.of("clerk").client.post(
        "/calendar/confirm", data={"way": "notice", "notice": INVENTED_2027, "preview": "x"}, headers={"Origin": ORIGIN}
    )
    assert answer.status_code == 403


def test_it_is_done_once_however_often_it_is_pressed(december: Visit, stage: Stage) -> None:
    ten_days(stage)
    page = previewed(december)
    admin = december.of("sysadmin")
    assert at_once(lambda: admin.send(page, "确认更改")) == [303] * 8, "one form is one request"
    with stage.database.read() as tx:
        assert len(events.list_events(tx, type="calendar.changed").items) == 1


def test_a_guessed_date_is_called_one_in_the_list_of_tasks(december: Visit, stage: Stage) -> None:
    ten_days(stage)
    assert "2027-01-12 23:59 暂定" in december.of("clerk").open("/tasks?view=claimable").text
