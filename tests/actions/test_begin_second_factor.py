"""Setting up a second factor begins."""

import pytest

from service.actions.begin_second_factor import BeginSecondFactor, begin_second_factor
from service.actions.sign_in import SignedIn
from service.domain.accounts import SecondFactor
from service.domain.errors import Conflict, NotAllowed
from service.store import second_factors
from tests.actions.hall import staff, tries, with_factor
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_until_a_code_proves_it_nothing_is_asked_and_one_may_begin_again(stage: Stage) -> None:
    for sealed in ("first", "second"):
        stage.act("clerk", begin_second_factor, BeginSecondFactor(sealed))
    with stage.database.read() as tx:
        found = second_factors.factor_of(tx, "clerk")
    assert found
    assert (found.secret, found.confirmed_at) == ("second", None)
    done = tries(stage, "clerk")
    assert isinstance(done, SignedIn)
    assert done.pending is None


def test_one_in_use_is_not_replaced(stage: Stage) -> None:
    with_factor(stage, "clerk")
    with pytest.raises(Conflict, match="先停用"):
        stage.act("clerk", begin_second_factor, BeginSecondFactor("other"))


def test_where_the_county_has_none_none_is_set_up(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        stage.act("clerk", begin_second_factor, BeginSecondFactor("x", SecondFactor.OFF))
