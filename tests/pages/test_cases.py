"""案件: the list and the page of one."""

from datetime import date, timedelta

import pytest

from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.test_one_task import BAD, review
from tests.pages.visitor import ORIGIN, Visit


def case_of(task: str) -> str:
    return task.rpartition(".")[0]


def test_the_list_shows_what_one_may_see_and_finds_it(visit: Visit) -> None:
    visit.desk.start()
    visit.desk.start("heping-clerk", township="heping")
    assert len(visit.of("reviewer").open("/cases").rows()) == 2
    clerk = visit.of("clerk")
    (row,) = clerk.open("/cases").rows()
    assert (row[0], row[2], row[3], row[4], row[5], row[6]) == (
        "小-火田-2022-001", "小流程", "火田", "办理中", "草拟", "拟清单",
    )  # fmt: skip
    for query, count in (
        ("q=火田", 1), ("q=001", 1), ("q=%25", 0), ("status=active", 1), ("status=completed", 0), ("township=heping", 0),
        ("process=small", 1), ("process=other", 0), ("mine=true", 1),
    ):  # fmt: skip
        assert len(clerk.open(f"/cases?{query}").rows()) == count, query
    assert len(visit.of("director").open("/cases?mine=true").rows()) == 0
    assert "没有符合条件的案件" in clerk.open("/cases?q=没有").text


def test_the_list_pages(visit: Visit, stage: Stage) -> None:
    keys = []
    for _ in range(23):
        keys.append(visit.desk.start()["case"]["key"])
        stage.later(timedelta(minutes=1))
    clerk = visit.of("clerk")
    first = clerk.open("/cases?mine=true")
    second = clerk.open(first.links()["下一页"])
    assert [r[0] for r in (*first.rows(), *second.rows())] == list(reversed(keys))


def test_a_case_tells_where_it_stands_and_who_may_look(visit: Visit) -> None:
    case = case_of(review(visit, opinion="请审核"))
    page = visit.of("clerk").open(f"/cases/{case}")
    for words in ("小流程（第1版）", "火田（乡镇）", "火田中心（便民服务中心）", "主任审核", "火田中心 便民服务中心主任",
                  "等待其他案件或单位的消息", "请审核", "director"):  # fmt: skip
        assert words in page.text, words


def test_the_course_is_in_the_order_of_the_paper_or_of_entry(visit: Visit, stage: Stage) -> None:
    task = review(visit)
    stage.later(timedelta(days=11))
    act = {"act_date": str(date(2022, 10, 12)), "late_reason": "会议在乡镇召开", "paper_number": "示例〔2022〕5号"}
    body = {"data": {"decision": "agree", "opinion": "同意"}, "act": act}
    assert visit.desk.of("director").post(f"/tasks/{task}/complete", json=body).status_code == 200
    page = visit.of("clerk").open(f"/cases/{case_of(task)}")
    course = [row for row in page.rows() if len(row) == 6]
    assert [row[1][:3] for row in course] == ["主任审", "案件发", "拟清单"]
    assert "补录" in course[0][0]
    assert "2022-10-12" in course[0][0]
    assert "与录入次序不同" in course[0][0]
    assert "2022-10-25" in course[0][5]
    assert "会议在乡镇召开" in course[0][3]
    assert "办结：同意" in course[0][1]
    entered = visit.of("clerk").open(page.links()["按录入时间"])
    assert [row[1][:3] for row in entered.rows() if len(row) == 6] == ["案件发", "拟清单", "主任审"]


def test_a_long_course_shows_its_end_first(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.pages.routes.cases.SHOWN_ACTS", 1)
    case = case_of(review(visit))
    page = visit.of("clerk").open(f"/cases/{case}")
    assert len([row for row in page.rows() if len(row) == 6]) == 1
    whole = visit.of("clerk").open(page.links()["显示此前1步"])
    assert len([row for row in whole.rows() if len(row) == 6]) == 2


def test_files_are_named_and_lead_to_the_download(visit: Visit) -> None:
    files = {"file": (f"{BAD[8:20]}清单.pdf".replace("/", "_"), b"x", "application/pdf")}
    file = visit.desk.of("clerk").post("/files", files=files).json()
    case = case_of(review(visit, attachments=[file["id"]]))
    page = visit.of("director").open(f"/cases/{case}")
    assert page.links()[file["file_name"]] == f"/api/v1/files/{file['id']}"
    answer = visit.of("director").client.get(f"/api/v1/files/{file['id']}")
    assert (answer.status_code, answer.content) == (200, b"x")
    assert answer.headers["content-disposition"].startswith("attachment")


def test_others_do_not_see_it(visit: Visit) -> None:
    case = case_of(review(visit))
    assert visit.of("heping-clerk").open(f"/cases/{case}").status == 404
    assert visit.of("sysadmin").open(f"/cases/{case}").status == 404
    assert visit.nobody.open(f"/cases/{case}").path == f"/sign-in?next=%2Fcases%2F{case}"
    assert visit.of("sysadmin").open("/cases").rows() == []


def test_suspending_and_resuming_want_a_reason_and_the_coordinating_office(visit: Visit) -> None:
    case = case_of(review(visit))
    reviewer = visit.of("reviewer")
    page = reviewer.open(f"/cases/{case}")
    assert reviewer.press(page, "挂起").fault("why_suspend") == "请填写此项。"
    held = reviewer.press(page, "挂起", why_suspend="上级文件调整")
    assert (held.notice, "已挂起" in held.text, "上级文件调整" in held.text) == ("案件已挂起。", True, True)
    assert reviewer.press(held, "恢复", why_resume="已明确").notice == "案件已恢复办理。"
    with pytest.raises(AssertionError):
        visit.of("clerk").open(f"/cases/{case}").form("挂起")
    answer = visit.of("clerk").client.post(
        f"/cases/{case}/suspend", data={"why_suspend": "x"}, headers={"Origin": ORIGIN}
    )
    assert answer.status_code == 403


def test_an_older_view_does_not_suspend(visit: Visit) -> None:
    task = review(visit)
    page = visit.of("reviewer").open(f"/cases/{case_of(task)}")
    body = {"data": {"decision": "agree"}}
    assert visit.desk.of("director").post(f"/tasks/{task}/complete", json=body).status_code == 200
    stale = visit.of("reviewer").press(page, "挂起", why_suspend="上级文件调整")
    assert stale.status == 412
    assert "已被更新" in stale.error
    assert stale.value("why_suspend") == "上级文件调整"


def test_cancelling_ends_the_case_for_good(visit: Visit) -> None:
    case = case_of(review(visit))
    clerk = visit.of("clerk")
    page = clerk.open(f"/cases/{case}")
    done = clerk.press(page, "撤销", why_cancel="填错了")
    assert (done.notice, "已撤销" in done.text) == ("案件已撤销。", True)
    answer = clerk.client.post(f"/cases/{case}/cancel", data={"why_cancel": "x"}, headers={"Origin": ORIGIN})
    assert answer.status_code == 409
    foreign = {"why_cancel": "x"}
    assert clerk.client.post(f"/cases/{case}/cancel", data=foreign).status_code == 403


def test_a_message_is_sent_by_whom_the_diagram_names_after_a_tick(visit: Visit, stage: Stage) -> None:
    case = case_of(review(visit))
    director = visit.of("director")
    page = director.open(f"/cases/{case}")
    assert director.press(page, "撤回").fault("sure_withdrawn") == "请先勾选确认。"
    assert "已发出" in director.press(page, "撤回", sure_withdrawn="1").notice
    stage.work()
    ended = director.open(f"/cases/{case}")
    assert "已办结" in ended.text
    assert any("撤回" in row[1] and "发出" in row[1] for row in ended.rows() if len(row) == 6)
    data = {"name": "withdrawn", "key": case, "sure_withdrawn": "1"}
    assert director.client.post(f"/cases/{case}/messages", data=data, headers={"Origin": ORIGIN}).status_code == 404
    other = case_of(review(visit))
    data["key"] = other
    answer = visit.of("clerk2").client.post(f"/cases/{other}/messages", data=data, headers={"Origin": ORIGIN})
    assert answer.status_code == 403


def test_two_presses_at_once_suspend_once(visit: Visit) -> None:
    case = case_of(review(visit))
    reviewer = visit.of("reviewer")
    page = reviewer.open(f"/cases/{case}")
    assert at_once(lambda: reviewer.send(page, "挂起", why_suspend="上级文件调整")) == [303] * 8
    events = visit.desk.of("reviewer").get(f"/cases/{case}/events").json()["items"]
    assert [e["type"] for e in events].count("case.suspended") == 1


def test_what_people_wrote_does_nothing(visit: Visit) -> None:
    body = {"process": "small", "township": "huotian", "title": BAD}
    case = visit.desk.of("clerk").post("/cases", json=body).json()["case"]["id"]
    for path in ("/cases", f"/cases/{case}"):
        page = visit.of("reviewer").open(path)
        assert BAD in page.tree.text_content()
        assert not page.tree.xpath('//img[not(starts-with(@src, "/api/v1/"))]') + page.tree.xpath("//script[not(@src)]")
