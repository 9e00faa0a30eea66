"""Signing in and out by the page, and what a page does with whoever is not signed in."""

from datetime import timedelta

import pytest

from service.api.passwords import hash_password
from service.store import accounts
from tests.actions.stage import Stage
from tests.pages.visitor import ORIGIN, Sheet, Visit, Visitor

PASSWORD = "示例-Password-1"


@pytest.fixture
def account(stage: Stage) -> str:
    """The login of clerk."""
    with stage.database.begin() as tx:
        accounts.set_password(tx, "clerk", login="huotian-clerk", password_hash=hash_password(PASSWORD))
    return "huotian-clerk"


def sign_in(visitor: Visitor, login: str, password: str, at: str = "/sign-in") -> Sheet:
    return visitor.press(visitor.open(at), "登录", login=login, password=password)


def test_signing_in_leads_to_the_tasks_and_says_who_one_is(visit: Visit, account: str) -> None:
    page = sign_in(visit.stranger(), account, PASSWORD)
    assert (page.status, page.path, page.heading) == (200, "/tasks", "我的任务")
    assert "clerk虚构" in page.text
    assert "火田镇便民服务中心" in page.text


def test_it_leads_back_to_the_page_that_was_wanted(visit: Visit, account: str) -> None:
    visitor = visit.stranger()
    asked = visitor.open("/tasks?view=done")
    assert asked.heading == "登录一章通"
    assert visitor.press(asked, "登录", login=account, password=PASSWORD).path == "/tasks?view=done"


@pytest.mark.parametrize(
    "next",
    [
        "https://bad.example/",
        "//bad.example/",
        "/\\bad.example",
        "javascript:alert(1)",
        "//[",
        "http://[",
        "/%0d%0aX: y\r\nZ: 1",
    ],
)
def test_it_leads_nobody_away(visit: Visit, account: str, next: str) -> None:
    visitor = visit.stranger()
    page = visitor.open("/sign-in")
    data = {"login": account, "password": PASSWORD, "next": next}
    answer = visitor.client.post("/sign-in", data=data, headers={"Origin": ORIGIN}, follow_redirects=False)
    assert (page.status, answer.status_code, answer.headers["location"]) == (200, 303, "/")


def test_a_wrong_password_and_an_unknown_login_are_told_alike(visit: Visit, account: str) -> None:
    wrong = sign_in(visit.stranger(), account, "x")
    unknown = sign_in(visit.stranger(), "nobody", "x")
    assert (wrong.status, unknown.status) == (401, 401)
    assert wrong.error == unknown.error == "登录名或密码不正确。"
    assert wrong.value("login") == account
    assert "x" not in wrong.value("password")


def test_empty_fields_are_told_beside_the_fields(visit: Visit, account: str) -> None:
    page = sign_in(visit.stranger(), account, "")
    assert (page.status, page.fault("password"), page.value("login")) == (422, "请填写此项。", account)


def test_five_failures_lock_and_the_page_says_until_when(visit: Visit, account: str) -> None:
    for _ in range(5):
        page = sign_in(visit.stranger(), account, "x")
    assert "已锁定至2022-10-14 09:30" in page.error
    assert "已锁定至2022-10-14 09:30" in sign_in(visit.stranger(), account, PASSWORD).error


def test_a_form_from_another_site_signs_nobody_in(visit: Visit, account: str) -> None:
    data = {"login": account, "password": PASSWORD}
    for headers in ({}, {"Origin": "https://bad.example"}, {"Origin": "null"}):
        answer = visit.stranger().client.post("/sign-in", data=data, headers=headers)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session_and_says_so(visit: Visit, account: str) -> None:
    visitor = visit.stranger()
    page = sign_in(visitor, account, PASSWORD)
    token = visitor.client.cookies["oneseal"]
    out = visitor.press(page, "退出")
    assert (out.path, out.notice) == ("/sign-in", "已退出登录。")
    visitor.client.cookies.set("oneseal", token)  # somebody kept it
    assert visitor.open("/tasks").heading == "登录一章通"


def test_the_notice_is_shown_once(visit: Visit, account: str) -> None:
    visitor = visit.stranger()
    visitor.press(sign_in(visitor, account, PASSWORD), "退出")
    assert visitor.open("/sign-in").notice == ""


def test_what_was_typed_outlives_the_session(visit: Visit, stage: Stage) -> None:
    task = visit.desk.start()["opened"][0]["task"]
    page = visit.of("clerk").open("/tasks?view=claimable")
    with stage.database.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE session SET ended_at = created_at")
    stale = visit.of("clerk").press(page, "认领")
    assert (stale.status, stale.heading) == (401, "登录已过期")
    assert stale.form("登录后，重新提交刚才的内容").get("action") == f"/tasks/{task}/claim"


def test_a_session_ends_by_itself(visit: Visit, stage: Stage, account: str) -> None:
    visitor = visit.stranger()
    sign_in(visitor, account, PASSWORD)
    stage.later(timedelta(minutes=31))
    assert visitor.open("/tasks").heading == "登录一章通"
