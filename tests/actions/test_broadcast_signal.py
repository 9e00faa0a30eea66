"""A signal to everyone."""

import pytest

from service.actions.broadcast_signal import BroadcastSignal, broadcast_signal
from service.domain.errors import NotAllowed
from service.store import events
from tests.actions.stage import Stage


def test_it_is_recorded_even_when_nobody_listens(stage: Stage) -> None:
    assert stage.act("reviewer", broadcast_signal, BroadcastSignal("item_basis_repealed", {}, item_id="x")) == ()
    with stage.database.read() as tx:
        assert len(list(events.read_chain(tx, "signal/item_basis_repealed"))) == 1


def test_it_is_for_the_coordinating_office(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="审改办"):
        stage.act("clerk", broadcast_signal, BroadcastSignal("item_basis_repealed", {}))
