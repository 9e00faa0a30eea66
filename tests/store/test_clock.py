"""How far the demo clock was moved."""

from datetime import timedelta

from service.store.clock import clock_offset, set_clock_offset
from service.store.session import Database


def test_it_is_nought_until_somebody_moves_it(database: Database) -> None:
    with database.begin() as tx:
        assert clock_offset(tx) == timedelta(0)
        set_clock_offset(tx, timedelta(days=30, seconds=1))
        set_clock_offset(tx, timedelta(days=31))
    with database.read() as tx:
        assert clock_offset(tx) == timedelta(days=31)
