"""人员与账号 in the browser: from entering a person to the first sign-in, by the two who may, and by nobody else."""

import pytest

from service.store import people
from tests.actions.stage import Stage
from tests.api.desk import at_once
from tests.api.hall import PASSWORD, staffed
from tests.pages.visitor import ORIGIN, Sheet, Visit, Visitor

LIN = {"login": "lin", "name": "林一（虚构）", "organisation": "huotian-center"}


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)


def create(visit: Visit, **changed: str) -> Sheet:
    admin = visit.of("sysadmin")
    return admin.press(admin.open("/new-account"), "建立账号", **LIN | changed)


def shown_password(page: Sheet) -> str:
    (found,) = page.tree.xpath("//main//td//code/text()")
    return str(found)


def sign_in(visitor: Visitor, login: str, password: str) -> Sheet:
    return visitor.press(visitor.open("/sign-in"), "登录", login=login, password=password)


def test_two_administrators_bring_a_person_to_the_first_sign_in(visit: Visit) -> None:
    made = create(visit)
    assert (made.path, made.notice) == ("/accounts/lin", "已建立林一（虚构）的账号，待安全管理员启用。")
    assert "启用账号" not in made.source, "who enters does not enable"
    admin = visit.of("secadmin")
    granted = admin.press(
        admin.open("/accounts/lin"), "授予岗位", place="huotian-center", post="center_clerk"
    )  # fmt: skip
    assert granted.notice == "已授予林一（虚构）岗位：火田镇便民服务中心 便民服务中心经办。"
    once = admin.press(granted, "启用账号")
    assert (once.heading, "只显示这一次" in once.text) == ("一次性密码", True)
    assert once.answer.headers["cache-control"] == "no-store"
    password = shown_password(once)
    again = admin.open("/accounts/lin")
    assert password not in again.source
    assert "一次性密码，尚未修改" in again.text
    assert sign_in(visit.stranger(), "lin", password).heading == "修改密码"


def test_the_list_is_searched_by_state_name_place_and_role(visit: Visit) -> None:
    create(visit)
    auditor = visit.of("auditadmin")
    assert len(auditor.open("/accounts").rows()) == 6
    page = auditor.open("/accounts?state=waiting")
    assert [row[:3] for row in page.rows()] == [["lin", "林一虚构", "火田镇便民服务中心"]]
    assert {"全部 6", "待启用 1", "已启用 5", "已停用 0"} <= set(page.links())
    assert [row[0] for row in auditor.press(page, "查询", q="林一").rows()] == ["lin"]
    assert [row[0] for row in auditor.open("/accounts?role=security_admin").rows()] == ["secadmin", "secadmin2"]
    assert [row[0] for row in auditor.open("/accounts?organisation=huotian-center").rows()] == ["clerk", "lin"]
    assert "没有符合条件的人员" in auditor.open("/accounts?q=nobody").text
    assert "新建人员" not in page.source


def test_whoever_looks_sees_the_buttons_of_the_role(visit: Visit) -> None:
    create(visit)
    shown = {person: visit.of(person).open("/accounts/lin").source for person in ("sysadmin", "secadmin", "auditadmin")}
    for words, person in (
        ("保存</button>", "sysadmin"),
        ("授予岗位</button>", "secadmin"),
        ("启用账号</button>", "secadmin"),
    ):
        assert [who for who, source in shown.items() if words in source] == [person], words
    own = visit.of("secadmin").open("/accounts/secadmin")
    assert "不能对自己的账号进行这项操作" in own.text
    assert "重置密码" not in own.source


@pytest.mark.parametrize("person", ["clerk", "reviewer"])
def test_officers_see_nothing_of_it(visit: Visit, person: str) -> None:
    visitor = visit.of(person)
    for path in ("/accounts", "/accounts/clerk", "/new-account"):
        page = visitor.open(path)
        assert (page.status, page.heading) == (403, "没有权限"), path
    assert "人员与账号" not in visitor.open("/tasks").links()
    assert visit.stranger().open("/accounts").heading == "登录一章通"


def test_a_hand_made_request_gets_no_further_than_a_button(visit: Visit) -> None:
    create(visit)
    posts = {
        "/accounts/lin/enable": {}, "/accounts/clerk/password": {}, "/accounts/lin/role": {"role": "audit_admin"},
        "/accounts/lin/posts/add": {"post": "center_clerk", "place": "huotian-center"}, "/accounts/clerk/auditor": {"auditor": "1"},
        "/accounts/clerk/sessions/end": {}, "/accounts/clerk/tokens/revoke": {}, "/enable-accounts": {"person": "lin"},
    }  # fmt: skip
    for path, data in posts.items():
        for person in ("sysadmin", "auditadmin", "clerk2"):
            answer = visit.of(person).client.post(path, data=data, headers={"Origin": ORIGIN})
            assert answer.status_code == 403, (path, person)
        assert (
            visit.of("secadmin").client.post(path, data=data, headers={"Origin": "https://x.example"}).status_code
            == 403
        )
    assert visit.of("auditadmin").open("/accounts?state=waiting").rows()[0][0] == "lin"


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(visit: Visit) -> None:
    page = create(visit, login="Lin Yi", name="")
    assert (page.status, page.fault("name")) == (422, "请填写此项。")
    page = create(visit, login="Lin Yi", organisation="huotian")
    assert page.status == 422
    assert "“Lin Yi”不能使用" in page.fault("login")
    assert (page.value("login"), page.value("organisation")) == ("Lin Yi", "huotian")
    create(visit)
    taken = create(visit)
    assert (taken.status, taken.error) == (409, "登录名“lin”已被使用。")


def test_a_post_is_taken_back_and_misplaced_ones_are_refused(visit: Visit) -> None:
    admin = visit.of("secadmin")
    page = admin.open("/accounts/clerk")
    wrong = admin.press(page, "授予岗位", place="huotian", post="center_clerk")
    assert (wrong.status, "不能设在“火田镇”" in wrong.error) == (422, True)
    browser = visit.stranger()
    sign_in(browser, "clerk", PASSWORD)
    gone = admin.press(page, "收回")
    assert (gone.notice, "没有业务岗位" in gone.text) == (
        "已收回clerk（虚构）的岗位：火田镇便民服务中心 便民服务中心经办。", True,
    )  # fmt: skip
    assert browser.open("/tasks").heading == "登录一章通", "rights changed, so the person signs in again"
    stale = admin.press(page, "允许查阅全部案件")
    assert (stale.status, "已被更新" in stale.error) == (412, True)
    assert admin.press(gone, "允许查阅全部案件").notice == "clerk（虚构）可以查阅全部案件。"


def test_roles_and_posts_exclude_each_other_in_words(visit: Visit) -> None:
    admin = visit.of("secadmin")
    refused = admin.press(admin.open("/accounts/clerk"), "保存角色", role="audit_admin")
    assert (refused.status, "不得兼任审计管理员；请先收回" in refused.error) == (409, True)
    admin.press(admin.open("/accounts/clerk"), "收回")
    done = admin.press(admin.open("/accounts/clerk"), "保存角色", role="audit_admin")
    assert done.notice == "clerk（虚构）的管理员角色：审计管理员。"
    assert "授予岗位</button>" not in done.source
    last = admin.press(admin.open("/accounts/sysadmin"), "保存角色", role="")
    assert (last.status, "最后一名在用的系统管理员" in last.error) == (409, True)


def test_a_forgotten_password_a_lock_and_a_lost_phone(visit: Visit) -> None:
    admin = visit.of("secadmin")
    for _ in range(5):
        sign_in(visit.stranger(), "clerk", "wrong")
    locked = admin.open("/accounts/clerk")
    assert "已锁定" in locked.text
    assert admin.press(locked, "解除锁定").notice == "已解除clerk（虚构）的锁定。"
    password = shown_password(admin.press(admin.open("/accounts/clerk"), "重置密码"))
    assert "不正确" in sign_in(visit.stranger(), "clerk", PASSWORD).error
    assert sign_in(visit.stranger(), "clerk", password).heading == "修改密码"


def test_out_of_use_at_once_and_back_by_the_other_administrator(visit: Visit) -> None:
    browser = visit.stranger()
    sign_in(browser, "clerk", PASSWORD)
    admin = visit.of("sysadmin")
    assert admin.press(admin.open("/accounts/clerk"), "停用账号", reason="").fault("reason") == "请填写此项。"
    done = admin.press(admin.open("/accounts/clerk"), "停用账号", reason="调离")
    assert done.notice == "已停用clerk（虚构）的账号，结束登录1处，撤销令牌0个。"
    assert browser.open("/tasks").heading == "登录一章通"
    security = visit.of("secadmin")
    assert security.press(security.open("/accounts/clerk"), "启用账号").heading == "一次性密码"


def test_sessions_and_tokens_of_others_are_seen_and_ended(visit: Visit) -> None:
    browser = visit.stranger()
    sign_in(browser, "clerk", PASSWORD)
    visit.desk.of("clerk").get("/me")
    admin = visit.of("secadmin")
    page = admin.press(admin.open("/accounts/clerk"), "结束")
    assert page.notice == "该登录已结束。"
    assert browser.open("/tasks").heading == "登录一章通"
    page = admin.press(page, "撤销")
    assert page.notice.startswith("令牌已撤销")
    assert visit.desk.of("clerk").get("/me").status_code == 401


def test_many_are_enabled_at_once_all_or_none(visit: Visit, stage: Stage) -> None:
    for n in range(3):
        create(visit, login=f"new-{n}", name=f"新{n}（虚构）")
    admin = visit.of("secadmin")
    page = admin.open("/accounts?state=waiting")
    nobody = admin.press(page, "启用所选")
    assert (nobody.status, "请填写此项" in nobody.error) == (422, True)
    done = admin.press(page, "启用所选", person=["new-0", "new-1"])
    assert [row[2] for row in done.rows()] == ["new-0", "new-1"]
    first, second = done.tree.xpath("//main//td//code/text()")
    assert first != second
    assert sign_in(visit.stranger(), "new-1", str(second)).heading == "修改密码"
    half = admin.press(page, "启用所选", person=["new-2", "new-1"])
    assert half.status == 409
    with stage.database.read() as tx:
        assert people.actor(tx, "new-2") is None, "not half of them"


def test_two_who_press_enable_at_once_get_one_password(visit: Visit) -> None:
    create(visit)
    admin = visit.of("secadmin").client
    pressed = at_once(lambda: admin.post("/accounts/lin/enable", headers={"Origin": ORIGIN}), times=4)
    assert pressed == [200, 409, 409, 409]


def test_what_people_are_called_is_shown_as_it_is(visit: Visit) -> None:
    create(visit, name="<script>alert(1)</script>")
    for path in ("/accounts", "/accounts/lin"):
        page = visit.of("secadmin").open(path)
        assert "<script>alert(1)</script>" in page.tree.text_content()
        assert not page.tree.xpath("//script[not(@src)]")
