"""The page of one task, as it comes from the service: who sees what, and what works without scripts."""

import json
from datetime import timedelta
from typing import Any

from tests.actions.stage import Stage
from tests.pages.visitor import ORIGIN, Sheet, Visit

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'>"


def island(page: Sheet) -> Any:
    (form,) = page.tree.xpath("//*[@id='form']")
    return json.loads(form.get("data-task"))


def review(visit: Visit, batch_name: str = "第一批", **act: Any) -> str:
    """A case whose director's review is open and claimed; answers the task."""
    task = visit.desk.drafted()
    body = {"data": {"batch_name": batch_name}, "act": act}
    answer = visit.desk.of("clerk").post(f"/tasks/{task}/complete", json=body)
    assert answer.status_code == 200, answer.text
    visit.stage.work()
    opened = visit.stage.open_task(answer.json()["case"]["id"])
    visit.desk.of("director").post(f"/tasks/{opened.id}/claim")
    return opened.id


def test_it_tells_what_is_asked_of_whom_until_when(visit: Visit) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    page = visit.of("clerk").open(f"/tasks/{task}")
    assert (page.status, page.heading) == (200, "拟清单")
    for words in (
        "小-火田-2022-001",
        "草拟",
        "火田镇便民服务中心 便民服务中心经办",
        "尚未认领",
        "5个工作日",
        "批次名称",
    ):
        assert words in page.text, words
    assert not page.tree.xpath("//*[@id='form']")  # nothing to fill in before it is claimed


def test_claiming_it_opens_the_form(visit: Visit) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    clerk = visit.of("clerk")
    page = clerk.press(clerk.open(f"/tasks/{task}"), "认领")
    assert (page.path, page.notice) == (f"/tasks/{task}", "已认领“拟清单”。")
    found = island(page)
    assert (found["id"], found["version"], found["person"]) == (task, 2, "clerk")
    assert found["schema"]["id"] == "draft"
    assert found["kinds"][".pdf"] == 50 * 1024 * 1024


def test_claiming_leads_nobody_away(visit: Visit) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    answer = visit.of("clerk").client.post(
        f"/tasks/{task}/claim",
        data={"next": "https://bad.example/"},
        headers={"Origin": ORIGIN},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/tasks?view=mine"


def test_the_draft_comes_back_to_its_writer_alone(visit: Visit) -> None:
    task = visit.desk.drafted()
    draft = {"batch_name": "未完", "_act": {"opinion": "再想想"}}
    visit.desk.of("clerk").put(f"/tasks/{task}/draft", json={"data": draft})
    assert island(visit.of("clerk").open(f"/tasks/{task}"))["draft"] == draft
    assert "未完" not in visit.of("clerk2").open(f"/tasks/{task}").source


def test_without_scripts_it_says_so_and_shows_what_is_there(visit: Visit) -> None:
    task = review(visit)
    page = visit.of("director").open(f"/tasks/{task}")
    (without,) = page.tree.xpath("//noscript")
    assert "须启用浏览器的 JavaScript" in without.text_content()
    assert "结论" in page.tree.xpath("string(//*[@id='without'])")
    assert page.tree.xpath("//button[@id='complete']/@hidden")
    assert page.form("取消认领") is not None


def test_what_one_may_not_do_is_told_with_its_reason(visit: Visit) -> None:
    task = visit.desk.drafted()
    other = visit.of("clerk2").open(f"/tasks/{task}")
    assert "已由clerk（虚构）认领" in other.text
    assert "您不在任务“拟清单”的办理岗位中" in visit.of("director").open(f"/tasks/{task}").text
    assert not other.tree.xpath("//*[@id='form']")


def test_another_township_and_strangers_do_not_see_it(visit: Visit) -> None:
    task = visit.desk.drafted()
    assert visit.of("heping-clerk").open(f"/tasks/{task}").status == 404
    assert visit.of("sysadmin").open(f"/tasks/{task}").status == 404
    assert visit.of("clerk").open("/tasks/nothing.1").status == 404
    assert visit.nobody.open(f"/tasks/{task}").heading == "登录一章通"
    assert {d.actor_id for d in visit.desk.denied()} == {"heping-clerk", "sysadmin"}


def test_unclaiming_gives_it_back_once(visit: Visit) -> None:
    task = visit.desk.drafted()
    clerk = visit.of("clerk")
    page = clerk.open(f"/tasks/{task}")
    back = clerk.press(page, "取消认领")
    assert (back.path, back.notice) == (
        "/tasks?view=claimable", "已取消认领“拟清单”，由本岗位其他人员认领办理。",
    )  # fmt: skip
    assert clerk.press(page, "取消认领").status == 200  # the same press
    assert clerk.client.post(f"/tasks/{task}/unclaim", headers={"Origin": ORIGIN}).status_code == 403
    assert visit.nobody.client.post(f"/tasks/{task}/unclaim", headers={"Origin": ORIGIN}).status_code == 401


def test_returning_wants_a_step_and_a_reason_and_keeps_what_was_typed(visit: Visit) -> None:
    task = review(visit)
    director = visit.of("director")
    page = director.open(f"/tasks/{task}")
    again = director.press(page, "退回", target="draft")
    assert (again.status, again.fault("reason"), again.value("target")) == (422, "请填写此项。", "draft")
    done = director.press(again, "退回", reason="缺下放文件")
    assert done.notice == "已退回，案件小-火田-2022-001回到所选环节。"
    assert "拟清单" in done.text
    assert "缺下放文件" in done.text


def test_only_who_holds_it_returns_it(visit: Visit) -> None:
    task = review(visit)
    data = {"target": "draft", "reason": "不行"}
    for person, status in (("clerk", 403), ("heping-clerk", 404)):
        answer = visit.of(person).client.post(f"/tasks/{task}/return", data=data, headers={"Origin": ORIGIN})
        assert answer.status_code == status
    for headers in ({}, {"Origin": "https://bad.example"}):
        assert visit.of("director").client.post(f"/tasks/{task}/return", data=data, headers=headers).status_code == 403


def test_a_done_task_tells_who_did_what_and_what_the_case_waits_for(visit: Visit, stage: Stage) -> None:
    task = visit.desk.drafted()
    body = {"data": {"batch_name": "第一批"}, "act": {"opinion": "请审核", "paper_number": "示例〔2022〕1号"}}
    visit.desk.of("clerk").post(f"/tasks/{task}/complete", json=body)
    stage.work()
    page = visit.of("clerk").open(f"/tasks/{task}")
    for words in ("此任务已办结", "案件现在等待：主任审核", "请审核", "示例〔2022〕1号", "第一批"):
        assert words in page.text, words
    assert visit.of("clerk").open(page.links()["主任审核"]).heading == "主任审核"


def test_it_marks_what_is_overdue(visit: Visit, stage: Stage) -> None:
    task = visit.desk.drafted()
    stage.later(timedelta(days=30))
    assert "已逾期" in visit.of("clerk").open(f"/tasks/{task}").text


def test_what_people_wrote_does_nothing(visit: Visit) -> None:
    task = review(visit, BAD[:50], opinion=BAD, paper_number=BAD)
    for person in ("director", "clerk"):
        page = visit.of(person).open(f"/tasks/{task}")
        assert BAD in page.tree.text_content()
        assert not page.tree.xpath("//img") + page.tree.xpath("//script[not(@src)]")


def test_the_policy_is_wide_only_where_the_form_is(visit: Visit) -> None:
    task = visit.desk.drafted()
    with_form = visit.of("clerk").open(f"/tasks/{task}").answer.headers["content-security-policy"]
    without = visit.of("clerk2").open(f"/tasks/{task}").answer.headers["content-security-policy"]
    assert "style-src 'self' 'unsafe-inline'" in with_form
    assert "unsafe" not in without
    assert "script-src 'self';" in with_form
    assert "unsafe-eval" not in with_form
