"""A signal to everyone."""

import pytest

from service.actions.broadcast_signal import BroadcastSignal, broadcast_signal
from service.domain.errors import Invalid, NotAllowed
from service.domain.people import Person, Role
from service.store import events, people
from tests.actions.stage import Stage


def test_it_is_recorded_even_when_nobody_listens(stage: Stage) -> None:
    assert stage.act("reviewer", broadcast_signal, BroadcastSignal("item_basis_repealed", {})) == ()
    with stage.database.read() as tx:
        assert len(list(events.read_chain(tx, "signal/item_basis_repealed"))) == 1


def test_it_is_for_the_coordinating_office(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="审改办"):
        stage.act("clerk", broadcast_signal, BroadcastSignal("item_basis_repealed", {}))


@pytest.mark.parametrize(
    "order",
    [
        BroadcastSignal("李四 350622", {}),
        BroadcastSignal("", {}),
        BroadcastSignal("x" * 101, {}),
        BroadcastSignal("item_basis_repealed", {}, item_id="王五"),
        BroadcastSignal("item_basis_repealed", {"township_id": "heping"}),
    ],
)
def test_it_seals_no_free_text_and_sets_no_variable_of_the_house(stage: Stage, order: BroadcastSignal) -> None:
    with pytest.raises(Invalid):
        stage.act("reviewer", broadcast_signal, order)


def test_an_administrator_sends_none_even_of_the_coordinating_office(stage: Stage) -> None:
    with stage.database.begin() as tx:
        admin = Person("both", "两岗（虚构）", "shengaiban", fictional=True)
        people.add_person(tx, admin, holdings=(), roles=(Role.SECURITY_ADMIN,))
    with pytest.raises(NotAllowed, match="三员"):
        stage.act("both", broadcast_signal, BroadcastSignal("item_basis_repealed", {}))
