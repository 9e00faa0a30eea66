"""我的任务."""

from datetime import timedelta

from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Visit


def test_claiming_from_the_list_moves_the_task_to_mine(visit: Visit) -> None:
    visit.desk.start()
    clerk = visit.of("clerk")
    open_ = clerk.open("/tasks?view=claimable")
    assert [row[0] for row in open_.rows()] == ["拟清单"]
    mine = clerk.press(open_, "认领")
    assert (mine.status, mine.path, mine.notice) == (200, "/tasks?view=mine", "已认领“拟清单”。")
    assert [row[0] for row in mine.rows()] == ["拟清单"]
    assert clerk.open("/tasks?view=claimable").text.count("现在没有可认领的任务") == 1


def test_each_view_says_how_much_stands_in_it(visit: Visit) -> None:
    for _ in range(3):
        visit.desk.start()
    clerk = visit.of("clerk")
    page = clerk.press(clerk.open("/tasks?view=claimable"), "认领")
    tabs = page.links()
    assert {"我的待办 1", "可认领 2", "已办 0"} <= set(tabs)


def test_only_the_own_post_may_claim(visit: Visit) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    page = visit.of("clerk").open("/tasks?view=claimable")
    for person, status in (("director", 403), ("heping-clerk", 404), ("sysadmin", 404)):
        visitor = visit.of(person)
        assert visitor.open("/tasks?view=claimable").rows() == []
        answer = visitor.client.post(f"/tasks/{task}/claim", headers={"Origin": ORIGIN})
        assert answer.status_code == status
        assert "text/html" in answer.headers["content-type"]
    assert page.rows()
    assert {e.type for e in visit.desk.denied()} == {"attempt.denied"}


def test_who_is_not_signed_in_is_asked_to(visit: Visit) -> None:
    assert visit.nobody.open("/tasks").path == "/sign-in?next=%2Ftasks"
    answer = visit.nobody.client.post("/tasks/x.1/claim", headers={"Origin": ORIGIN})
    assert answer.status_code == 401


def test_a_form_from_another_site_claims_nothing(visit: Visit) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    for headers in ({}, {"Origin": "https://bad.example"}, {"Origin": "null"}):
        assert visit.of("clerk").client.post(f"/tasks/{task}/claim", headers=headers).status_code == 403
    assert len(visit.of("clerk").open("/tasks?view=claimable").rows()) == 1


def test_another_was_first(visit: Visit) -> None:
    visit.desk.start()
    first, second = visit.of("clerk"), visit.of("clerk2")
    page = second.open("/tasks?view=claimable")
    first.press(first.open("/tasks?view=claimable"), "认领")
    refused = second.press(page, "认领")
    assert (refused.status, refused.heading) == (409, "与他人的操作冲突")
    assert "clerk（虚构）" in refused.error


def test_a_second_press_is_the_same_request(visit: Visit) -> None:
    visit.desk.start()
    clerk = visit.of("clerk")
    page = clerk.open("/tasks?view=claimable")
    assert at_once(lambda: clerk.send(page, "认领")) == [303] * 8
    events = visit.desk.of("clerk").get(f"/cases/{_case(page.source)}/events").json()["items"]
    assert [e["type"] for e in events].count("task.claimed") == 1


def test_the_list_searches_and_marks_what_is_overdue(visit: Visit, stage: Stage) -> None:
    visit.desk.start()
    clerk = visit.of("clerk")
    assert clerk.open("/tasks?view=claimable&q=拟").rows()
    assert clerk.open("/tasks?view=claimable&q=%").rows() == []
    assert "没有符合条件的任务" in clerk.open("/tasks?view=claimable&q=没有这样的").text
    assert "已逾期" not in clerk.open("/tasks?view=claimable").rows()[0][4]
    assert clerk.open("/tasks?view=claimable&overdue=true").rows() == []
    stage.later(timedelta(days=30))
    assert "已逾期" in clerk.open("/tasks?view=claimable&overdue=true").rows()[0][4]


def test_the_list_pages_in_the_order_of_the_deadlines(visit: Visit, stage: Stage) -> None:
    keys = []
    for _ in range(23):
        keys.append(visit.desk.start()["case"]["key"])
        stage.later(timedelta(days=1))
    clerk = visit.of("clerk")
    first = clerk.open("/tasks?view=claimable")
    second = clerk.open(first.links()["下一页"])
    shown = [row[1] for row in (*first.rows(), *second.rows())]
    assert len(first.rows()) == 20
    assert [key for key in keys if any(key in cell for cell in shown)] == keys
    assert all(key in cell for key, cell in zip(keys, shown, strict=True))


def test_addresses_nobody_clicks_are_refused_politely(visit: Visit) -> None:
    for path in ("/tasks?view=all", "/tasks?after=xyz"):
        page = visit.of("clerk").open(path)
        assert (page.status, page.heading) == (422, "内容不符合要求")


def _case(source: str) -> str:
    return source.partition('action="/tasks/')[2].partition(".")[0]
