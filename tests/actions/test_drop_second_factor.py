"""A second factor is given up."""

import pytest

from service.actions.drop_second_factor import DropSecondFactor, drop_second_factor
from service.actions.parts.codes import CodeRefused
from service.domain.accounts import SecondFactor
from service.domain.errors import Conflict, NotAllowed
from tests.actions.hall import check, code_at, row, staff, told, with_factor
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_a_code_is_needed(stage: Stage) -> None:
    with_factor(stage, "clerk")
    assert stage.act("clerk", drop_second_factor, DropSecondFactor("123456", check)) == CodeRefused()
    assert row(stage, "clerk").second_factor
    assert stage.act("clerk", drop_second_factor, DropSecondFactor(code_at(9), check)) is None
    assert not row(stage, "clerk").second_factor
    assert told(stage, f"actor/clerk/{stage.now.date()}")[-1]["type"] == "second-factor.dropped"
    with pytest.raises(Conflict):
        stage.act("clerk", drop_second_factor, DropSecondFactor(code_at(10), check))


@pytest.mark.parametrize(("policy", "person"), [(SecondFactor.ALL, "clerk"), (SecondFactor.ADMINISTRATORS, "sysadmin")])
def test_where_the_county_demands_one_it_stays(stage: Stage, policy: SecondFactor, person: str) -> None:
    with_factor(stage, person)
    with pytest.raises(NotAllowed, match="不能停用"):
        stage.act(person, drop_second_factor, DropSecondFactor(code_at(9), check, policy))
    assert row(stage, person).second_factor
