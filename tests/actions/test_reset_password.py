"""A forgotten password is replaced by a one-time one."""

import pytest

from service.actions.reset_password import ResetPassword, reset_password
from service.actions.sign_in import SignedIn, SignInFailed
from service.domain.accounts import ONE_TIME_LASTS, Pending
from service.domain.errors import Conflict, NotAllowed
from tests.actions.hall import RIGHT, hashed, lives, newcomer, signed_in, staff, told, tries
from tests.actions.stage import Stage

ORDER = ResetPassword("clerk", hashed("One-time-2"))


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_the_old_one_opens_nothing_and_sessions_end(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    done = stage.act("secadmin", reset_password, ORDER)
    assert (done.sessions, lives(stage, token)) == (1, False)
    assert isinstance(tries(stage, "clerk", RIGHT), SignInFailed)
    again = tries(stage, "clerk", "One-time-2")
    assert isinstance(again, SignedIn)
    assert again.pending is Pending.PASSWORD_CHANGE
    event = told(stage, "account/clerk")[-1]
    assert (event["type"], event["one_time_until"]) == ("password.reset", (stage.now + ONE_TIME_LASTS).isoformat())
    assert "One-time" not in str(event)


def test_a_lock_is_forgotten(stage: Stage) -> None:
    for _ in range(5):
        tries(stage, "clerk", "wrong")
    stage.act("secadmin", reset_password, ORDER)
    assert isinstance(tries(stage, "clerk", "One-time-2"), SignedIn)


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk2"])
def test_nobody_else_resets(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, reset_password, ORDER)


def test_not_ones_own_and_not_of_an_account_that_is_not_enabled(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="自己"):
        stage.act("secadmin", reset_password, ResetPassword("secadmin", "h"))
    newcomer(stage)
    with pytest.raises(Conflict, match="待启用"):
        stage.act("secadmin", reset_password, ResetPassword("lin", "h"))
