"""A person changes the password."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from service.actions.change_password import ChangePassword, PasswordChanged, PasswordWrong, change_password
from service.actions.sign_in import SignedIn, SignInFailed
from service.domain.errors import Invalid
from service.domain.passwords import ASVS, DENGBAO
from service.store import accounts
from service.store.sessions import Session
from tests.actions.hall import (
    RIGHT,
    enabled,
    hashed,
    lives,
    row,
    session,
    signed_in,
    staff,
    terms,
    told,
    tries,
    verify,
)
from tests.actions.stage import Stage
from tests.store.together import at_once

NEW = "Neues-Wort-7"


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _change(
    stage: Stage, asking: Session, *, current: str = RIGHT, new: str = NEW, **more: Any
) -> PasswordChanged | PasswordWrong:
    order = ChangePassword(
        current, new, hashed(new), verify, common=lambda form: form == "common", session=asking, terms=terms(), **more
    )
    return stage.act(asking.person_id, change_password, order)


def _faults(stage: Stage, asking: Session, new: str, **more: Any) -> list[str]:
    with pytest.raises(Invalid) as refused:
        _change(stage, asking, new=new, **more)
    return [fault.code for fault in refused.value.faults]


def test_other_sessions_end_and_the_own_one_goes_on_under_a_new_token(stage: Stage) -> None:
    other, _ = signed_in(stage, "clerk")
    token, asking = signed_in(stage, "clerk")
    done = _change(stage, asking)
    assert isinstance(done, PasswordChanged)
    assert [lives(stage, each) for each in (other, token, done.token)] == [False, False, True]
    assert session(stage, done.token).expires_at == asking.expires_at, "a change does not make a session longer"
    assert isinstance(tries(stage, "clerk", RIGHT), SignInFailed)
    assert isinstance(tries(stage, "clerk", NEW), SignedIn)
    assert told(stage, f"actor/clerk/{stage.now.date()}")[2]["type"] == "password.changed"


def test_a_one_time_password_is_done_with(stage: Stage) -> None:
    enabled(stage)
    _, asking = signed_in(stage, "lin", "One-time-1")
    done = _change(stage, asking, current="One-time-1")
    assert isinstance(done, PasswordChanged)
    assert done.pending is None
    found = row(stage, "lin").account
    assert (found.must_change, found.one_time_until, found.password_set_at) == (False, None, stage.now)


def test_a_wrong_current_password_counts_like_a_failed_sign_in(stage: Stage) -> None:
    _, asking = signed_in(stage, "clerk")
    for _ in range(4):
        assert _change(stage, asking, current="wrong") == PasswordWrong()
    assert _change(stage, asking, current="wrong") == PasswordWrong(stage.now + timedelta(minutes=30))
    assert _change(stage, asking) == PasswordWrong(stage.now + timedelta(minutes=30)), "also with the right one"


@pytest.mark.parametrize(
    ("new", "faults"),
    [
        ("Ab1-xyzqw", ["password-short"]),
        ("abcdefzhij-k", ["password-classes"]),
        ("Xx-clerk-2026", ["password-personal"]),
        ("Aa1Aa1Aa1Aa1", ["password-common"]),
        ("Common-2026!", ["password-common"]),
        ("aaaa", ["password-short", "password-classes", "password-common"]),
        ("Aa1-" + "xyz" * 50, ["password-long"]),
        (RIGHT, ["password-used"]),
    ],
)
def test_the_county_profile_names_everything_wrong(stage: Stage, new: str, faults: list[str]) -> None:
    _, asking = signed_in(stage, "clerk")
    assert _faults(stage, asking, new) == faults
    assert row(stage, "clerk").account.password_hash == hashed(RIGHT)


def test_the_other_profile_wants_length_alone(stage: Stage) -> None:
    _, asking = signed_in(stage, "clerk")
    assert _faults(stage, asking, "kein wort", profile=ASVS) == ["password-short"]
    assert isinstance(_change(stage, asking, new="vier worte sind lang", profile=ASVS), PasswordChanged)


def test_the_last_five_do_not_come_again_and_the_sixth_does(stage: Stage) -> None:
    words = [RIGHT, *(f"Neues-Wort-{n}x" for n in range(5))]
    for before, after in pairwise(words):
        _, asking = signed_in(stage, "clerk", before)
        assert isinstance(_change(stage, asking, current=before, new=after, profile=DENGBAO), PasswordChanged)
        stage.later(timedelta(minutes=1))
    _, asking = signed_in(stage, "clerk", words[-1])
    for used in words[1:]:
        assert _faults(stage, asking, used, current=words[-1]) == ["password-used"]
    assert isinstance(_change(stage, asking, current=words[-1], new=RIGHT), PasswordChanged)


def test_a_secret_leaves_no_trace_in_the_database(stage: Stage) -> None:
    _, asking = signed_in(stage, "clerk")
    _change(stage, asking)
    with stage.database.read() as tx:
        assert accounts.earlier_passwords(tx, "clerk", limit=9) == [hashed(RIGHT)]
        texts = [str(r) for r in tx.connection.exec_driver_sql("SELECT body FROM event").all()]
    assert not any(NEW in text or RIGHT in text for text in texts)


def test_twice_at_once_changes_it_once(stage: Stage) -> None:
    _, asking = signed_in(stage, "clerk")
    done = at_once([lambda: _change(stage, asking)] * 3)
    assert sum(isinstance(each, PasswordChanged) for each in done) == 1
