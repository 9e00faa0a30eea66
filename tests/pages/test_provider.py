"""统一身份认证: signing in with a real provider on the loopback, honest and dishonest."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from service.store import events, people
from tests.actions.stage import Stage
from tests.api.hall import enter_lin, staffed
from tests.api.identity_provider import CLIENT, IdentityProvider, ec_key
from tests.pages.visitor import Sheet, Visit
from tests.pages.way_there import agree, arrive, leave, out, sign_in


def test_the_button_leads_there_and_back_to_what_was_wanted(at_provider: Visit) -> None:
    visitor = at_provider.stranger()
    page = visitor.open("/tasks?view=done")
    target = page.links()["统一身份认证登录"]
    answer = visitor.client.get(target, follow_redirects=False)
    done = arrive(visitor, agree(answer.headers["location"]))
    assert (done.path, done.heading) == ("/tasks?view=done", "我的任务")
    assert "统一认证" in visitor.open("/me/sessions").text


def test_it_asks_as_the_standard_says(at_provider: Visit) -> None:
    first, second = (parse_qs(urlsplit(leave(at_provider.stranger())).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["client_id"] == [CLIENT]
    assert first["scope"] == ["openid profile"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == ["http://oneseal.test/sign-in/provider/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_a_database_alone_finishes_nobodys_sign_in(at_provider: Visit, stage: Stage) -> None:
    query = parse_qs(urlsplit(leave(at_provider.stranger())).query)
    with stage.database.read() as tx:
        kept = str(tx.connection.exec_driver_sql("SELECT * FROM oidc_attempt").all())
    assert not any(query[name][0] in kept for name in ("state", "nonce", "code_challenge"))


def test_without_a_provider_there_is_no_button_and_no_way(stage: Stage) -> None:
    with Visit(stage) as at_provider:
        assert "统一身份认证登录" not in at_provider.stranger().open("/sign-in").links()
        assert at_provider.stranger().open("/sign-in/provider").status == 404
        assert at_provider.stranger().open("/sign-in/provider/callback?code=x&state=y").status == 404


@pytest.mark.parametrize(
    "next", ["https://bad.example/", "//bad.example/", "/\\bad.example", "//[", "javascript:alert(1)"]
)
def test_it_leads_nobody_away(at_provider: Visit, next: str) -> None:
    visitor = at_provider.stranger()
    back = agree(leave(visitor, next))
    answer = visitor.client.get(back, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_stranger_is_told_so_gets_no_account_and_is_recorded(
    at_provider: Visit, provider: IdentityProvider, stage: Stage
) -> None:
    provider.login = "<b>stranger</b>"
    visitor = at_provider.stranger()
    page = sign_in(visitor)
    assert (page.status, page.heading, out(visitor)) == (403, "登录一章通", True)
    assert "“<b>stranger</b>”在本系统没有账号" in page.error
    assert not page.tree.xpath("//b")
    with stage.database.read() as tx:
        (event,) = events.read_chain(tx, f"sign-in/{stage.now.date()}")
        assert people.get_person(tx, provider.login) is None
    assert "stranger" in (event.payload or "")
    assert "stranger" not in event.body


def test_an_account_that_is_not_enabled_stays_shut(at_provider: Visit, provider: IdentityProvider) -> None:
    enter_lin(at_provider.desk)
    at_provider.desk.of("sysadmin").post("/accounts/lin/deactivate", json={"reason": "调离"})
    provider.login = "lin"
    assert "没有启用" in sign_in(at_provider.stranger()).error


def test_a_password_that_must_be_changed_is_no_matter_here(at_provider: Visit, provider: IdentityProvider) -> None:
    enter_lin(at_provider.desk)
    provider.login = "lin"
    assert sign_in(at_provider.stranger()).heading == "我的任务"


def _at(provider: IdentityProvider, **seconds: int) -> None:
    """Moments as the provider says them, seconds from now."""
    provider.claims = {name: int(provider.now().timestamp()) + off for name, off in seconds.items()}


def test_a_clock_a_minute_off_is_no_matter(at_provider: Visit, provider: IdentityProvider) -> None:
    _at(provider, iat=45, exp=300)
    assert sign_in(at_provider.stranger()).heading == "我的任务"
    _at(provider, iat=-350, exp=-45)
    assert sign_in(at_provider.stranger()).heading == "我的任务"


def test_a_key_on_a_curve_and_a_new_key_are_keys_too(at_provider: Visit, provider: IdentityProvider) -> None:
    assert sign_in(at_provider.stranger()).heading == "我的任务"
    provider.key, provider.algorithm = ec_key(), "ES256"
    provider.shown = [provider.key]
    assert sign_in(at_provider.stranger()).heading == "我的任务", "a new key is looked up at once"
    assert provider.asked.count("/jwks") == 2
    assert sign_in(at_provider.stranger()).heading == "我的任务"
    assert provider.asked.count("/jwks") == 2, "and kept"


def test_an_answer_counts_once(at_provider: Visit, provider: IdentityProvider) -> None:
    visitor = at_provider.stranger()
    back = agree(leave(visitor))
    cookie = visitor.client.cookies["oneseal_provider"]
    assert arrive(visitor, back).heading == "我的任务"
    thief = at_provider.stranger()
    for who in (visitor, thief):
        who.client.cookies.clear()
        who.client.cookies.set("oneseal_provider", cookie)
        again = arrive(who, back)
        assert (again.status, "已用过" in again.error) == (401, True)
    assert provider.asked.count("/token") == 1, "the provider is not even asked"


def test_an_answer_counts_in_the_browser_that_asked(at_provider: Visit) -> None:
    """Somebody else's answer must sign nobody in as somebody else (login CSRF)."""
    attacker, victim = at_provider.stranger(), at_provider.stranger()
    back = agree(leave(attacker))
    leave(victim)
    for browser in (victim, at_provider.stranger()):
        assert arrive(browser, back).status == 401
        assert out(browser)


def test_an_answer_counts_for_ten_minutes(at_provider: Visit, stage: Stage) -> None:
    visitor = at_provider.stranger()
    back = agree(leave(visitor))
    stage.later(timedelta(minutes=10))
    assert arrive(visitor, back).status == 401


@pytest.mark.parametrize(
    "change", [("iss", "https://evil.example"), ("code", ""), ("code", "guessed"), ("state", "x" * 43)]
)
def test_an_answer_that_was_changed_is_refused(at_provider: Visit, change: tuple[str, str]) -> None:
    visitor = at_provider.stranger()
    back = urlsplit(agree(leave(visitor)))
    query = {k: v[0] for k, v in parse_qs(back.query).items()} | dict([change])
    page = Sheet(visitor.client.get(back.path, params=query))
    assert page.status == 401
    assert out(visitor)


def test_who_says_no_there_is_told_so_here(at_provider: Visit) -> None:
    visitor = at_provider.stranger()
    state = parse_qs(urlsplit(leave(visitor)).query)["state"][0]
    page = arrive(visitor, f"/sign-in/provider/callback?error=access_denied&error_description=<b>x</b>&state={state}")
    assert (page.status, "没有完成" in page.error, "<b>" in page.source) == (401, True, False)


def test_passwords_go_on_when_the_provider_is_away(stage: Stage) -> None:
    staffed(stage)
    with IdentityProvider(lambda: stage.now) as gone:
        settings = gone.settings()
    with Visit(stage, **settings) as at_provider:
        visitor = at_provider.stranger()
        page = visitor.open("/sign-in/provider")
        assert (page.status, "暂时没有正常应答" in page.error) == (503, True)
        assert visitor.press(page, "登录", login="clerk", password="Zhuan-yong-7zhang").heading == "我的任务"


def test_the_log_names_no_person_and_no_token(
    at_provider: Visit, provider: IdentityProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    provider.claims = {"nonce": "x" * 43}
    sign_in(at_provider.stranger())
    said = capsys.readouterr()
    assert "refused" in said.out + said.err
    assert not re.search(r"clerk|eyJ|client-secret", said.out + said.err)
