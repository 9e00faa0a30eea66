"""How far the demo clock was moved. In service the table is empty and the offset nought."""

from datetime import timedelta

from sqlalchemy import select

from service.store.rows import put
from service.store.session import Transaction
from service.store.tables import clock_setting


def clock_offset(tx: Transaction) -> timedelta:
    seconds = tx.connection.execute(select(clock_setting.c.offset_seconds).where(clock_setting.c.id == 1)).scalar()
    return timedelta(seconds=int(seconds or 0))


def set_clock_offset(tx: Transaction, offset: timedelta) -> None:
    put(tx, clock_setting, {"id": 1, "offset_seconds": round(offset.total_seconds())})
