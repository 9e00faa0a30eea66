"""The second half of a sign-in."""

from datetime import timedelta
from functools import partial

import pytest

from service.actions.parts.codes import CodeRefused
from service.actions.show_second_factor import ShowSecondFactor, show_second_factor
from service.actions.sign_in import SignedIn
from service.actions.unlock_account import UnlockAccount, unlock_account
from service.domain.errors import Conflict
from service.store.sessions import Session
from tests.actions.hall import check, code_at, lives, row, session, signed_in, staff, terms, told, with_factor
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)
    with_factor(stage, "clerk", recovery=("ABCDEFGH23456712",))


def _show(stage: Stage, code: str, asking: Session, *, alone: bool = False) -> SignedIn | CodeRefused:
    return stage.act("clerk", show_second_factor, ShowSecondFactor(code, check, asking, terms(alone=alone)))


def test_the_code_makes_it_whole_under_a_new_token(stage: Stage) -> None:
    token, half = signed_in(stage, "clerk")
    assert row(stage, "clerk").account.last_sign_in_at is None, "half a sign-in is none"
    stage.later(timedelta(minutes=2))
    done = _show(stage, code_at(100), half)
    assert isinstance(done, SignedIn)
    assert (done.pending, lives(stage, token)) == (None, False)
    whole = session(stage, done.token)
    assert (whole.second_factor_due, whole.expires_at) == (False, half.created_at + timedelta(hours=12))
    assert row(stage, "clerk").account.last_sign_in_at == stage.now
    assert told(stage, f"actor/clerk/{stage.now.date()}")[-1]["type"] == "second-factor.shown"


def test_a_code_seen_once_counts_no_more_nor_an_earlier_one(stage: Stage) -> None:
    assert isinstance(_show(stage, code_at(100), signed_in(stage, "clerk")[1]), SignedIn)
    _, half = signed_in(stage, "clerk")
    for step in (100, 99):
        assert isinstance(_show(stage, code_at(step), half), CodeRefused)
    assert isinstance(_show(stage, code_at(101), half), SignedIn)


def test_the_same_code_at_once_opens_once(stage: Stage) -> None:
    halves = [signed_in(stage, "clerk")[1] for _ in range(4)]
    done = at_once([partial(_show, stage, code_at(100), half) for half in halves])
    assert sum(isinstance(each, SignedIn) for each in done) == 1


def test_a_recovery_code_opens_once_however_it_is_written(stage: Stage) -> None:
    assert isinstance(_show(stage, " abcd-efgh 2345-6712", signed_in(stage, "clerk")[1]), SignedIn)
    assert isinstance(_show(stage, "ABCD-EFGH-2345-6712", signed_in(stage, "clerk")[1]), CodeRefused)
    events = told(stage, f"actor/clerk/{stage.now.date()}")
    assert [e["left"] for e in events if e["type"] == "recovery-code.used"] == [0]


def test_five_wrong_codes_end_the_sign_in_and_close_the_way_whatever_comes_next(stage: Stage) -> None:
    token, half = signed_in(stage, "clerk")
    for _ in range(4):
        assert _show(stage, "123456", half) == CodeRefused()
    assert lives(stage, token)
    assert _show(stage, "123456", half) == CodeRefused(stage.now + timedelta(minutes=30))
    assert not lives(stage, token)
    _, again = signed_in(stage, "clerk", address="198.51.100.1")
    assert isinstance(_show(stage, code_at(100), again), CodeRefused)
    stage.act("secadmin", unlock_account, UnlockAccount("clerk"))
    assert isinstance(_show(stage, code_at(100), signed_in(stage, "clerk")[1]), SignedIn)


def test_a_whole_session_needs_none(stage: Stage) -> None:
    done = _show(stage, code_at(100), signed_in(stage, "clerk")[1])
    assert isinstance(done, SignedIn)
    with pytest.raises(Conflict):
        _show(stage, code_at(101), session(stage, done.token))


def test_where_one_session_is_wanted_the_others_end_with_the_second_half(stage: Stage) -> None:
    first = _show(stage, code_at(100), signed_in(stage, "clerk")[1])
    assert isinstance(first, SignedIn)
    _, half = signed_in(stage, "clerk", alone=True)
    assert lives(stage, first.token), "knowing the password alone puts nobody out"
    assert isinstance(_show(stage, code_at(101), half, alone=True), SignedIn)
    assert not lives(stage, first.token)
