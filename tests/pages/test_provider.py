"""统一身份认证: signing in with a real provider on the loopback, honest and dishonest."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from service.api.provider import forget_provider
from service.store import events, people
from tests.actions.stage import Stage
from tests.api.hall import enter_lin, staffed
from tests.api.identity_provider import (
    CLIENT,
    IdentityProvider,
    dripping,
    ec_key,
    endless,
    forged,
    redirecting,
    unsigned,
)
from tests.pages.visitor import Sheet, Visit, Visitor


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)
    forget_provider()


@pytest.fixture
def provider(stage: Stage) -> Iterator[IdentityProvider]:
    with IdentityProvider(lambda: stage.now) as opened:
        yield opened


@pytest.fixture
def visit(stage: Stage, provider: IdentityProvider) -> Iterator[Visit]:
    with Visit(stage, **provider.settings()) as opened:
        yield opened


def leave(visitor: Visitor, next: str = "") -> str:
    """To the provider; answers the address there."""
    answer = visitor.client.get("/sign-in/provider", params={"next": next}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def agree(address: str) -> str:
    """The person agrees there; answers the address back."""
    return str(httpx.get(address, follow_redirects=False, trust_env=False).headers["location"])


def arrive(visitor: Visitor, address: str) -> Sheet:
    return Sheet(visitor.client.get(address))


def sign_in(visitor: Visitor, next: str = "") -> Sheet:
    return arrive(visitor, agree(leave(visitor, next)))


def out(visitor: Visitor) -> bool:
    return visitor.open("/tasks").heading == "登录一章通"


def test_the_button_leads_there_and_back_to_what_was_wanted(visit: Visit) -> None:
    visitor = visit.stranger()
    page = visitor.open("/tasks?view=done")
    target = page.links()["统一身份认证登录"]
    answer = visitor.client.get(target, follow_redirects=False)
    done = arrive(visitor, agree(answer.headers["location"]))
    assert (done.path, done.heading) == ("/tasks?view=done", "我的任务")
    assert "统一认证" in visitor.open("/me/sessions").text


def test_it_asks_as_the_standard_says(visit: Visit) -> None:
    first, second = (parse_qs(urlsplit(leave(visit.stranger())).query) for _ in range(2))
    assert first["response_type"] == ["code"]
    assert first["client_id"] == [CLIENT]
    assert first["scope"] == ["openid profile"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["redirect_uri"] == ["http://oneseal.test/sign-in/provider/callback"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]


def test_a_database_alone_finishes_nobodys_sign_in(visit: Visit, stage: Stage) -> None:
    query = parse_qs(urlsplit(leave(visit.stranger())).query)
    with stage.database.read() as tx:
        kept = str(tx.connection.exec_driver_sql("SELECT * FROM oidc_attempt").all())
    assert not any(query[name][0] in kept for name in ("state", "nonce", "code_challenge"))


def test_without_a_provider_there_is_no_button_and_no_way(stage: Stage) -> None:
    with Visit(stage) as visit:
        assert "统一身份认证登录" not in visit.stranger().open("/sign-in").links()
        assert visit.stranger().open("/sign-in/provider").status == 404
        assert visit.stranger().open("/sign-in/provider/callback?code=x&state=y").status == 404


@pytest.mark.parametrize(
    "next", ["https://bad.example/", "//bad.example/", "/\\bad.example", "//[", "javascript:alert(1)"]
)
def test_it_leads_nobody_away(visit: Visit, next: str) -> None:
    visitor = visit.stranger()
    back = agree(leave(visitor, next))
    answer = visitor.client.get(back, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_stranger_is_told_so_gets_no_account_and_is_recorded(
    visit: Visit, provider: IdentityProvider, stage: Stage
) -> None:
    provider.login = "<b>stranger</b>"
    visitor = visit.stranger()
    page = sign_in(visitor)
    assert (page.status, page.heading, out(visitor)) == (403, "登录一章通", True)
    assert "“<b>stranger</b>”在本系统没有账号" in page.error
    assert not page.tree.xpath("//b")
    with stage.database.read() as tx:
        (event,) = events.read_chain(tx, f"sign-in/{stage.now.date()}")
        assert people.get_person(tx, provider.login) is None
    assert "stranger" in (event.payload or "")
    assert "stranger" not in event.body


def test_an_account_that_is_not_enabled_stays_shut(visit: Visit, provider: IdentityProvider) -> None:
    enter_lin(visit.desk)
    visit.desk.of("sysadmin").post("/accounts/lin/deactivate", json={"reason": "调离"})
    provider.login = "lin"
    assert "没有启用" in sign_in(visit.stranger()).error


def test_a_password_that_must_be_changed_is_no_matter_here(visit: Visit, provider: IdentityProvider) -> None:
    enter_lin(visit.desk)
    provider.login = "lin"
    assert sign_in(visit.stranger()).heading == "我的任务"


def _other_key(provider: IdentityProvider) -> None:
    provider.key = RSAKey.generate_key(2048, {"kid": "first"})


def _brought_along(provider: IdentityProvider) -> None:
    """CVE-2026-27962: the token brings the key that fits its signature."""
    provider.key = RSAKey.generate_key(2048, {"kid": "mine"})
    provider.header = {"jwk": provider.key.as_dict(private=False)}


def _confused(provider: IdentityProvider) -> None:
    """CVE-2024-37568: signed with the public key as if it were a shared secret."""
    key = provider.shown[0]
    assert isinstance(key, RSAKey)
    public = key.as_pem(private=False)
    provider.token_of = lambda claims: forged(claims, public, "first")


def _shared_secret(provider: IdentityProvider) -> None:
    secret = OctKey.generate_key(256, parameters={"kid": "shared"})
    provider.shown = [*provider.shown, secret]
    provider.token_of = lambda claims: jwt.encode({"alg": "HS256", "kid": "shared"}, claims, secret, ["HS256"])


def _unsigned(provider: IdentityProvider) -> None:
    provider.token_of = unsigned


def _cut(provider: IdentityProvider) -> None:
    whole = provider.signed
    provider.token_of = lambda claims: whole(claims)[:-8] + "AAAAAAAA"


def _nonsense(provider: IdentityProvider) -> None:
    provider.token_of = lambda _claims: "a.b.c"


def _says(**claims: Any) -> Callable[[IdentityProvider], None]:
    def twist(provider: IdentityProvider) -> None:
        at = int(provider.now().timestamp())
        provider.claims = {k: at + v if k in ("iat", "exp", "nbf") and v is not None else v for k, v in claims.items()}

    return twist


def _heads(**header: Any) -> Callable[[IdentityProvider], None]:
    def twist(provider: IdentityProvider) -> None:
        provider.header = header

    return twist


HOSTILE: dict[str, Callable[[IdentityProvider], None]] = {
    "another nonce": _says(nonce="x" * 43),
    "no nonce": _says(nonce=None),
    "another audience": _says(aud="another-service"),
    "an audience of others": _says(aud=["a", "b"]),
    "several audiences for another party": _says(aud=[CLIENT, "b"], azp="b"),
    "no audience": _says(aud=None),
    "another issuer": _says(iss="https://evil.example"),
    "no issuer": _says(iss=None),
    "expired": _says(iat=-500, exp=-120),
    "without an end": _says(exp=None),
    "without a beginning": _says(iat=None),
    "of long ago": _says(iat=-700, exp=700),
    "of the future": _says(iat=300, exp=600),
    "not yet": _says(nbf=300),
    "no subject": _says(sub=None),
    "no login": _says(preferred_username=None),
    "a login that is no text": _says(preferred_username=["clerk"]),
    "an empty login": _says(preferred_username=""),
    "alg none": _unsigned,
    "signed by another key": _other_key,
    "a key brought along": _brought_along,
    "a key named by address": _heads(jku="http://127.0.0.1:1/jwks"),
    "a certificate brought along": _heads(x5c=["MIIB"]),
    "a critical extension": _heads(crit=["b64"], b64=True),
    "the public key as a secret": _confused,
    "a shared secret among the keys": _shared_secret,
    "a signature cut off": _cut,
    "no token at all": _nonsense,
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_the_provider_did_not_say_to_us_now_is_refused(visit: Visit, provider: IdentityProvider, how: str) -> None:
    HOSTILE[how](provider)
    visitor = visit.stranger()
    page = sign_in(visitor)
    assert (page.status, page.heading) == (401, "登录一章通"), how
    assert "不能通过核验" in page.error
    assert out(visitor)


def test_a_clock_a_minute_off_is_no_matter(visit: Visit, provider: IdentityProvider) -> None:
    _says(iat=45, exp=300)(provider)
    assert sign_in(visit.stranger()).heading == "我的任务"
    _says(iat=-350, exp=-45)(provider)
    assert sign_in(visit.stranger()).heading == "我的任务"


def test_a_key_on_a_curve_and_a_new_key_are_keys_too(visit: Visit, provider: IdentityProvider) -> None:
    assert sign_in(visit.stranger()).heading == "我的任务"
    provider.key, provider.algorithm = ec_key(), "ES256"
    provider.shown = [provider.key]
    assert sign_in(visit.stranger()).heading == "我的任务", "a new key is looked up at once"
    assert provider.asked.count("/jwks") == 2
    assert sign_in(visit.stranger()).heading == "我的任务"
    assert provider.asked.count("/jwks") == 2, "and kept"


def test_an_answer_counts_once(visit: Visit, provider: IdentityProvider) -> None:
    visitor = visit.stranger()
    back = agree(leave(visitor))
    cookie = visitor.client.cookies["oneseal_provider"]
    assert arrive(visitor, back).heading == "我的任务"
    thief = visit.stranger()
    for who in (visitor, thief):
        who.client.cookies.clear()
        who.client.cookies.set("oneseal_provider", cookie)
        again = arrive(who, back)
        assert (again.status, "已用过" in again.error) == (401, True)
    assert provider.asked.count("/token") == 1, "the provider is not even asked"


def test_an_answer_counts_in_the_browser_that_asked(visit: Visit) -> None:
    """Somebody else's answer must sign nobody in as somebody else (login CSRF)."""
    attacker, victim = visit.stranger(), visit.stranger()
    back = agree(leave(attacker))
    leave(victim)
    for browser in (victim, visit.stranger()):
        assert arrive(browser, back).status == 401
        assert out(browser)


def test_an_answer_counts_for_ten_minutes(visit: Visit, stage: Stage) -> None:
    visitor = visit.stranger()
    back = agree(leave(visitor))
    stage.later(timedelta(minutes=10))
    assert arrive(visitor, back).status == 401


@pytest.mark.parametrize(
    "change", [("iss", "https://evil.example"), ("code", ""), ("code", "guessed"), ("state", "x" * 43)]
)
def test_an_answer_that_was_changed_is_refused(visit: Visit, change: tuple[str, str]) -> None:
    visitor = visit.stranger()
    back = urlsplit(agree(leave(visitor)))
    query = {k: v[0] for k, v in parse_qs(back.query).items()} | dict([change])
    page = Sheet(visitor.client.get(back.path, params=query))
    assert page.status == 401
    assert out(visitor)


def test_who_says_no_there_is_told_so_here(visit: Visit) -> None:
    visitor = visit.stranger()
    state = parse_qs(urlsplit(leave(visitor)).query)["state"][0]
    page = arrive(visitor, f"/sign-in/provider/callback?error=access_denied&error_description=<b>x</b>&state={state}")
    assert (page.status, "没有完成" in page.error, "<b>" in page.source) == (401, True, False)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/.well-known/openid-configuration", redirecting), ("/.well-known/openid-configuration", endless),
        ("/jwks", redirecting), ("/jwks", endless), ("/token", redirecting), ("/token", endless),
    ],
)  # fmt: skip
def test_a_provider_that_misbehaves_is_left_and_people_are_told(
    visit: Visit, provider: IdentityProvider, path: str, answer: Any
) -> None:
    provider.answers[path] = answer
    visitor = visit.stranger()
    page = visitor.open("/sign-in/provider") if "well-known" in path else sign_in(visitor)
    assert page.status in (401, 503)
    assert page.heading == "登录一章通"
    assert out(visitor)


def test_a_provider_that_drips_is_left_after_five_seconds(visit: Visit, provider: IdentityProvider) -> None:
    provider.answers["/.well-known/openid-configuration"] = dripping
    page = visit.stranger().open("/sign-in/provider")
    assert (page.status, "暂时没有正常应答" in page.error) == (503, True)


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "ftp://127.0.0.1/x"},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": None},
    ],
)  # fmt: skip
def test_a_provider_that_speaks_for_another_is_left(
    visit: Visit, provider: IdentityProvider, discovery: dict[str, Any]
) -> None:
    provider.discovery = discovery
    assert visit.stranger().open("/sign-in/provider").status == 503


def test_passwords_go_on_when_the_provider_is_away(stage: Stage) -> None:
    with IdentityProvider(lambda: stage.now) as gone:
        settings = gone.settings()
    with Visit(stage, **settings) as visit:
        visitor = visit.stranger()
        page = visitor.open("/sign-in/provider")
        assert (page.status, "暂时没有正常应答" in page.error) == (503, True)
        assert visitor.press(page, "登录", login="clerk", password="Zhuan-yong-7zhang").heading == "我的任务"


def test_the_log_names_no_person_and_no_token(
    visit: Visit, provider: IdentityProvider, capsys: pytest.CaptureFixture[str]
) -> None:
    _says(nonce="x" * 43)(provider)
    sign_in(visit.stranger())
    said = capsys.readouterr()
    assert "refused" in said.out + said.err
    assert not re.search(r"clerk|eyJ|client-secret", said.out + said.err)
