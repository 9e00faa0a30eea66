"""The one clock. In service it is the machine's; in demo and tests it may be moved forward, and every event then says so."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from service.domain.errors import Conflict
from service.store.clock import clock_offset
from service.store.session import Transaction

DEMO = "demo"


def machine_time() -> datetime:
    return datetime.now(UTC)


class Clock:
    """``real`` is what moves; the offset of a demo lies in the database, so that all processes agree."""

    def __init__(self, *, demo: bool, real: Callable[[], datetime] = machine_time) -> None:
        self.demo, self._real = demo, real

    def now(self, tx: Transaction) -> datetime:
        """The moment of a transaction, read once."""
        return self._real() + clock_offset(tx) if self.demo else self._real()

    def real(self) -> datetime:
        """The machine's own time, for what a phone reckons with: it knows nothing of a demo's clock."""
        return self._real()

    def mark(self, tx: Transaction) -> str:
        """``demo`` once the clock was moved, for the history."""
        return DEMO if self.demo and clock_offset(tx) else ""

    def refuse_moved(self, tx: Transaction) -> None:
        """A database whose clock was moved in a demo must not be used in service: its deadlines are invented."""
        if not self.demo and clock_offset(tx) != timedelta(0):
            raise Conflict("clock.moved_database")
