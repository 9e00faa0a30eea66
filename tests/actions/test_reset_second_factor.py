"""A lost second factor is taken off."""

import pytest

from service.actions.reset_second_factor import ResetSecondFactor, reset_second_factor
from service.actions.sign_in import SignedIn
from service.domain.errors import Conflict, NotAllowed
from service.store import second_factors
from tests.actions.hall import lives, row, signed_in, staff, told, tries, with_factor
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_it_goes_with_its_recovery_codes_and_sessions_end(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    with_factor(stage, "clerk")
    assert row(stage, "clerk").second_factor
    done = stage.act("secadmin", reset_second_factor, ResetSecondFactor("clerk"))
    assert (done.row.second_factor, done.sessions, lives(stage, token)) == (False, 1, False)
    again = tries(stage, "clerk")
    assert isinstance(again, SignedIn)
    assert again.pending is None
    with stage.database.read() as tx:
        assert second_factors.codes_left(tx, "clerk") == 0
    assert told(stage, "account/clerk")[-1]["type"] == "second-factor.reset"


def test_where_there_is_none_it_says_so(stage: Stage) -> None:
    with pytest.raises(Conflict, match="没有启用"):
        stage.act("secadmin", reset_second_factor, ResetSecondFactor("clerk"))


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk2", "secadmin"])
def test_nobody_else_and_nobody_his_own(stage: Stage, person: str) -> None:
    whose = "secadmin" if person == "secadmin" else "clerk"
    with_factor(stage, whose)
    with pytest.raises(NotAllowed):
        stage.act(person, reset_second_factor, ResetSecondFactor(whose))
    assert row(stage, whose).second_factor
