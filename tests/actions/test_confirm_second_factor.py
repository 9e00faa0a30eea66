"""A code proves that the phone has the secret."""

from datetime import timedelta

import pytest

from service.actions.begin_second_factor import BeginSecondFactor, begin_second_factor
from service.actions.confirm_second_factor import (
    ConfirmSecondFactor,
    SecondFactorConfirmed,
    confirm_second_factor,
)
from service.actions.parts.codes import CodeRefused
from service.domain.accounts import SecondFactor
from service.domain.errors import Conflict
from service.store import second_factors
from service.store.sessions import Session
from tests.actions.hall import check, code_at, lives, signed_in, staff, terms, told
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _confirm(stage: Stage, code: str, asking: Session) -> SecondFactorConfirmed | CodeRefused:
    order = ConfirmSecondFactor(code, check, ("CODEA", "CODEB"), asking, terms(policy=SecondFactor.ALL))
    return stage.act("clerk", confirm_second_factor, order)


def _begun(stage: Stage) -> tuple[str, Session]:
    found = signed_in(stage, "clerk")
    stage.act("clerk", begin_second_factor, BeginSecondFactor("7"))
    return found


def test_it_counts_from_then_on_with_recovery_codes_and_other_sessions_end(stage: Stage) -> None:
    other, _ = signed_in(stage, "clerk")
    token, asking = _begun(stage)
    done = _confirm(stage, code_at(100), asking)
    assert isinstance(done, SecondFactorConfirmed)
    assert done.pending is None
    assert [lives(stage, each) for each in (other, token, done.token)] == [False, False, True]
    with stage.database.read() as tx:
        found = second_factors.factor_of(tx, "clerk")
        assert second_factors.codes_left(tx, "clerk") == 2
    assert found
    assert (found.confirmed_at, found.last_step) == (stage.now, 100)
    assert told(stage, f"actor/clerk/{stage.now.date()}")[-1]["type"] == "second-factor.begun"


def test_a_wrong_code_is_counted_and_five_close_the_way(stage: Stage) -> None:
    _, asking = _begun(stage)
    for _ in range(4):
        assert _confirm(stage, "000000", asking) == CodeRefused()
    assert _confirm(stage, "000000", asking) == CodeRefused(stage.now + timedelta(minutes=30))
    assert isinstance(_confirm(stage, code_at(100), asking), CodeRefused)


def test_nothing_begun_or_confirmed_already_is_a_conflict(stage: Stage) -> None:
    _, asking = signed_in(stage, "clerk")
    with pytest.raises(Conflict):
        _confirm(stage, code_at(100), asking)
    _begun(stage)
    _confirm(stage, code_at(100), asking)
    with pytest.raises(Conflict):
        _confirm(stage, code_at(101), asking)


def test_twice_at_once_confirms_once(stage: Stage) -> None:
    _, asking = _begun(stage)

    def press() -> bool:
        try:
            return isinstance(_confirm(stage, code_at(100), asking), SecondFactorConfirmed)
        except Conflict:
            return False

    assert sorted(at_once([press] * 3)) == [False, False, True]
