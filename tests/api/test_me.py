"""One's own password, and what an unfinished sign-in may do."""

from datetime import timedelta

import pytest

from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal
from tests.api.hall import EVERYWHERE, KEY, OWN, PASSWORD, enter_lin, pending, sign_in, staffed


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)


@pytest.fixture
def keyed(stage: Stage) -> Desk:
    """A county that has set a key."""
    return Desk(stage, secret_key=KEY)


def test_a_one_time_password_opens_nothing_but_its_change(desk: Desk) -> None:
    browser = sign_in(desk, "lin", enter_lin(desk))
    assert pending(browser) == "password-change-needed"
    body = {"name": "x", "scopes": ["read"], "days": 1}
    for method, path in EVERYWHERE:
        answer = browser.request(method, path, json=body if method == "POST" else None)
        refusal(answer, 403, "password-change-needed")
    refusal(browser.post("/me/second-factor"), 403, "password-change-needed")
    assert browser.delete("/session").status_code == 204, "but leaving"


def test_whoever_must_change_uploads_nothing(desk: Desk) -> None:
    browser = sign_in(desk, "lin", enter_lin(desk))
    answer = browser.post("/files", files={"file": ("a.txt", b"x" * 5_000_000)})
    refusal(answer, 403, "password-change-needed")


def test_the_change_opens_everything_under_a_new_cookie(desk: Desk) -> None:
    once = enter_lin(desk)
    browser = sign_in(desk, "lin", once)
    before = browser.cookies.get("oneseal")
    assert browser.post("/me/password", json={"current": once, "new": OWN}).status_code == 204
    assert browser.cookies.get("oneseal") != before
    assert pending(browser) is None
    assert browser.get("/me").json()["posts"][0]["post_name"] == "便民服务中心经办"
    assert browser.post("/session", json={"login": "lin", "password": once}).status_code == 401
    assert sign_in(desk, "lin", OWN).get("/me").status_code == 200


def test_a_bad_new_password_is_refused_with_every_fault(desk: Desk) -> None:
    browser = sign_in(desk, "clerk")
    answer = browser.post("/me/password", json={"current": PASSWORD, "new": "clerk"})
    found = refusal(answer, 422, "invalid")
    assert [fault["code"] for fault in found["faults"]] == ["password-short", "password-classes", "password-personal"]
    assert all(fault["where"] == {"field": "new"} and fault["message"] for fault in found["faults"])
    again = browser.post("/me/password", json={"current": PASSWORD, "new": PASSWORD})
    assert refusal(again, 422, "invalid")["faults"][0]["code"] == "password-used"
    assert PASSWORD not in again.text


def test_the_current_password_cannot_be_guessed_by_a_stolen_session(desk: Desk) -> None:
    browser = sign_in(desk, "clerk")
    for _ in range(4):
        wrong = browser.post("/me/password", json={"current": "guess", "new": OWN})
        assert refusal(wrong, 403, "not-allowed")["detail"] == "当前密码不正确。"
    browser.post("/me/password", json={"current": "guess", "new": OWN})
    right = browser.post("/me/password", json={"current": PASSWORD, "new": OWN})
    assert "锁定" in refusal(right, 403, "not-allowed")["detail"]


def test_an_old_password_must_be_changed_where_the_county_says_so(desk: Desk, stage: Stage) -> None:
    stage.later(timedelta(days=90))
    assert pending(sign_in(desk, "clerk")) == "password-change-needed"
    for settings in ({"password_max_age_days": 0}, {"password_profile": "asvs"}):
        with Desk(stage, **settings) as other:
            assert pending(sign_in(other, "clerk")) is None


def test_the_other_profile_takes_a_long_sentence(stage: Stage) -> None:
    with Desk(stage, password_profile="asvs") as desk:
        browser = sign_in(desk, "clerk")
        body = {"current": PASSWORD, "new": "drei worte reichen hier"}
        assert browser.post("/me/password", json=body).status_code == 204


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/me/password"), ("POST", "/me/second-factor"), ("POST", "/me/second-factor/confirm"),
        ("POST", "/me/second-factor/drop"), ("POST", "/me/recovery-codes"), ("DELETE", "/sessions"),
    ],
)  # fmt: skip
def test_what_is_ones_own_is_not_done_by_a_program_nor_by_nobody(keyed: Desk, method: str, path: str) -> None:
    body = {"current": "x", "new": OWN} if path.endswith("password") else {"code": "123456"}
    given = body if method == "POST" and path != "/me/second-factor" else None
    with keyed:
        refusal(keyed.of("clerk").request(method, path, json=given), 403, "not-allowed")
        assert [e.actor_id for e in keyed.denied()] == ["clerk"]
        refusal(keyed.nobody.request(method, path, json=given), 401, "not-signed-in")
