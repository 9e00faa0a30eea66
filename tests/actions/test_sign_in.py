"""Signing in."""

from datetime import timedelta

import pytest

from service.actions.sign_in import SignedIn, SignIn, SignInFailed, sign_in
from service.actions.sign_out import SignOut, sign_out
from service.domain.accounts import Pending, SecondFactor
from service.store import accounts, sign_ins
from service.store.session import Database
from tests.actions.hall import (
    RIGHT,
    enabled,
    hashed,
    in_secret,
    lives,
    newcomer,
    row,
    session,
    signed_in,
    staff,
    terms,
    told,
    tries,
    verify,
    with_factor,
)
from tests.actions.stage import Stage
from tests.store.together import at_once

HERE, THERE = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _guess(stage: Stage, times: int, login: str = "clerk", address: str = HERE) -> SignInFailed:
    for _ in range(times):
        done = tries(stage, login, "wrong", address=address)
    assert isinstance(done, SignInFailed)
    return done


def test_the_right_password_begins_a_session_kept_as_a_hash(stage: Stage) -> None:
    token, found = signed_in(stage, "clerk", agent="Firefox")
    assert (found.person_id, found.address, found.agent, found.method) == ("clerk", HERE, "Firefox", "password")
    assert found.token_hash != token
    assert row(stage, "clerk").account.last_sign_in_at == stage.now
    (event,) = told(stage, f"actor/clerk/{stage.now.date()}")
    assert (event["type"], event["session"]) == ("session.begun", found.id)
    assert HERE not in str(event), "an address is a personal value"
    assert in_secret(stage, f"actor/clerk/{stage.now.date()}")[0]["address"] == HERE


def test_five_wrong_passwords_close_the_way_for_half_an_hour(stage: Stage) -> None:
    assert _guess(stage, 4) == SignInFailed()
    assert _guess(stage, 1).locked_until == stage.now + timedelta(minutes=30)
    assert tries(stage, "clerk") == SignInFailed(stage.now + timedelta(minutes=30))
    stage.later(timedelta(minutes=31))
    assert isinstance(tries(stage, "clerk"), SignedIn)
    events = told(stage, f"actor/clerk/{stage.now.date()}")
    assert [e.get("locked") for e in events if e["type"] == "session.refused"] == [False] * 4 + [True]


def test_the_way_is_closed_for_the_address_that_guessed_and_for_no_other(stage: Stage) -> None:
    _guess(stage, 5)
    assert isinstance(tries(stage, "clerk", address=THERE), SignedIn)
    assert isinstance(tries(stage, "clerk", address=HERE), SignInFailed)
    assert isinstance(tries(stage, "sysadmin", address=HERE), SignedIn), "nor for other accounts"


def test_success_forgets_the_failures_before_it(stage: Stage) -> None:
    _guess(stage, 4)
    signed_in(stage, "clerk")
    assert _guess(stage, 4) == SignInFailed()


def test_old_failures_do_not_count(stage: Stage) -> None:
    _guess(stage, 4)
    stage.later(timedelta(minutes=31))
    assert _guess(stage, 4) == SignInFailed()


def test_an_unknown_login_gets_the_same_answers_and_its_lock_is_recorded(stage: Stage) -> None:
    assert _guess(stage, 4, "nobody") == SignInFailed()
    assert _guess(stage, 1, "nobody").locked_until == stage.now + timedelta(minutes=30)
    chain = f"sign-in/{stage.now.date()}"
    (event,) = told(stage, chain)
    assert (event["type"], "nobody" in str(event)) == ("session.refused", False)
    assert in_secret(stage, chain)[0]["login"] == "nobody"


def test_a_guess_spread_over_many_addresses_stops_and_does_not_lock_the_owner_out(stage: Stage) -> None:
    signed_in(stage, "clerk", address=THERE)
    for n in range(20):
        _guess(stage, 1, address=f"198.51.100.{n}")
    assert isinstance(tries(stage, "clerk", address="198.51.100.99"), SignInFailed)
    assert isinstance(tries(stage, "clerk", address=THERE), SignedIn)


def test_one_address_that_tries_everybody_is_stopped(stage: Stage) -> None:
    with stage.database.begin() as tx:
        for n in range(100):
            sign_ins.add_failure(tx, f"f{n}", login_hash=f"h{n}", address=HERE, at=stage.now)
    assert tries(stage, "clerk") == SignInFailed(stage.now + timedelta(minutes=30))
    assert isinstance(tries(stage, "clerk", address=THERE), SignedIn)


def test_failures_at_once_all_count(stage: Stage) -> None:
    at_once([lambda: tries(stage, "clerk", "wrong")] * 5)
    assert isinstance(tries(stage, "clerk"), SignInFailed)


def test_an_account_that_is_not_enabled_opens_nothing(stage: Stage) -> None:
    newcomer(stage)
    with stage.database.begin() as tx:
        accounts.set_password(tx, "lin", login="lin", password_hash=hashed(RIGHT))
    assert tries(stage, "lin") == SignInFailed()


def test_a_one_time_password_demands_its_change_and_ends_after_a_week(stage: Stage) -> None:
    enabled(stage)
    done = tries(stage, "lin", "One-time-1")
    assert isinstance(done, SignedIn)
    assert done.pending is Pending.PASSWORD_CHANGE
    stage.later(timedelta(days=7))
    assert tries(stage, "lin", "One-time-1") == SignInFailed(expired=True)


def test_an_old_password_demands_its_change(stage: Stage) -> None:
    stage.later(timedelta(days=89))
    done = tries(stage, "clerk", longest=timedelta(days=90))
    assert isinstance(done, SignedIn)
    assert done.pending is None
    stage.later(timedelta(days=1))
    done = tries(stage, "clerk", longest=timedelta(days=90))
    assert isinstance(done, SignedIn)
    assert done.pending is Pending.PASSWORD_CHANGE
    done = tries(stage, "clerk", longest=None)
    assert isinstance(done, SignedIn)
    assert done.pending is None, "a county may do without"


def test_a_second_factor_makes_it_half_a_sign_in_of_ten_minutes(stage: Stage) -> None:
    with_factor(stage, "clerk")
    done = tries(stage, "clerk")
    assert isinstance(done, SignedIn)
    assert (done.pending, done.expires_at) == (Pending.SECOND_FACTOR, stage.now + timedelta(minutes=10))
    assert session(stage, done.token).second_factor_due
    off = tries(stage, "clerk", policy=SecondFactor.OFF)
    assert isinstance(off, SignedIn)
    assert off.pending is None


@pytest.mark.parametrize(
    ("policy", "login", "pending"),
    [
        (SecondFactor.OFFERED, "sysadmin", None),
        (SecondFactor.ADMINISTRATORS, "sysadmin", Pending.ENROLMENT),
        (SecondFactor.ADMINISTRATORS, "clerk", None),
        (SecondFactor.ALL, "clerk", Pending.ENROLMENT),
    ],
)
def test_who_must_set_up_a_second_factor(
    stage: Stage, policy: SecondFactor, login: str, pending: Pending | None
) -> None:
    done = tries(stage, login, policy=policy)
    assert isinstance(done, SignedIn)
    assert done.pending is pending


def test_what_the_browser_had_before_ends(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    other, _ = signed_in(stage, "clerk", before=token)
    assert (lives(stage, token), lives(stage, other)) == (False, True)


def test_sessions_live_side_by_side_unless_the_county_wants_one(stage: Stage) -> None:
    first, _ = signed_in(stage, "clerk")
    second, _ = signed_in(stage, "clerk")
    assert lives(stage, first)
    third, _ = signed_in(stage, "clerk", alone=True)
    assert [lives(stage, token) for token in (first, second, third)] == [False, False, True]


def test_two_at_once_leave_one_session_where_one_is_wanted(stage: Stage) -> None:
    done = at_once([lambda: signed_in(stage, "clerk", alone=True)] * 4)
    assert sum(lives(stage, token) for token, _ in done) == 1


def test_a_password_kept_under_old_parameters_is_kept_under_todays(stage: Stage) -> None:
    order = SignIn("clerk", RIGHT, verify=verify, terms=terms(), fresh_hash=lambda _old: "hash:new")
    stage.act("system", sign_in, order)
    assert row(stage, "clerk").account.password_hash == "hash:new"
    wrong = SignIn("clerk", "no", verify=verify, terms=terms(), fresh_hash=lambda _old: "hash:evil")
    stage.act("system", sign_in, wrong)
    assert row(stage, "clerk").account.password_hash == "hash:new"


def test_signing_out_ends_the_session_at_once(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    stage.act("clerk", sign_out, SignOut(token))
    assert session(stage, token).ended_at == stage.now


def test_what_was_typed_as_login_is_kept_as_a_hash(stage: Stage, database: Database) -> None:
    tries(stage, "My-secret-password-1")
    with database.read() as tx:
        rows = tx.connection.exec_driver_sql("SELECT * FROM sign_in_failure").all()
    assert len(rows) == 1
    assert "My-secret" not in str(rows)
