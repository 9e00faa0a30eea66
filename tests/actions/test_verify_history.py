"""Checking every chain."""

import pytest

from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.put_item import PutItem, put_item
from service.actions.verify_history import verify_history
from service.domain.history import Break
from tests.actions.bookshelf import put
from tests.actions.stage import Stage
from tests.databases import forge, tamper

WHERE = "WHERE chain = :chain AND seq = :seq"
MOVES = {
    "type": "'noted'",
    "actor_id": "'other'",
    "at": "'2020-01-01 00:00:00'",
    "case_id": "'another'",
}


def _chains(stage: Stage) -> dict[str, str]:
    """One chain of each kind: a case with two events, an actor's day, a definition."""
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    day = actor_day_chain("clerk", stage.now)
    with stage.frame("clerk") as frame:
        seal_chain_event(frame, day, EventFacts(type="attempt.denied"))
    return {"case": f"case/{case.id}", "actor": day, "definition": "definition/small"}


def _breaks(stage: Stage) -> list[Break]:
    with stage.database.read() as tx:
        return list(verify_history(tx).breaks)


@pytest.mark.parametrize("kind", ["case", "actor", "definition"])
@pytest.mark.parametrize("column", MOVES)
def test_an_event_hidden_from_searches_by_a_changed_column_is_named(stage: Stage, kind: str, column: str) -> None:
    chain = _chains(stage)[kind]
    assert _breaks(stage) == []
    forge(stage.database, f"UPDATE event SET {column} = {MOVES[column]} {WHERE}", chain=chain, seq=1)
    assert _breaks(stage) == [Break(chain, 1, "index")]


def test_a_case_s_event_taken_from_the_case_is_named(stage: Stage) -> None:
    chain = _chains(stage)["case"]
    forge(stage.database, f"UPDATE event SET case_id = NULL {WHERE}", chain=chain, seq=2)
    assert _breaks(stage) == [Break(chain, 2, "index")]


@pytest.mark.parametrize("seq", [1, 2])
def test_a_deleted_event_is_named(stage: Stage, seq: int) -> None:
    chain = _chains(stage)["case"]
    forge(stage.database, f"DELETE FROM event_payload {WHERE}", f"DELETE FROM event {WHERE}", chain=chain, seq=seq)
    (broken,) = _breaks(stage)
    assert (broken.chain, broken.seq) == (chain, seq)


def test_an_event_moved_to_another_chain_breaks_both(stage: Stage) -> None:
    chains = _chains(stage)
    day, definition = chains["actor"], chains["definition"]
    forge(
        stage.database, f"DELETE FROM event_payload {WHERE}", f"UPDATE event SET chain = :to, seq = 2 {WHERE}",
        chain=day, seq=1, to=definition,
    )  # fmt: skip
    assert [(b.chain, b.seq) for b in _breaks(stage)] == [(day, 1), (definition, 2)]


def test_an_honest_database_has_no_break(stage: Stage) -> None:
    for _ in range(3):
        case = stage.start().case
        stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    with stage.database.read() as tx:
        checked = verify_history(tx)
    assert checked.breaks == ()
    assert checked.chains >= 4
    assert checked.events >= 3 * 4


def test_one_changed_byte_is_named_with_its_event(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    tamper(stage.database, f"case/{case.id}", 2)
    with stage.database.read() as tx:
        (broken,) = verify_history(tx).breaks
    assert (broken.chain, broken.seq, broken.what) == (f"case/{case.id}", 2, "hash")


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE item SET legal_basis = '某条例' WHERE id = 'jiuzhu' AND version = 1",
        "DELETE FROM item WHERE id = 'jiuzhu' AND version = 1",
    ],
)
def test_a_version_of_an_item_changed_or_taken_away_is_named_by_the_event_that_made_it(
    shelf_stage: Stage, forged: str
) -> None:
    put(shelf_stage)
    shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "周一至周五"}, "jiuzhu"))
    assert _breaks(shelf_stage) == []
    forge(shelf_stage.database, forged)
    assert _breaks(shelf_stage) == [Break("item/jiuzhu", 1, "content")]
