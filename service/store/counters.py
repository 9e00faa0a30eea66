"""Gapless counters for numbering rules."""

from sqlalchemy import select, update

from service.store.failpoints import point
from service.store.rows import insert_new
from service.store.session import Transaction
from service.store.tables import counter


def next_number(tx: Transaction, name: str) -> int:
    """1, 2, 3 ...; the row stays locked until the transaction ends, so a rollback leaves no gap."""
    insert_new(tx, counter, [{"name": name, "value": 0}])
    tx.connection.execute(update(counter).where(counter.c.name == name).values(value=counter.c.value + 1))
    point("number_given")
    return int(tx.connection.execute(select(counter.c.value).where(counter.c.name == name)).scalar_one())


def lock_name(tx: Transaction, name: str) -> None:
    """Hold ``name`` until the transaction ends, so that one thing is begun once."""
    next_number(tx, f"lock/{name}")
