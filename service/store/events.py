"""The sealed events. Append and read; triggers of the database refuse everything else."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from service.domain.history import FIRST_PREV, Index, SealedEvent
from service.domain.paging import Page
from service.store.failpoints import point
from service.store.rows import insert_new, one_page
from service.store.session import Transaction
from service.store.tables import case_, event, event_payload
from service.store.tables import chain as chain_table

BATCH = 500


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event with the columns it can be searched by."""

    sealed: SealedEvent
    case_id: str | None
    type: str
    at: datetime
    actor_id: str


def append(tx: Transaction, value: SealedEvent, *, case_id: str | None, type: str, at: datetime, actor_id: str) -> None:
    """Add the event and its payload; the key (chain, seq) refuses a second event with the same number."""
    tx.connection.execute(
        insert(event).values(
            chain=value.chain, seq=value.seq, prev=value.prev, hash=value.hash, body=value.body, case_id=case_id,
            type=type, at=at, actor_id=actor_id,
        )
    )  # fmt: skip
    point("event_half")
    tx.connection.execute(
        insert(event_payload).values(
            chain=value.chain, seq=value.seq, salt=value.salt, content=value.payload, erased=False
        )
    )


def chain_head(tx: Transaction, chain: str) -> tuple[int, str]:
    """(seq, hash) of the last event of a chain that is no case's, locked; (0, FIRST_PREV) for a new one."""
    insert_new(tx, chain_table, [{"chain": chain, "seq": 0, "hash": FIRST_PREV}])
    statement = select(chain_table).where(chain_table.c.chain == chain).with_for_update()
    row = tx.connection.execute(statement).one()
    return row.seq, row.hash


def set_chain_head(tx: Transaction, chain: str, seq: int, hash: str) -> None:
    tx.connection.execute(update(chain_table).where(chain_table.c.chain == chain).values(seq=seq, hash=hash))


def head_of(tx: Transaction, chain: str) -> tuple[int, str]:
    """(seq, hash) of the head of any chain, for looking; (0, FIRST_PREV) when it has none."""
    kind, _, id = chain.partition("/")
    if kind == "case":
        row = tx.connection.execute(select(case_.c.event_seq, case_.c.event_hash).where(case_.c.id == id)).first()
    else:
        row = tx.connection.execute(
            select(chain_table.c.seq, chain_table.c.hash).where(chain_table.c.chain == chain)
        ).first()
    return (row[0], row[1]) if row else (0, FIRST_PREV)


def read_chain(tx: Transaction, chain: str, *, after: int = 0, types: Collection[str] = ()) -> Iterator[SealedEvent]:
    """The chain in order, read in batches so that memory stays flat; ``types``: only events of these types."""
    while True:
        statement = _with_payload().where(event.c.chain == chain, event.c.seq > after)
        if types:
            statement = statement.where(event.c.type.in_(sorted(types)))
        rows = tx.connection.execute(statement.order_by(event.c.seq).limit(BATCH)).all()
        yield from (_sealed(row) for row in rows)
        if len(rows) < BATCH:
            return
        after = rows[-1].seq


def chains(tx: Transaction) -> list[tuple[str, int, str]]:
    """(chain, seq, hash) of every head, and chains that have events but no head, sorted by name."""
    heads = {
        f"case/{row.id}": (row.event_seq, row.event_hash)
        for row in tx.connection.execute(select(case_.c.id, case_.c.event_seq, case_.c.event_hash))
    }
    for row in tx.connection.execute(select(chain_table)):
        heads[row.chain] = (row.seq, row.hash)
    for name in tx.connection.execute(select(event.c.chain).distinct()).scalars():
        heads.setdefault(name, (0, FIRST_PREV))  # a head was removed: shows as a break
    return [(name, *heads[name]) for name in sorted(heads)]


def newest_of_case(tx: Transaction, case_id: str, types: Collection[str], *, limit: int) -> list[SealedEvent]:
    """The last ``limit`` events of these types, in order of entry."""
    statement = _with_payload().where(event.c.chain == f"case/{case_id}", event.c.type.in_(sorted(types)))
    rows = tx.connection.execute(statement.order_by(event.c.seq.desc()).limit(limit)).all()
    return [_sealed(row) for row in reversed(rows)]


def events_at(tx: Transaction, case_id: str, type: str, at: datetime) -> list[SealedEvent]:
    """What was recorded of this type at exactly that moment."""
    statement = _with_payload().where(event.c.chain == f"case/{case_id}", event.c.type == type, event.c.at == at)
    return [_sealed(row) for row in tx.connection.execute(statement.order_by(event.c.seq))]


def list_events(
    tx: Transaction, *, case_id: str | None = None, actor_id: str | None = None, type: str | None = None,
    types: Collection[str] = (), since: datetime | None = None, until: datetime | None = None,
    after: str | None = None, limit: int = 50, newest_first: bool = False,
) -> Page[StoredEvent]:  # fmt: skip
    """In the order they were recorded unless ``newest_first``. ``types``: any of these; ``until`` is no longer part of it."""
    statement = _with_payload()
    if types:
        statement = statement.where(event.c.type.in_(sorted(types)))
    if since:
        statement = statement.where(event.c.at >= since)
    if until:
        statement = statement.where(event.c.at < until)
    wanted = {event.c.case_id: case_id, event.c.actor_id: actor_id, event.c.type: type}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    order = [event.c.at, event.c.chain, event.c.seq]
    return one_page(tx, statement, _stored, order=order, after=after, limit=limit, newest_first=newest_first)


def get_event(tx: Transaction, chain: str, seq: int) -> StoredEvent | None:
    row = tx.connection.execute(_with_payload().where(event.c.chain == chain, event.c.seq == seq)).first()
    return _stored(row) if row else None


def _with_payload() -> Select[Any]:
    same = (event_payload.c.chain == event.c.chain) & (event_payload.c.seq == event.c.seq)
    return select(*event.c, event_payload.c.salt, event_payload.c.content, event_payload.c.erased).outerjoin(
        event_payload, same
    )


def _sealed(row: Any) -> SealedEvent:
    return SealedEvent(
        row.chain, row.seq, row.prev, hash=row.hash, body=row.body, salt=row.salt or "", payload=row.content,
        erased=bool(row.erased), index=Index(row.case_id, row.type, at=row.at, actor_id=row.actor_id),
    )  # fmt: skip


def _stored(row: Any) -> StoredEvent:
    return StoredEvent(_sealed(row), row.case_id, row.type, at=row.at, actor_id=row.actor_id)
