"""Signing in."""

from datetime import timedelta
from typing import Any

from service.actions.parts.tokens import token_hash
from service.actions.sign_in import SignedIn, SignIn, SignInFailed, sign_in
from service.actions.sign_out import SignOut, sign_out
from service.store import accounts
from tests.actions.stage import Stage


def _order(login: str, password: str) -> SignIn:
    return SignIn(login, password, verify=lambda kept, given: kept == f"hash:{given}", new_token=lambda: "secret")


def _with_account(stage: Stage) -> None:
    with stage.database.begin() as tx:
        accounts.set_password(tx, "clerk", login="clerk", password_hash="hash:right")


def _try(stage: Stage, password: str, login: str = "clerk") -> Any:
    return stage.act("system", sign_in, _order(login, password))


def test_the_right_password_begins_a_session_kept_as_a_hash(stage: Stage) -> None:
    _with_account(stage)
    done = _try(stage, "right")
    assert isinstance(done, SignedIn)
    assert done.person.id == "clerk"
    with stage.database.read() as tx:
        session = accounts.session_by_hash(tx, token_hash("secret"))
    assert session
    assert session.person_id == "clerk"


def test_five_wrong_passwords_lock_the_account_for_half_an_hour(stage: Stage) -> None:
    _with_account(stage)
    for _ in range(4):
        assert _try(stage, "wrong") == SignInFailed()
    assert _try(stage, "wrong").locked_until == stage.now + timedelta(minutes=30)
    assert isinstance(_try(stage, "right"), SignInFailed)
    stage.later(timedelta(minutes=31))
    assert isinstance(_try(stage, "right"), SignedIn)


def test_an_unknown_login_is_the_same_answer(stage: Stage) -> None:
    assert _try(stage, "x", "nobody") == SignInFailed()


def test_signing_out_ends_the_session_at_once(stage: Stage) -> None:
    _with_account(stage)
    _try(stage, "right")
    stage.act("clerk", sign_out, SignOut("secret"))
    with stage.database.read() as tx:
        session = accounts.session_by_hash(tx, token_hash("secret"))
    assert session is None or session.ended_at == stage.now
