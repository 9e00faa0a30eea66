"""The sealed events."""

from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from service.domain.history import FIRST_PREV, SealedEvent, first_break, seal
from service.store import events
from service.store.session import Database, Transaction
from tests.store.county import NOW, later
from tests.store.together import at_once

SALT = "00" * 16


def write(tx: Transaction, chain: str, count: int = 1, **facts: Any) -> list[SealedEvent]:
    made = []
    for _ in range(count):
        seq, prev = events.chain_head(tx, chain)
        at = later(seconds=seq)
        told = {"type": "noted", "at": at.isoformat(), "actor": "p"} | facts
        sealed = seal(chain=chain, seq=seq + 1, prev=prev, salt=SALT, facts=told, personal={"name": f"人{seq}"})
        events.append(tx, sealed, case_id=None, type="noted", at=at, actor_id="p")
        events.set_chain_head(tx, chain, sealed.seq, sealed.hash)
        made.append(sealed)
    return made


def test_a_chain_is_read_back_exact_and_holds(database: Database) -> None:
    with database.begin() as tx:
        written = write(tx, "definition/x", 3, amount=1, word="\u2028大")
    with database.read() as tx:
        read = list(events.read_chain(tx, "definition/x"))
        head = events.chains(tx)
    assert read == written
    assert head == [("definition/x", 3, written[-1].hash)]
    assert first_break(read, chain="definition/x", head_seq=3, head_hash=written[-1].hash) is None


@pytest.mark.parametrize("length", [7, 9, 10])
def test_a_long_chain_is_read_in_batches_without_losing_one(
    database: Database, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setattr(events, "BATCH", 5)
    with database.begin() as tx:
        write(tx, "c", length)
    with database.read() as tx:
        assert [e.seq for e in events.read_chain(tx, "c")] == list(range(1, length + 1))
        assert [e.seq for e in events.read_chain(tx, "c", after=4)] == list(range(5, length + 1))


def test_many_at_once_write_one_unbroken_chain(database: Database) -> None:
    def work() -> None:
        with database.begin() as tx:
            write(tx, "c", 2)

    at_once([work] * 8)
    with database.read() as tx:
        ((name, seq, hash),) = events.chains(tx)
        broken = first_break(events.read_chain(tx, "c"), chain="c", head_seq=seq, head_hash=hash)
    assert (name, seq, broken) == ("c", 16, None)


def test_a_second_event_with_the_same_number_is_refused(database: Database) -> None:
    with database.begin() as tx:
        (sealed,) = write(tx, "c")
    with pytest.raises(DBAPIError), database.begin() as tx:
        events.append(tx, sealed, case_id=None, type="noted", at=NOW, actor_id="p")


CHANGES = [
    "UPDATE event SET body = 'forged'",
    "UPDATE event SET actor_id = 'other'",
    "DELETE FROM event",
    "DELETE FROM event WHERE seq = 2",
    "UPDATE event_payload SET content = 'forged'",
    "UPDATE event_payload SET salt = NULL, content = NULL",
    "UPDATE event_payload SET salt = NULL, content = NULL, erased = true, seq = 9 WHERE seq = 2",
    "UPDATE event_payload SET salt = NULL, erased = true",
    "DELETE FROM event_payload",
]
SQLITE_CHANGES = [
    "INSERT OR REPLACE INTO event SELECT chain, seq, prev, hash, 'forged', case_id, type, at, actor_id FROM event",
    "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2",
    "INSERT OR REPLACE INTO event_payload SELECT chain, seq, salt, 'forged', erased FROM event_payload",
]
POSTGRESQL_CHANGES = [
    "TRUNCATE event CASCADE",
    "TRUNCATE event_payload",
    "SET session_replication_role = replica; UPDATE event SET body = 'forged'",
    "SET session_replication_role = replica; DELETE FROM event_payload",
    "SET session_replication_role = replica; TRUNCATE event CASCADE",
    "INSERT INTO event SELECT * FROM event ON CONFLICT (chain, seq) DO UPDATE SET body = 'forged'",
]


def test_no_ordinary_statement_changes_or_removes_an_event(database: Database) -> None:
    with database.begin() as tx:
        write(tx, "c", 2)
    more = SQLITE_CHANGES if database.dialect == "sqlite" else POSTGRESQL_CHANGES
    with database.read() as tx:
        before = list(events.read_chain(tx, "c"))
    for statement in [*CHANGES, *more]:
        engine = create_engine(database.url, poolclass=NullPool)
        with pytest.raises(DBAPIError, match=r"never changed|only erased"), engine.begin() as connection:
            connection.execute(text(statement))
        with database.read() as tx:
            assert list(events.read_chain(tx, "c")) == before, statement


def test_a_lawful_erasure_is_let_through_and_the_chain_still_holds(database: Database) -> None:
    with database.begin() as tx:
        write(tx, "c", 3)
    with database.begin() as tx:
        tx.connection.execute(text("UPDATE event_payload SET salt = NULL, content = NULL, erased = true WHERE seq = 2"))
    with database.read() as tx:
        read = list(events.read_chain(tx, "c"))
    assert [(e.payload is None, e.erased) for e in read] == [(False, False), (True, True), (False, False)]
    assert first_break(read, chain="c") is None


def test_events_without_a_head_are_still_looked_at(database: Database) -> None:
    with database.begin() as tx:
        write(tx, "c")
        tx.connection.execute(text("DELETE FROM chain"))
    with database.read() as tx:
        assert events.chains(tx) == [("c", 0, FIRST_PREV)]


def test_lists_filter_and_page_in_the_order_of_recording(database: Database) -> None:
    with database.begin() as tx:
        for chain in ("b", "a"):
            write(tx, chain, 3)
    with database.read() as tx:
        first = events.list_events(tx, actor_id="p", type="noted", limit=4)
        rest = events.list_events(tx, actor_id="p", after=first.next, limit=4)
        newest = events.list_events(tx, newest_first=True, limit=1)
        assert events.list_events(tx, actor_id="nobody").items == []
        assert events.list_events(tx, case_id="x").items == []
    order = [(e.sealed.chain, e.sealed.seq) for e in [*first.items, *rest.items]]
    assert order == [("a", 1), ("b", 1), ("a", 2), ("b", 2), ("a", 3), ("b", 3)]
    assert (newest.items[0].sealed.chain, newest.items[0].sealed.seq) == ("b", 3)


def test_events_are_found_by_kinds_and_by_day(database: Database) -> None:
    with database.begin() as tx:
        write(tx, "definition/x", 3)
    with database.read() as tx:
        assert len(events.list_events(tx, types=("noted", "other")).items) == 3
        assert events.list_events(tx, types=("other",)).items == []
        seen = events.list_events(tx, since=later(seconds=1), until=later(seconds=2)).items
        assert [event.sealed.seq for event in seen] == [2]


def test_one_event_and_the_head_of_its_chain_are_found(database: Database) -> None:
    with database.begin() as tx:
        written = write(tx, "definition/x", 2)
    with database.read() as tx:
        found = events.get_event(tx, "definition/x", 2)
        assert found
        assert (found.sealed, found.type, found.actor_id) == (written[1], "noted", "p")
        assert events.get_event(tx, "definition/x", 3) is None
        assert events.head_of(tx, "definition/x") == (2, written[1].hash)
        assert events.head_of(tx, "definition/none") == events.head_of(tx, "case/none") == (0, FIRST_PREV)
