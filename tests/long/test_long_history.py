"""A long history is verified in little memory: a hundred thousand events need no more than some thousands."""

import tracemalloc
from datetime import timedelta
from time import thread_time

import pytest
from sqlalchemy import insert

from service.actions.verify_history import verify_history
from service.domain.history import seal
from service.store import events
from service.store.session import Database
from service.store.tables import event, event_payload
from tests.actions.stage import BEGIN
from tests.databases import tamper
from tests.long.conftest import Tell
from tests.long.lengths import LONG_SHARE, share

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
CHAIN = "definition/long"
EVENTS = share(100_000, LONG_SHARE)
BATCH = 1_000
SALT = "5a" * 16


def grow(database: Database, count: int) -> None:
    """So many more events on the chain, sealed as every event is, sent many at a time."""
    with database.begin() as tx:
        last, prev = events.chain_head(tx, CHAIN)
        rows, payloads = [], []
        for seq in range(last + 1, last + count + 1):
            personal = {"actor_name": "某人（虚构）", "opinion": "同意。" * 40}
            at = BEGIN + timedelta(seconds=seq)
            told = {"type": "test", "at": at.isoformat(), "actor": "system", "n": seq}
            one = seal(chain=CHAIN, seq=seq, prev=prev, salt=SALT, facts=told, personal=personal)
            prev = one.hash
            rows.append({"chain": CHAIN, "seq": seq, "prev": one.prev, "hash": one.hash, "body": one.body, "type": "test",
                         "at": at, "actor_id": "system"})  # fmt: skip
            payloads.append({"chain": CHAIN, "seq": seq, "salt": SALT, "content": one.payload, "erased": False})
        tx.connection.execute(insert(event), rows)
        tx.connection.execute(insert(event_payload), payloads)
        events.set_chain_head(tx, CHAIN, last + count, prev)


def verified(database: Database, count: int) -> int:
    """Bytes needed at most to verify; every event must have been looked at, and none be broken."""
    with database.read() as tx:
        tracemalloc.start()
        found = verify_history(tx)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert (found.chains, found.events, found.breaks) == (1, count, ())
    return peak


def test_a_long_history_is_verified_in_flat_memory(database: Database, tell: Tell) -> None:
    few = 2 * BATCH
    grow(database, few)
    verified(database, few)  # what is loaded once is loaded now
    little = verified(database, few)
    for _ in range(few, EVENTS, BATCH):
        grow(database, BATCH)
    begin = thread_time()
    much = verified(database, EVENTS)
    tell(
        f"{database.dialect}: {few} events {little / 1e6:.2f} MB, {EVENTS} events {much / 1e6:.2f} MB, {thread_time() - begin:.0f} s"
    )
    assert much <= 1.2 * little
    tamper(database, CHAIN, EVENTS - 1)
    with database.read() as tx:
        (broken,) = verify_history(tx).breaks
    assert (broken.chain, broken.seq, broken.what) == (CHAIN, EVENTS - 1, "hash")
