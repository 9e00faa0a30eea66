"""A second factor: codes of a phone, recovery codes, and the key that is not in the database."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from service.api.vault import key_file
from service.store import second_factors
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal
from tests.api.hall import EVERYWHERE, KEY, OWN, PASSWORD, enrol, pending, phone, sign_in, staffed


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staffed(stage)


@pytest.fixture
def keyed(stage: Stage) -> Desk:
    """A county that has set a key."""
    return Desk(stage, secret_key=KEY)


def test_a_second_factor_is_set_up_shown_once_and_asked_for(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        browser = sign_in(desk, "clerk")
        assert browser.get("/me/second-factor").json() == {
            "state": "none", "confirmed_at": None, "recovery_codes_left": 0, "offered": True, "demanded": False,
        }  # fmt: skip
        begun = browser.post("/me/second-factor").json()
        address = urlsplit(begun["address"])
        assert (address.scheme, address.netloc, parse_qs(address.query)["secret"]) == (
            "otpauth",
            "totp",
            [begun["secret"]],
        )
        assert begun["picture"].startswith("data:image/svg+xml")
        wrong = browser.post("/me/second-factor/confirm", json={"code": "000000"})
        refusal(wrong, 403, "not-allowed")
        code = phone(stage, begun["secret"])
        done = browser.post("/me/second-factor/confirm", json={"code": code}).json()
        assert len(set(done["codes"])) == 10
        assert browser.get("/me/second-factor").json()["recovery_codes_left"] == 10
        assert begun["secret"] not in browser.get("/me/second-factor").text

        stage.later(timedelta(minutes=1))
        half = sign_in(desk, "clerk")
        assert pending(half) == "second-factor-needed"
        for method, path in EVERYWHERE[:4]:
            refusal(half.request(method, path), 403, "second-factor-needed")
        refusal(half.post("/me/password", json={"current": PASSWORD, "new": OWN}), 403, "second-factor-needed")
        refusal(half.post("/session/second-factor", json={"code": code}), 401, "not-signed-in")
        whole = half.post("/session/second-factor", json={"code": phone(stage, begun["secret"])})
        assert (whole.status_code, whole.json()["pending"]) == (200, None)
        assert half.get("/me").json()["id"] == "clerk"


@pytest.mark.parametrize(("late", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_off(keyed: Desk, stage: Stage, late: int, taken: bool) -> None:
    with keyed as desk:
        secret, _ = enrol(stage, sign_in(desk, "clerk"))
        stage.later(timedelta(minutes=5))
        code = phone(stage, secret, late=late)
        answer = sign_in(desk, "clerk").post("/session/second-factor", json={"code": code})
        assert (answer.status_code == 200) is taken


def test_a_code_read_over_the_shoulder_is_worth_nothing(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, _ = enrol(stage, sign_in(desk, "clerk"))
        stage.later(timedelta(minutes=1))
        owner, thief = sign_in(desk, "clerk"), sign_in(desk, "clerk", address="198.51.100.1")
        code = {"code": phone(stage, secret)}
        assert owner.post("/session/second-factor", json=code).status_code == 200
        refusal(thief.post("/session/second-factor", json=code), 401, "not-signed-in")


def test_one_code_pressed_by_eight_at_once_opens_one(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, _ = enrol(stage, sign_in(desk, "clerk"))
        stage.later(timedelta(minutes=1))
        half, code = sign_in(desk, "clerk"), {"code": phone(stage, secret)}
        cookie = half.cookies.get("oneseal") or ""

        def press() -> httpx.Response:
            browser = desk.browser()
            browser.cookies.set("oneseal", cookie)
            found: httpx.Response = browser.post("/session/second-factor", json=code)
            return found

        assert at_once(press).count(200) == 1


def test_five_wrong_codes_end_the_sign_in(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, _ = enrol(stage, sign_in(desk, "clerk"))
        stage.later(timedelta(minutes=1))
        half = sign_in(desk, "clerk")
        for _ in range(5):
            last = half.post("/session/second-factor", json={"code": "000000"})
        assert "不再受理" in refusal(last, 401, "not-signed-in")["detail"]
        refusal(half.get("/session"), 401, "not-signed-in")
        again = sign_in(desk, "clerk", address="192.0.2.77")
        refusal(again.post("/session/second-factor", json={"code": phone(stage, secret)}), 401, "not-signed-in")
        assert desk.of("secadmin").post("/accounts/clerk/unlock").status_code == 200
        again = sign_in(desk, "clerk")
        assert again.post("/session/second-factor", json={"code": phone(stage, secret)}).status_code == 200


def test_a_recovery_code_opens_once(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        _, done = enrol(stage, sign_in(desk, "clerk"))
        code = {"code": done["codes"][3].lower()}
        browser = sign_in(desk, "clerk")
        assert browser.post("/session/second-factor", json=code).status_code == 200
        assert browser.get("/me/second-factor").json()["recovery_codes_left"] == 9
        refusal(sign_in(desk, "clerk").post("/session/second-factor", json=code), 401, "not-signed-in")


def test_new_recovery_codes_and_giving_it_up_need_a_code(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        browser = sign_in(desk, "clerk")
        secret, done = enrol(stage, browser)
        refusal(browser.post("/me/recovery-codes", json={"code": "000000"}), 403, "not-allowed")
        stage.later(timedelta(minutes=1))
        renewed = browser.post("/me/recovery-codes", json={"code": phone(stage, secret)}).json()["codes"]
        assert not set(renewed) & set(done["codes"])
        refusal(browser.post("/me/second-factor"), 409, "conflict")
        refusal(browser.post("/me/second-factor/drop", json={"code": done["codes"][0]}), 403, "not-allowed")
        assert browser.post("/me/second-factor/drop", json={"code": renewed[0]}).status_code == 204
        assert pending(sign_in(desk, "clerk")) is None


def test_where_it_is_demanded_nothing_goes_before_it_is_set_up(stage: Stage) -> None:
    with Desk(stage, second_factor="administrators", secret_key=KEY) as desk:
        assert pending(sign_in(desk, "clerk")) is None
        browser = sign_in(desk, "sysadmin")
        assert pending(browser) == "second-factor-setup-needed"
        refusal(browser.get("/accounts"), 403, "second-factor-setup-needed")
        refusal(browser.post("/me/password", json={"current": PASSWORD, "new": OWN}), 403, "second-factor-setup-needed")
        secret, done = enrol(stage, browser)
        assert done["pending"] is None
        assert browser.get("/accounts").status_code == 200
        stage.later(timedelta(minutes=1))
        drop = browser.post("/me/second-factor/drop", json={"code": phone(stage, secret)})
        refusal(drop, 403, "not-allowed")


def test_where_it_is_off_nobody_is_asked(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        enrol(stage, sign_in(desk, "clerk"))
    with Desk(stage, second_factor="off", secret_key=KEY) as desk:
        browser = sign_in(desk, "clerk")
        assert pending(browser) is None
        assert browser.get("/me/second-factor").json()["offered"] is False


def test_a_dump_of_the_database_holds_no_secret(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, done = enrol(stage, sign_in(desk, "clerk"))
    with stage.database.read() as tx:
        kept = second_factors.factor_of(tx, "clerk")
        everything = str(
            [
                tx.connection.exec_driver_sql(f"SELECT * FROM {t}").all()
                for t in ("second_factor", "recovery_code", "event", "event_payload", "session")
            ]
        )
    assert kept
    assert secret not in everything
    assert base64.b32decode(secret).hex() not in everything
    assert not any(code in everything or code.replace("-", "") in everything for code in done["codes"])


def test_another_key_opens_nothing_and_says_so(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, done = enrol(stage, sign_in(desk, "clerk"))
    stage.later(timedelta(minutes=1))
    with Desk(stage, secret_key=KEY[::-1]) as desk:
        half = sign_in(desk, "clerk")
        answer = half.post("/session/second-factor", json={"code": phone(stage, secret)})
        assert "ONESEAL_SECRET_KEY" in refusal(answer, 503, "unavailable")["detail"]
        assert half.post("/session/second-factor", json={"code": done["codes"][0]}).status_code == 200, (
            "paper needs no key"
        )


def test_the_secret_of_one_person_does_not_open_for_another(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        secret, _ = enrol(stage, sign_in(desk, "clerk"))
        with stage.database.begin() as tx:
            tx.connection.exec_driver_sql("UPDATE second_factor SET person_id = 'sysadmin'")
        stage.later(timedelta(minutes=1))
        half = sign_in(desk, "sysadmin")
        refusal(half.post("/session/second-factor", json={"code": phone(stage, secret)}), 503, "unavailable")


def test_without_a_key_the_embedded_database_keeps_one_beside_it_and_a_server_offers_none(
    desk: Desk, stage: Stage
) -> None:
    browser, path = sign_in(desk, "clerk"), desk.house.settings.sqlite_path
    if path is None:
        assert browser.get("/me/second-factor").json()["offered"] is False
        refusal(browser.post("/me/second-factor"), 409, "conflict")
        return
    enrol(stage, browser)
    found = key_file(path)
    assert found.stat().st_mode & 0o777 == 0o600
    assert len(found.read_text()) == 43
    kept = found.read_text()
    enrol(stage, sign_in(desk, "sysadmin"))
    assert found.read_text() == kept
    assert [p.name for p in Path(path.parent).glob(f"{path.name}.key*")] == [found.name]
    found.unlink()


def test_the_history_tells_of_it_without_codes(keyed: Desk, stage: Stage) -> None:
    with keyed as desk:
        enrol(stage, sign_in(desk, "clerk"))
        with stage.database.read() as tx:
            rows = tx.connection.exec_driver_sql("SELECT body FROM event WHERE actor_id = 'clerk'").scalars()
            types = [json.loads(body)["type"] for body in rows]
    assert types == ["session.begun", "second-factor.begun"]
