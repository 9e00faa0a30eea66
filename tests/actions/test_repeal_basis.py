"""依据废止."""

from dataclasses import replace
from datetime import date

import pytest

from service.actions.put_basis import PutBasis, put_basis
from service.actions.repeal_basis import RepealBasis, repeal_basis
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from service.domain.items import Citation
from service.domain.library import BasisStatus
from service.store import events
from tests.actions.bookshelf import deliveries, eight, listening, notices_of, put, told
from tests.actions.stage import Stage

REPEAL = RepealBasis("old", "国务院公布废止", date(2021, 8, 20), "国务院令第747号", "new")


@pytest.fixture
def laws(shelf_stage: Stage) -> Stage:
    for id in ("old", "new"):
        shelf_stage.act("reform-clerk", put_basis, PutBasis({"name": f"{id}（示例）"}, id, new=True))
    put(shelf_stage, id="a", citations=(Citation("old", "第七条"),))
    put(shelf_stage, id="b", citations=(Citation("new"), Citation("old")))
    put(shelf_stage, id="c", citations=(Citation("new"),))
    return shelf_stage


def test_every_item_that_rests_on_it_is_named_and_its_batches_are_told(laws: Stage) -> None:
    both, one, _none = listening(laws, "a", "b"), listening(laws, "b"), listening(laws, "c")
    basis, affected = laws.act("reviewer", repeal_basis, REPEAL)
    assert (basis.status, basis.successor_id, basis.version) == (BasisStatus.REPEALED, "new", 2)
    assert [item.id for item in affected] == ["a", "b"]
    assert deliveries(laws) == sorted([both, both, one])
    assert len(notices_of(laws, "minzheng-clerk")) == 2
    assert told(laws, "basis/old")[-1].type == "basis.repealed"
    with laws.database.read() as tx:
        assert len(list(events.read_chain(tx, "signal/item_basis_repealed"))) == 2


@pytest.mark.parametrize("person", ["minzheng-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_reform_office(laws: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        laws.act(person, repeal_basis, REPEAL)


@pytest.mark.parametrize(
    "order",
    [
        replace(REPEAL, reason=""), replace(REPEAL, number="747"), replace(REPEAL, successor_id="none"),
        replace(REPEAL, successor_id="old"), replace(REPEAL, repealed_on=date(1900, 1, 1)),
    ],
)  # fmt: skip
def test_it_wants_a_reason_a_number_and_a_successor_that_exists(laws: Stage, order: RepealBasis) -> None:
    with pytest.raises(Invalid):
        laws.act("reform-clerk", repeal_basis, order)


def test_one_of_eight_repeals_it(laws: Stage) -> None:
    assert eight(lambda: laws.act("reform-clerk", repeal_basis, REPEAL)) == ["conflict"] * 7 + ["done"]
    with pytest.raises(Conflict):
        laws.act("reform-clerk", repeal_basis, REPEAL)
    with pytest.raises(NotFound):
        laws.act("reform-clerk", repeal_basis, replace(REPEAL, basis_id="none"))
    with pytest.raises(Invalid, match="1处"):
        laws.act("reform-clerk", repeal_basis, replace(REPEAL, basis_id="new", successor_id="old"))
