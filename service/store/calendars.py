"""The table of working days."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from service.store.rows import put_all
from service.store.session import Transaction
from service.store.tables import calendar_day


def put_days(tx: Transaction, days: Mapping[date, bool], *, source: str) -> None:
    """Set days to working (True) or rest (False); ``source`` names where the knowledge came from."""
    put_all(tx, calendar_day, [{"day": day, "working": working, "source": source} for day, working in days.items()])


def load_days(tx: Transaction) -> dict[date, bool]:
    rows = tx.connection.execute(select(calendar_day.c.day, calendar_day.c.working))
    return {row.day: row.working for row in rows}
