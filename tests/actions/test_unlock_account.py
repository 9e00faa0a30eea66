"""Somebody who was locked out may try again."""

import pytest

from service.actions.sign_in import SignedIn, SignInFailed
from service.actions.unlock_account import UnlockAccount, unlock_account
from service.domain.errors import Conflict, NotAllowed
from tests.actions.hall import staff, told, tries
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)
    for address in ("192.0.2.1", "192.0.2.2"):
        for _ in range(5):
            tries(stage, "clerk", "wrong", address=address)


def test_every_address_is_open_again(stage: Stage) -> None:
    assert isinstance(tries(stage, "clerk"), SignInFailed)
    stage.act("secadmin", unlock_account, UnlockAccount("clerk"))
    for address in ("192.0.2.1", "192.0.2.2"):
        assert isinstance(tries(stage, "clerk", address=address), SignedIn)
    event = told(stage, "account/clerk")[-1]
    assert (event["type"], event["failures"]) == ("account.unlocked", 10)


def test_once_is_enough_and_the_second_time_says_so(stage: Stage) -> None:
    stage.act("secadmin", unlock_account, UnlockAccount("clerk"))
    with pytest.raises(Conflict, match="没有被锁定"):
        stage.act("secadmin", unlock_account, UnlockAccount("clerk"))


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk2"])
def test_nobody_else_unlocks(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, unlock_account, UnlockAccount("clerk"))
    assert isinstance(tries(stage, "clerk"), SignInFailed)
