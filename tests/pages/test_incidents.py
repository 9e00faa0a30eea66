"""异常 and 系统作业, by the page."""

from datetime import timedelta

from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Visit


def failed(visit: Visit, stage: Stage) -> str:
    """A case whose job has used up its tries; answers its id."""
    task = visit.desk.drafted()
    visit.desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "坏"}})
    for _ in range(3):
        stage.work()
        stage.later(timedelta(minutes=11))
    return task.partition(".")[0]


def test_an_incident_names_case_step_handler_error_and_is_retried_with_a_reason(visit: Visit, stage: Stage) -> None:
    case = failed(visit, stage)
    admin = visit.of("sysadmin")
    (row,) = admin.open("/incidents").rows()
    assert row[2:5] == [stage.case(case).business_key, "预检check", "echo"]
    assert "outside world closed" in row[5]
    assert row[6] == "未处理"
    page = admin.open(admin.open("/incidents").links()["处理"])
    assert page.heading == "异常：预检"
    empty = admin.press(page, "重试", reason="  ")
    assert (empty.status, empty.fault("reason")) == (422, "请填写此项。")
    done = admin.press(page, "重试", reason="外部系统已恢复")
    assert (done.path, done.notice) == ("/incidents", "已安排重试，系统将重新执行。")
    assert "没有异常" in done.text
    (row,) = admin.open("/incidents?status=resolved").rows()
    assert row[5] == "已处理"
    events = visit.desk.of("clerk").get(f"/cases/{case}/events").json()["items"]
    assert [e["personal"]["reason"] for e in events if e["type"] == "incident.retried"] == ["外部系统已恢复"]


def test_an_incident_retried_already_says_so(visit: Visit, stage: Stage) -> None:
    failed(visit, stage)
    admin = visit.of("sysadmin")
    page = admin.open(admin.open("/incidents").links()["处理"])
    admin.press(page, "重试", reason="一")
    again = admin.press(page, "重试", reason="二", form_key="another")
    assert again.status == 409
    assert "已经处理过" in again.error


def test_pressing_retry_eight_times_is_one_retry(visit: Visit, stage: Stage) -> None:
    case = failed(visit, stage)
    admin = visit.of("sysadmin")
    page = admin.open(admin.open("/incidents").links()["处理"])
    assert at_once(lambda: admin.send(page, "重试", reason="一")) == [303] * 8
    events = visit.desk.of("clerk").get(f"/cases/{case}/events").json()["items"]
    assert [e["type"] for e in events].count("incident.retried") == 1


def test_people_see_the_incidents_of_their_cases_and_retry_none(visit: Visit, stage: Stage) -> None:
    failed(visit, stage)
    director = visit.of("director").open("/incidents")
    assert len(director.rows()) == 1
    page = visit.of("director").open(director.links()["查看"])
    assert page.status == 200
    assert not page.tree.xpath("//form[contains(@action, 'retry')]")
    assert visit.of("heping-clerk").open("/incidents").rows() == []
    assert visit.of("heping-clerk").open(page.path).status == 404
    for person, status in (("director", 403), ("heping-clerk", 403)):
        answer = visit.of(person).client.post(f"{page.path}/retry", data={"reason": "x"}, headers={"Origin": ORIGIN})
        assert answer.status_code == status
    assert visit.nobody.open(page.path).path.startswith("/sign-in")
    assert visit.of("sysadmin").open("/incidents/nothing").status == 404


def test_the_administrator_is_shown_no_way_into_the_case(visit: Visit, stage: Stage) -> None:
    case = failed(visit, stage)
    assert f"/cases/{case}" not in visit.of("sysadmin").open("/incidents").source
    assert f"/cases/{case}" in visit.of("director").open("/incidents").source


def test_a_waiting_job_is_tried_at_once_with_a_reason(visit: Visit, stage: Stage) -> None:
    task = visit.desk.drafted()
    visit.desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "坏"}})
    stage.work()  # failed once, waits for its back-off
    admin = visit.of("sysadmin")
    listed = admin.open("/jobs")
    (row,) = [row for row in listed.rows() if row[1] == "处理程序"]
    assert (row[3], row[5]) == ("预检", "1/2")
    assert "outside world closed" in row[6]
    page = admin.open(next(a.get("href") for a in listed.tree.iter("a") if "查看：预检" in (a.get("aria-label") or "")))
    assert page.heading == "处理程序：预检"
    assert admin.press(page, "立即执行").fault("reason") == "请填写此项。"
    assert admin.press(page, "立即执行", reason="已恢复").notice == "已安排立即执行。"


def test_a_timer_of_the_diagram_is_not_hurried(visit: Visit, stage: Stage) -> None:
    visit.desk.drafted()
    admin = visit.of("sysadmin")
    listed = admin.open("/jobs")
    page = admin.open(
        next(a.get("href") for a in listed.tree.iter("a") if (a.get("aria-label") or "").startswith("查看"))
    )
    refused = admin.press(page, "立即执行", reason="快一点")
    assert refused.status == 409
    assert "不能提前触发" in refused.error


def test_jobs_are_for_the_administrator(visit: Visit) -> None:
    visit.desk.drafted()
    for path in ("/jobs", "/jobs/nothing"):
        assert visit.of("clerk").open(path).status == 403
        assert visit.of("reviewer").open(path).status == 403
    assert visit.of("sysadmin").open("/jobs/nothing").status == 404
    assert visit.nobody.open("/jobs").path.startswith("/sign-in")
