"""Connections and transactions. This is the only file in the house that commits.

SQLite: WAL, synchronous=FULL (an acknowledged step survives a power cut), BEGIN IMMEDIATE, one writer lock per process.
PostgreSQL: READ COMMITTED with row locks; no invariant rests on SERIALIZABLE.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import InterfaceError, OperationalError

from service.domain.errors import Unavailable

CHANNEL = "oneseal_jobs"
BUSY_SECONDS = 30


@dataclass(slots=True)
class Transaction:
    """A handle that only the store looks into. ``after_commit`` holds what to tell others once it is true."""

    connection: Connection
    dialect: str
    wake: bool = field(default=False)


class Database:
    """One database. ``url``: ``sqlite:///path`` or ``postgresql+psycopg://...`` (``postgresql://`` is understood too)."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = normal_url(url)
        self._writer, self._reader = _engines(self.url, pool_size)
        self.dialect = self._writer.dialect.name
        self._lock = threading.Lock()
        self._work = threading.Event()

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """A write transaction: committed when the block ends well, rolled back on any exception."""
        if self.dialect == "sqlite":
            with self._lock, self._transaction() as tx:
                yield tx
        else:
            with self._transaction() as tx:
                yield tx

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        with _answering(), self._writer.connect() as connection:
            tx = Transaction(connection, self.dialect)
            with connection.begin():
                yield tx
            if tx.wake:
                self._work.set()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read transaction with one consistent view; nothing it does is kept."""
        with _answering(), self._reader.connect() as connection, connection.begin() as transaction:
            yield Transaction(connection, self.dialect)
            transaction.rollback()

    def ping(self) -> None:
        """Raises when the database does not answer."""
        with self._reader.connect() as connection:
            connection.execute(text("SELECT 1"))

    def schema_revision(self) -> str | None:
        """The migration the database is at, or None when it is empty."""
        with self._reader.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found) if found else None

    def wait_for_work(self, seconds: float) -> bool:
        """Return when somebody made work for workers, or after ``seconds``; polling stays the net under it."""
        if self.dialect == "sqlite":
            woken = self._work.wait(seconds)
            self._work.clear()
            return woken
        return self._listen(seconds)

    def _listen(self, seconds: float) -> bool:
        with self._reader.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute(f"LISTEN {CHANNEL}")
            try:
                return any(True for _ in driver.notifies(timeout=seconds, stop_after=1))
            finally:
                driver.execute(f"UNLISTEN {CHANNEL}")

    def stop_waiting(self) -> None:
        """Wake a waiter of this process, for a graceful stop."""
        self._work.set()

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


@contextmanager
def _answering() -> Iterator[None]:
    """A lost connection, a full disk, a deadlock: the caller may try again, and need not know the driver."""
    try:
        yield
    except (OperationalError, InterfaceError, TimeoutError) as error:
        raise Unavailable("database.unavailable") from error


def notify_work(tx: Transaction) -> None:
    """Tell workers when this transaction commits that there is something to do."""
    tx.wake = True
    if tx.dialect == "postgresql":
        tx.connection.execute(text(f"NOTIFY {CHANNEL}"))


def normal_url(url: str) -> str:
    """``postgresql://`` means psycopg 3 here."""
    for head in ("postgresql://", "postgres://"):
        if url.startswith(head):
            return "postgresql+psycopg://" + url.removeprefix(head)
    return url


def _engines(url: str, pool_size: int) -> tuple[Engine, Engine]:
    if url.startswith("sqlite"):
        writer, reader = _sqlite(url, begin="BEGIN IMMEDIATE"), _sqlite(url, begin="BEGIN")
        return writer, reader
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
    # Reading many tables, or a chain and its head, must show one moment of the database.
    return engine, engine.execution_options(isolation_level="REPEATABLE READ")


def _sqlite(url: str, *, begin: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS}000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
