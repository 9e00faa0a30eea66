"""Signing in and out, cookies, tokens of programs."""

import time
from datetime import timedelta

import httpx
import pytest
from argon2 import PasswordHasher

from service.api.passwords import hash_password, verify_password
from service.store import accounts, sessions, sign_ins
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

PASSWORD = "Zhuanyong-zhang-1"
OURS = {"Origin": "http://oneseal.test"}
HASH = hash_password(PASSWORD)


@pytest.fixture(autouse=True)
def _accounts(stage: Stage) -> None:
    with stage.database.begin() as tx:
        accounts.set_password(tx, "clerk", login="clerk", password_hash=HASH)


def _sign_in(desk: Desk, password: str = PASSWORD, login: str = "clerk") -> httpx.Response:
    found: httpx.Response = desk.nobody.post("/session", json={"login": login, "password": password})
    return found


def test_it_gives_a_cookie_that_scripts_cannot_read(desk: Desk) -> None:
    answer = _sign_in(desk)
    assert answer.json()["person"] == "clerk"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    me = desk.nobody.get("/me").json()
    assert (me["id"], me["posts"][0]["post_name"], me["roles"]) == ("clerk", "便民服务中心经办", [])


def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(desk: Desk) -> None:
    wrong, unknown = _sign_in(desk, "x"), _sign_in(desk, login="nobody")
    assert refusal(wrong, 401, "not-signed-in") == refusal(unknown, 401, "not-signed-in")


def test_five_failures_lock_the_account_for_half_an_hour_for_their_address(desk: Desk, stage: Stage) -> None:
    here, there = desk.browser("192.0.2.1"), desk.browser("192.0.2.2")
    for _ in range(5):
        here.post("/session", json={"login": "clerk", "password": "x"})
    right = {"login": "clerk", "password": PASSWORD}
    assert "锁定" in refusal(here.post("/session", json=right), 401, "not-signed-in")["detail"]
    assert there.post("/session", json=right).status_code == 200
    stage.later(timedelta(minutes=31))
    assert here.post("/session", json=right).status_code == 200


def test_an_address_is_what_our_own_proxy_says_and_nobody_else(stage: Stage) -> None:
    right, wrong = {"login": "clerk", "password": PASSWORD}, {"login": "clerk", "password": "x"}
    with Desk(stage, trusted_proxies="10.0.0.1") as desk:
        proxy, liar = desk.browser("10.0.0.1"), desk.browser("192.0.2.7")
        for n in range(5):
            proxy.post("/session", json=wrong, headers={"X-Forwarded-For": "192.0.2.5"})
            liar.post("/session", json=wrong, headers={"X-Forwarded-For": f"192.0.2.{100 + n}"})
        refusal(proxy.post("/session", json=right, headers={"X-Forwarded-For": "192.0.2.5"}), 401, "not-signed-in")
        assert proxy.post("/session", json=right, headers={"X-Forwarded-For": "192.0.2.6"}).status_code == 200
        refusal(liar.post("/session", json=right, headers={"X-Forwarded-For": "192.0.2.6"}), 401, "not-signed-in")


def test_while_many_fail_everybody_waits_a_little_and_no_longer_than_that(desk: Desk, stage: Stage) -> None:
    with stage.database.begin() as tx:
        for n in range(24):
            sign_ins.add_failure(tx, f"f{n}", login_hash=f"h{n}", address="198.51.100.1", at=stage.now)
    begun = time.monotonic()
    assert _sign_in(desk).status_code == 200
    assert 0.5 <= time.monotonic() - begun < 20
    stage.later(timedelta(minutes=2))
    begun = time.monotonic()
    assert _sign_in(desk).status_code == 200
    assert time.monotonic() - begun < 0.5


def test_signing_out_ends_the_session_at_once(desk: Desk) -> None:
    _sign_in(desk)
    stolen = desk.nobody.cookies.get("oneseal")
    assert desk.nobody.delete("/session", headers=OURS).status_code == 204
    desk.nobody.cookies.set("oneseal", stolen or "")
    refusal(desk.nobody.get("/me"), 401, "not-signed-in")


def test_a_session_ends_when_idle_and_lives_on_when_used(desk: Desk, stage: Stage) -> None:
    _sign_in(desk)
    for _ in range(3):
        stage.later(timedelta(minutes=20))
        assert desk.nobody.get("/me").status_code == 200
    stage.later(timedelta(minutes=31))
    refusal(desk.nobody.get("/me"), 401, "not-signed-in")


def test_a_session_ends_after_twelve_hours_however_busy(desk: Desk, stage: Stage) -> None:
    _sign_in(desk)
    for _ in range(36):
        stage.later(timedelta(minutes=20))
        last = desk.nobody.get("/me").status_code
    assert last == 401


def test_a_mutation_by_cookie_must_come_from_our_own_pages(desk: Desk) -> None:
    _sign_in(desk)
    body = {"process": "small", "township": "huotian"}
    refusal(desk.nobody.post("/cases", json=body), 403, "not-allowed")
    refusal(desk.nobody.post("/cases", json=body, headers={"Origin": "http://evil.example"}), 403, "not-allowed")
    assert desk.nobody.post("/cases", json=body, headers=OURS).status_code == 201


def test_a_token_is_shown_once_and_ends_when_it_is_taken_back(desk: Desk) -> None:
    _sign_in(desk)
    made = desk.nobody.post("/tokens", json={"name": "接口", "scopes": ["read", "write"], "days": 3}, headers=OURS)
    assert made.status_code == 201
    client = desk.with_token(made.json()["token"])
    assert client.get("/me").json()["id"] == "clerk"
    refusal(desk.of("clerk2").delete(f"/tokens/{made.json()['id']}"), 404, "not-found")
    assert client.delete(f"/tokens/{made.json()['id']}").status_code == 204
    refusal(client.get("/me"), 401, "not-signed-in")


def test_a_token_is_never_kept_with_an_idempotency_key(desk: Desk, stage: Stage) -> None:
    clerk = desk.of("clerk")
    body = {"name": "接口", "scopes": ["read"], "days": 3}
    refused = clerk.post("/tokens", json=body, headers={"Idempotency-Key": "k"})
    assert "Idempotency-Key" in refusal(refused, 422, "invalid")["detail"]
    assert clerk.post("/tokens", json=body).status_code == 201
    with stage.database.read() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM idempotency").scalar() == 0


def test_a_token_ends_with_its_days(desk: Desk, stage: Stage) -> None:
    client = desk.of("clerk")
    assert client.get("/me").status_code == 200
    stage.later(timedelta(days=301))
    refusal(client.get("/me"), 401, "not-signed-in")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Bearer sat_x_y", "Basic abc", "bearer  "])
def test_nonsense_in_the_header_signs_nobody_in(desk: Desk, header: str) -> None:
    refusal(desk.nobody.get("/me", headers={"Authorization": header}), 401, "not-signed-in")


def test_the_database_keeps_no_secret(desk: Desk, stage: Stage) -> None:
    _sign_in(desk)
    secret = desk.nobody.cookies.get("oneseal") or "-"
    with stage.database.read() as tx:
        assert sessions.session_by_hash(tx, secret) is None


def test_a_password_is_argon2id_and_no_hash_fits_nobody() -> None:
    assert HASH.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password(HASH, PASSWORD)
    assert not verify_password(HASH, PASSWORD + " ")
    assert not verify_password("", PASSWORD)
    assert not verify_password("not a hash", PASSWORD)


def test_a_password_of_older_parameters_is_hashed_anew_at_the_next_sign_in(desk: Desk, stage: Stage) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(PASSWORD)
    with stage.database.begin() as tx:
        accounts.set_password(tx, "clerk", login="clerk", password_hash=weak)

    def kept() -> str:
        with stage.database.read() as tx:
            found = accounts.account_of(tx, "clerk")
        assert found
        return found.password_hash

    _sign_in(desk, "wrong")
    assert kept() == weak
    assert _sign_in(desk).status_code == 200
    assert kept().startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert _sign_in(desk).status_code == 200


def test_the_list_shows_where_one_is_signed_in_and_each_can_be_ended(desk: Desk, stage: Stage) -> None:
    office, home = desk.browser("192.0.2.1"), desk.browser("192.0.2.2")
    for browser in (office, home):
        assert browser.post("/session", json={"login": "clerk", "password": PASSWORD}).status_code == 200
        stage.later(timedelta(minutes=5))
        browser.get("/me")
    found = home.get("/sessions").json()["items"]
    assert [(s["address"], s["agent"], s["method"], s["current"]) for s in found] == [
        ("192.0.2.2", "Firefox 999", "password", True),
        ("192.0.2.1", "Firefox 999", "password", False),
    ]
    assert found[1]["seen_at"] > found[1]["created_at"]
    assert "token" not in str(found)
    refusal(desk.of("clerk2").delete(f"/sessions/{found[1]['id']}"), 403, "not-allowed")
    assert home.delete(f"/sessions/{found[1]['id']}").status_code == 204
    refusal(home.delete(f"/sessions/{found[1]['id']}"), 404, "not-found")
    refusal(office.get("/me"), 401, "not-signed-in")
    assert home.get("/me").status_code == 200


def test_signing_out_everywhere_ends_all_of_ones_own(desk: Desk) -> None:
    browsers = [desk.browser(), desk.browser()]
    for browser in browsers:
        browser.post("/session", json={"login": "clerk", "password": PASSWORD})
    assert browsers[0].delete("/sessions").json() == {"sessions": 2, "tokens": 0}
    for browser in browsers:
        refusal(browser.get("/me"), 401, "not-signed-in")


def test_where_the_county_wants_one_session_the_newest_stays(stage: Stage) -> None:
    with Desk(stage, one_session=True) as desk:
        first, second = desk.browser(), desk.browser()
        for browser in (first, second):
            browser.post("/session", json={"login": "clerk", "password": PASSWORD})
        refusal(first.get("/me"), 401, "not-signed-in")
        assert second.get("/me").status_code == 200


def test_a_sign_in_gives_a_new_session_and_ends_the_one_the_browser_had(desk: Desk) -> None:
    browser = desk.browser()
    secrets = []
    for _ in range(2):
        browser.post("/session", json={"login": "clerk", "password": PASSWORD})
        secrets.append(browser.cookies.get("oneseal") or "-")
    assert secrets[0] != secrets[1]
    thief = desk.browser()
    thief.cookies.set("oneseal", secrets[0])
    refusal(thief.get("/me"), 401, "not-signed-in")


def test_the_list_of_tokens_says_when_each_was_used(desk: Desk, stage: Stage) -> None:
    client = desk.of("clerk")
    (made,) = client.get("/tokens").json()["items"]
    assert (made["name"], made["scopes"]) == ("test", ["read", "write"])
    stage.later(timedelta(hours=1))
    client.get("/me")
    (used,) = client.get("/tokens").json()["items"]
    assert used["last_used_at"].startswith("2022-10-14T02:00")
    assert "secret" not in str(used)
    assert desk.of("clerk2").get("/tokens").json()["items"][0]["id"] != used["id"]
    assert client.delete(f"/tokens/{used['id']}").status_code == 204
    refusal(client.get("/tokens"), 401, "not-signed-in")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/sessions"), ("DELETE", "/sessions"), ("GET", "/tokens"), ("GET", "/session")]
)
def test_nobody_gets_nothing(desk: Desk, method: str, path: str) -> None:
    refusal(desk.nobody.request(method, path), 401, "not-signed-in")


def test_a_narrow_token_makes_no_wider_and_no_longer_one(desk: Desk) -> None:
    narrow = desk.with_token(desk.token("clerk", "write"))
    wider = {"name": "接口", "scopes": ["read", "write"], "days": 3}
    refusal(narrow.post("/tokens", json=wider), 403, "not-allowed")
    longer = {"name": "接口", "scopes": ["write"], "days": 301}
    refusal(narrow.post("/tokens", json=longer), 403, "not-allowed")
    assert narrow.post("/tokens", json=longer | {"days": 299}).status_code == 201
    assert len(desk.denied()) == 2


def test_a_storm_of_sign_ins_is_turned_away_while_others_work(desk: Desk) -> None:
    found = at_once(lambda: _sign_in(desk, login="nobody"), times=30)
    assert len(found) == 30
    assert set(found) == {401, 503}
    assert desk.of("clerk").get("/me").status_code == 200
