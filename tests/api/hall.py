"""The three administrators at their desks, and somebody new. People are invented (虚构)."""

from datetime import timedelta
from typing import Any

import pyotp
from fastapi.testclient import TestClient

from service.api.passwords import hash_password
from service.store import accounts
from tests.actions.hall import ADMINISTRATORS, staff
from tests.actions.stage import Stage
from tests.api.desk import Desk

PASSWORD = "Zhuan-yong-7zhang"
HASH = hash_password(PASSWORD)
OWN = "Wei-shan-72-river"
KEY = "a long and random key of a county 0123456789"
EVERYWHERE = [
    ("GET", "/me"), ("GET", "/tasks"), ("GET", "/cases"), ("GET", "/sessions"), ("POST", "/tokens"), ("GET", "/organisations"),
]  # fmt: skip
LIN = {"login": "lin", "name": "林一（虚构）", "organisation": "huotian-center"}


def staffed(stage: Stage) -> None:
    """Administrators and clerk, all with the real hash of ``PASSWORD``."""
    staff(stage)
    with stage.database.begin() as tx:
        for id in (*ADMINISTRATORS, "secadmin2", "clerk"):
            accounts.set_password(tx, id, login=id, password_hash=HASH, at=stage.now)


def sign_in(desk: Desk, login: str, password: str = PASSWORD, *, address: str = "192.0.2.1") -> TestClient:
    """A browser in which somebody is signed in, as far as the password brings."""
    browser = desk.browser(address)
    answer = browser.post("/session", json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    return browser


def pending(browser: TestClient) -> str | None:
    found: str | None = browser.get("/session").json()["pending"]
    return found


def enter_lin(desk: Desk) -> str:
    """Created, given a post, enabled; answers the one-time password."""
    assert desk.of("sysadmin").post("/accounts", json=LIN).status_code == 201
    posts = {"posts": [{"post": "center_clerk", "organisation": "huotian-center"}]}
    assert desk.of("secadmin").put("/accounts/lin/posts", json=posts).status_code == 200
    enabled = desk.of("secadmin").post("/accounts/lin/enable")
    assert enabled.status_code == 200, enabled.text
    password: str = enabled.json()["password"]
    return password


def phone(stage: Stage, secret: str, *, late: int = 0) -> str:
    """What the phone shows; its clock is ``late`` steps of half a minute off."""
    return pyotp.TOTP(secret).at(stage.now + timedelta(seconds=30 * late))


def enrol(stage: Stage, browser: TestClient) -> tuple[str, dict[str, Any]]:
    """A second factor in use: its secret, and what the confirmation answered."""
    secret: str = browser.post("/me/second-factor").json()["secret"]
    answer = browser.post("/me/second-factor/confirm", json={"code": phone(stage, secret)})
    assert answer.status_code == 200, answer.text
    return secret, answer.json()
