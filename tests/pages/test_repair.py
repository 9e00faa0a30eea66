"""强制处理, by the page: look, preview, confirm with a reason."""

from tests.actions.repairs import open_ones, replays, stuck, told
from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Visit


def test_the_administrator_skips_from_the_incident_after_a_preview(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    admin = visit.of("sysadmin")
    incident = admin.open(admin.open("/incidents").links()["处理"])
    page = admin.open(incident.links()["跳过或跳转"])
    assert page.heading == f"强制处理：{stage.case(case_id).business_key}"
    preview = admin.press(page, "预览跳过")
    assert preview.rows() == [["预检", "跳过，没有办理"], ["主任审核", "新开始等待"], ["撤回", "新开始等待"]]
    assert told(stage, case_id, "case.skipped") == []
    empty = admin.press(preview, "确认跳过", reason=" ")
    assert (empty.status, empty.heading, empty.fault("reason")) == (422, preview.heading, "请填写此项。")
    done = admin.press(preview, "确认跳过", reason="外部系统停用")
    assert "已强制处理" in done.notice
    assert stage.open_task(case_id).element_id == "review"
    course = visit.of("clerk").open(f"/cases/{case_id}")
    assert "预检 强制强制跳过" in course.text
    assert replays(stage, case_id)


def test_the_administrator_jumps_back_to_a_place_on_the_list(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    admin = visit.of("sysadmin")
    page = admin.open(f"/repair/{case_id}")
    assert admin.press(page, "预览跳转").fault("target") == "请填写此项。"
    preview = admin.press(page, "预览跳转", target="draft")
    assert preview.heading == "预览：跳转“预检”到“拟清单”"
    refused = admin.press(page, "预览跳转", target="trial")
    assert (refused.status, "越过" in refused.error) == (422, True)
    stale = admin.press(preview, "确认跳转", reason="一", version="1")
    assert (stale.status, stale.heading) == (412, preview.heading)
    admin.press(preview, "确认跳转", reason="一")
    assert stage.open_task(case_id).element_id == "draft"


def test_pressing_confirm_eight_times_is_one_skip(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    admin = visit.of("sysadmin")
    preview = admin.press(admin.open(f"/repair/{case_id}"), "预览跳过")
    assert at_once(lambda: admin.send(preview, "确认跳过", reason="一")) == [303] * 8
    assert len(told(stage, case_id, "case.skipped")) == 1


def test_who_coordinates_changes_a_variable_and_sees_old_and_new(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    reviewer = visit.of("reviewer")
    page = reviewer.open(reviewer.open(f"/cases/{case_id}").links()["修改变量"])
    assert ["batch_name", "文本", '"坏"', "不可修改"] in page.rows()
    wrong = reviewer.press(page, "预览修改", name="batch_name", value='"好"')
    assert (wrong.status, "不能代为修改" in wrong.fault("value")) == (422, True)
    preview = reviewer.press(page, "预览修改", name="rounds", value="3")
    assert preview.rows() == [["rounds", "（没有）", "3"]]
    done = reviewer.press(preview, "确认修改", reason="更正")
    assert "变量已修改" in done.notice
    assert ["rounds", "数字", "3", ""] in done.rows()
    again = reviewer.press(preview, "确认修改", reason="更正", form_key="another")
    assert again.status == 412


def test_others_are_refused_and_strangers_sign_in(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    for person, status in (("clerk", 403), ("heping-clerk", 404)):
        assert visit.of(person).open(f"/repair/{case_id}").status == status
    for path in ("force", "variables"):
        form = {"number": "1", "reason": "x", "version": "1", "name": "a", "value": "1"}
        answer = visit.of("clerk").client.post(f"/repair/{case_id}/{path}", data=form, headers={"Origin": ORIGIN})
        assert answer.status_code == 403
    assert visit.nobody.open(f"/repair/{case_id}").path.startswith("/sign-in")
    assert len(open_ones(stage, case_id)) == 1


def test_no_variable_is_shown_to_the_administrator(visit: Visit, stage: Stage) -> None:
    case_id = stuck(stage)
    page = visit.of("sysadmin").open(f"/repair/{case_id}")
    assert "batch_name" not in page.source
    assert f"/cases/{case_id}" not in page.source


def test_ticked_incidents_and_all_alike_are_retried_with_a_report(visit: Visit, stage: Stage) -> None:
    cases = [stuck(stage) for _ in range(2)]
    admin = visit.of("sysadmin")
    listed = admin.open("/incidents?process=small&kind=handler")
    assert len(listed.rows()) == 2
    none = admin.press(listed, "重试所选", reason="一")
    assert none.fault("incident") == "请先勾选要重试的异常。"
    one = open_ones(stage, cases[0])[0].id
    report = admin.press(listed, "重试所选", reason="一", incident=one)
    assert [row[2] for row in report.rows()] == ["已安排重试"]
    page = admin.open(admin.open("/incidents").links()["处理"])
    alike = {"like": open_ones(stage, cases[1])[0].id, "reason": "二"}
    answer = admin.client.post("/incidents/retry", data=alike, headers={"Origin": ORIGIN})
    assert "已安排重试" in answer.text
    assert "重试全部同类" in page.text
    assert admin.open("/incidents").rows() == []
    assert "没有符合条件" in admin.open("/incidents?older=24").text
