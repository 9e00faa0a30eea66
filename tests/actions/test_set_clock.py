"""The demo clock."""

from datetime import timedelta

import pytest

from service.actions.set_clock import SetClock, set_clock
from service.domain.errors import Invalid
from service.store import clock
from tests.actions.stage import Stage


def test_it_moves_forward_for_everybody_and_is_recorded(stage: Stage) -> None:
    stage.act("sysadmin", set_clock, SetClock(stage.now + timedelta(days=30)))
    with stage.database.read() as tx:
        assert clock.clock_offset(tx) == timedelta(days=30)


@pytest.mark.parametrize("days", [-1, 400])
def test_it_never_goes_back_nor_very_far(stage: Stage, days: int) -> None:
    with pytest.raises(Invalid):
        stage.act("sysadmin", set_clock, SetClock(stage.now + timedelta(days=days)))
