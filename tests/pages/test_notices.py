"""通知 and 送达回执."""

from datetime import timedelta

from service.domain.items import Notification, Receipt
from service.store import cases, notices
from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.pages.visitor import ORIGIN, Visit


def tell(stage: Stage, id: str, text: str = "请查收", post: str = "center_clerk") -> None:
    with stage.database.begin() as tx:
        notices.add_notification(
            tx, Notification(id, "reminder", "huotian-center", post, None, None, None, text, stage.now)
        )


def deliver(visit: Visit, organisation: str = "huotian-center") -> str:
    case = visit.desk.start()["case"]["id"]
    with visit.stage.database.begin() as tx:
        cases.grant_access(tx, case, organisation, "delivered")
        notices.add_receipt(tx, Receipt(f"r-{case}", case, organisation, "启用通知", visit.stage.now))
    return f"r-{case}"


def bell(visit: Visit, person: str) -> str:
    (found,) = visit.of(person).open("/tasks").tree.xpath("//header//a[@class='os-bell']/@aria-label")
    return str(found)


def test_the_bell_counts_until_the_notices_were_marked(visit: Visit, stage: Stage) -> None:
    assert bell(visit, "clerk") == "通知"
    tell(stage, "1")
    tell(stage, "2", "<b>第二条</b>")
    assert (bell(visit, "clerk"), bell(visit, "director")) == ("通知，2条未读", "通知")
    clerk = visit.of("clerk")
    page = clerk.open("/notifications")
    assert [row[0] for row in page.rows()] == ["新 催办", "新 催办"]
    assert "<b>第二条</b>" in page.text
    done = clerk.press(page, "全部标为已读")
    assert done.notice == "通知已全部标为已读。"
    assert [row[0] for row in done.rows()] == ["催办", "催办"]
    assert (bell(visit, "clerk"), bell(visit, "clerk2")) == ("通知", "通知，2条未读")


def test_many_are_not_counted_to_the_end(visit: Visit, stage: Stage) -> None:
    for n in range(105):
        tell(stage, str(n))
    assert bell(visit, "clerk") == "通知，99以上条未读"


def test_the_list_pages(visit: Visit, stage: Stage) -> None:
    for n in range(35):
        tell(stage, f"{n:02}", f"第{n}条")
        stage.later(timedelta(seconds=1))
    clerk = visit.of("clerk")
    first = clerk.open("/notifications")
    second = clerk.open(first.links()["下一页"])
    assert [row[1] for row in (*first.rows(), *second.rows())] == [f"第{n}条" for n in reversed(range(35))]


def test_administrators_have_no_bell_and_strangers_no_page(visit: Visit) -> None:
    assert not visit.of("sysadmin").open("/me").tree.xpath("//a[@class='os-bell']")
    assert visit.nobody.open("/notifications").heading == "登录一章通"
    assert visit.nobody.client.post("/notifications/seen", headers={"Origin": ORIGIN}).status_code == 401
    assert visit.of("clerk").client.post("/notifications/seen").status_code == 403


def test_a_receipt_is_confirmed_once_by_the_receiver(visit: Visit) -> None:
    id = deliver(visit)
    clerk = visit.of("clerk")
    page = clerk.open("/receipts")
    done = clerk.press(page, "确认收到")
    assert done.notice == "已确认收到“启用通知”。"
    assert "clerk虚构" in done.rows()[0][3]
    answer = clerk.client.post(f"/receipts/{id}/confirm", headers={"Origin": ORIGIN})
    assert answer.status_code == 409


def test_others_have_no_receipt_to_confirm(visit: Visit) -> None:
    id = deliver(visit)
    for person in ("heping-clerk", "leader", "sysadmin"):
        assert visit.of(person).open("/receipts").rows() == []
        answer = visit.of(person).client.post(f"/receipts/{id}/confirm", headers={"Origin": ORIGIN})
        assert answer.status_code == 404, person
    assert visit.nobody.client.post(f"/receipts/{id}/confirm", headers={"Origin": ORIGIN}).status_code == 401
    assert visit.of("clerk").client.post(f"/receipts/{id}/confirm").status_code == 403


def test_two_presses_at_once_confirm_once(visit: Visit) -> None:
    id = deliver(visit)
    clerk = visit.of("clerk")
    page = clerk.open("/receipts")
    assert at_once(lambda: clerk.send(page, "确认收到")) == [303] * 8
    case = id.removeprefix("r-")
    events = visit.desk.of("clerk").get(f"/cases/{case}/events").json()["items"]
    assert [e["type"] for e in events].count("receipt.confirmed") == 1
