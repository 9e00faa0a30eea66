"""我的账户 in the browser: the first day, the password, the phone, where one is signed in, tokens."""

import re
from datetime import timedelta

import pytest

from tests.actions.stage import Stage
from tests.api.hall import KEY, OWN, PASSWORD, enter_lin, phone, staffed
from tests.pages.visitor import Sheet, Visit, Visitor


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)


@pytest.fixture
def keyed(stage: Stage) -> Visit:
    """A county that has set a key."""
    return Visit(stage, secret_key=KEY)


def sign_in(visitor: Visitor, login: str, password: str = PASSWORD, at: str = "/sign-in") -> Sheet:
    return visitor.press(visitor.open(at), "登录", login=login, password=password)


def change(visitor: Visitor, page: Sheet, current: str, new: str, repeated: str = "") -> Sheet:
    return visitor.press(page, "修改密码", current=current, new=new, repeated=repeated or new)


def set_up(visitor: Visitor, stage: Stage) -> tuple[str, Sheet]:
    """The secret, and the page with the recovery codes."""
    shown = visitor.press(visitor.open("/me/second-factor"), "开始设置")
    secret = re.search(r"密钥：([A-Z2-7]{32})", shown.text)
    assert secret, shown.text
    return secret[1], visitor.press(shown, "确认启用", code=phone(stage, secret[1]))


def test_the_first_sign_in_leads_to_the_password_and_then_to_work(visit: Visit) -> None:
    once, visitor = enter_lin(visit.desk), visit.stranger()
    page = sign_in(visitor, "lin", once, at="/tasks?view=done")
    assert (page.heading, "须先修改" in page.text) == ("修改密码", True)
    assert not page.tree.xpath("//nav[@aria-label='主导航']"), "there is nowhere else to go"
    assert visitor.open("/tasks").heading == "修改密码"
    assert visitor.open("/").heading == "修改密码"
    assert visitor.open("/me").heading == "修改密码"
    done = change(visitor, page, once, OWN)
    assert (done.path, done.notice) == ("/tasks?view=done", "密码已修改，其他登录已全部退出。")


def test_what_is_wrong_with_the_new_password_stands_beside_it(visit: Visit) -> None:
    visitor = visit.stranger()
    sign_in(visitor, "clerk")
    page = visitor.open("/me/password")
    weak = change(visitor, page, PASSWORD, "clerk")
    assert weak.status == 422
    assert "至少10个字符" in weak.fault("new")
    other = change(visitor, page, PASSWORD, OWN, OWN + "x")
    assert (other.status, other.fault("repeated")) == (422, "两次输入的新密码不一致。")
    wrong = change(visitor, page, "wrong", OWN)
    assert (wrong.status, wrong.fault("current")) == (403, "当前密码不正确。")
    assert change(visitor, page, "", "").fault("new") == "请填写此项。"
    for sheet in (weak, other, wrong):
        assert not [box.get("value") for box in sheet.tree.xpath("//input[@type='password']") if box.get("value")]


def test_leaving_is_always_possible(visit: Visit) -> None:
    visitor = visit.stranger()
    page = sign_in(visitor, "lin", enter_lin(visit.desk))
    assert visitor.press(page, "退出").notice == "已退出登录。"


def test_the_second_step_asks_for_the_code_and_comes_back_to_what_was_wanted(keyed: Visit, stage: Stage) -> None:
    with keyed as visit:
        first = visit.stranger()
        sign_in(first, "clerk")
        secret, codes = set_up(first, stage)
        assert codes.heading == "恢复码"
        recovery = codes.tree.xpath("//ul[@class='os-codes']//code/text()")
        assert len(recovery) == 10
        assert first.press(codes, "退出").status == 200

        stage.later(timedelta(minutes=1))
        visitor = visit.stranger()
        page = sign_in(visitor, "clerk", at="/tasks?view=done")
        assert (page.heading, page.links().get("我的任务")) == ("动态口令", None)
        assert visitor.open("/tasks").heading == "动态口令"
        wrong = visitor.press(page, "继续", code="000000")
        assert (wrong.status, "不正确" in wrong.error) == (401, True)
        done = visitor.press(wrong, "继续", code=phone(stage, secret))
        assert (done.path, done.heading) == ("/tasks?view=done", "我的任务")
        assert visitor.open("/sign-in/code").heading == "我的任务", "there is nothing left to ask"

        lost = visit.stranger()
        assert lost.press(sign_in(lost, "clerk"), "继续", code=recovery[0]).heading == "我的任务"


def test_five_wrong_codes_lead_back_to_the_beginning(keyed: Visit, stage: Stage) -> None:
    with keyed as visit:
        first = visit.stranger()
        sign_in(first, "clerk")
        set_up(first, stage)
        visitor = visit.stranger()
        page = sign_in(visitor, "clerk")
        for _ in range(5):
            page = visitor.press(page, "继续", code="000000")
        assert (page.heading, "不再受理" in page.error) == ("登录一章通", True)
        assert visitor.open("/tasks").heading == "登录一章通"


def test_a_demanded_second_factor_comes_before_everything(stage: Stage) -> None:
    with Visit(stage, second_factor="all", secret_key=KEY) as visit:
        visitor = visit.stranger()
        page = sign_in(visitor, "clerk")
        assert (page.heading, "须先设置动态口令" in page.text) == ("动态口令", True)
        assert visitor.open("/tasks").heading == "动态口令"
        _, codes = set_up(visitor, stage)
        assert visitor.open(codes.links()["我已保存，继续"]).heading == "我的任务"
        seen = visitor.open("/me/second-factor")
        assert "停用动态口令" not in seen.source
        assert "10个" in seen.text


def test_a_wrong_first_code_shows_no_secret_again(keyed: Visit, stage: Stage) -> None:
    with keyed as visit:
        visitor = visit.stranger()
        sign_in(visitor, "clerk")
        shown = visitor.press(visitor.open("/me/second-factor"), "开始设置")
        assert shown.tree.xpath("//img[starts-with(@src, 'data:image/svg+xml')]")
        wrong = visitor.press(shown, "确认启用", code="1")
        assert (wrong.status, wrong.fault("code") != "", wrong.tree.xpath("//img")) == (403, True, [])
        secret = re.search(r"密钥：([A-Z2-7]{32})", shown.text)
        assert secret
        assert secret[1] not in wrong.source
        assert visitor.press(wrong, "确认启用", code=phone(stage, secret[1])).heading == "恢复码"


def test_it_is_given_up_and_codes_are_renewed_by_a_code(keyed: Visit, stage: Stage) -> None:
    with keyed as visit:
        visitor = visit.stranger()
        sign_in(visitor, "clerk")
        secret, first = set_up(visitor, stage)
        stage.later(timedelta(minutes=1))
        page = visitor.open("/me/second-factor")
        assert "不正确" in visitor.press(page, "重新生成恢复码", code="000000").error
        second = visitor.press(page, "重新生成恢复码", code=phone(stage, secret))
        assert second.heading == "恢复码"
        assert first.text != second.text
        stage.later(timedelta(minutes=1))
        gone = visitor.press(visitor.open("/me/second-factor"), "停用动态口令", code=phone(stage, secret))
        assert (gone.notice, "开始设置" in gone.text) == ("动态口令已停用。", True)


def test_sessions_are_listed_and_each_can_be_ended(visit: Visit) -> None:
    here, there = visit.stranger(), visit.stranger()
    for visitor in (here, there):
        sign_in(visitor, "clerk")
    page = here.open("/me/sessions")
    assert [("本次" in row[0], row[2]) for row in page.rows()].count((True, "密码")) == 1
    ended = here.press(page, "结束")
    assert (ended.notice, len(ended.rows())) == ("该登录已结束。", 1)
    assert there.open("/tasks").heading == "登录一章通"
    out = here.press(ended, "全部退出")
    assert (out.path, out.notice) == ("/sign-in", "已全部退出（1处）。")
    assert here.open("/tasks").heading == "登录一章通"


def test_a_token_is_shown_once_and_taken_back(visit: Visit) -> None:
    visitor = visit.stranger()
    sign_in(visitor, "clerk")
    page = visitor.open("/me/tokens")
    bad = visitor.press(page, "新建令牌", name="", scopes="read", days="0")
    assert (bad.status, bad.fault("name"), "不对" in bad.text or bad.fault("days") != "") == (422, "请填写此项。", True)
    made = visitor.press(page, "新建令牌", name="审批系统接口", scopes=["read", "write"], days="30")
    (token,) = made.tree.xpath("//code/text()")
    assert visit.desk.with_token(token).get("/me").json()["id"] == "clerk"
    listed = visitor.open("/me/tokens")
    assert token not in listed.source
    assert [row[:2] for row in listed.rows()] == [["审批系统接口", "读取 办理"]]
    assert visitor.press(listed, "撤销").notice.startswith("令牌已撤销")
    assert visit.desk.with_token(token).get("/me").status_code == 401


@pytest.mark.parametrize(
    "path", ["/me", "/me/password", "/me/second-factor", "/me/sessions", "/me/tokens", "/sign-in/code"]
)
def test_nobody_is_sent_to_sign_in_and_back(visit: Visit, path: str) -> None:
    asked = visit.stranger().open(path)
    assert asked.heading == "登录一章通"
    assert asked.form("登录").xpath(".//input[@name='next']/@value") == [path]


def test_foreign_pages_change_nothing(visit: Visit) -> None:
    visitor = visit.stranger()
    sign_in(visitor, "clerk")
    for path in ("/me/password", "/me/second-factor", "/me/sessions/end", "/me/tokens"):
        data = {"current": PASSWORD, "new": OWN, "repeated": OWN, "name": "x", "scopes": "read", "days": "1"}
        answer = visitor.client.post(path, data=data, headers={"Origin": "https://bad.example"})
        assert answer.status_code == 403, path
    assert visitor.open("/tasks").heading == "我的任务"
    assert visitor.open("/me/tokens").rows() == []
