"""Connections and transactions. This is the only file in the house that commits.

SQLite: WAL, synchronous=FULL (an acknowledged step survives a power cut), BEGIN IMMEDIATE, one writer lock per process.
PostgreSQL: READ COMMITTED with row locks to write, a read-only snapshot to read; no invariant rests on SERIALIZABLE.
"""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from service.domain.errors import Invalid, Unavailable
from service.store.failpoints import point
from service.store.listening import CHANNEL, Listener, LocalListener, NotifyListener
from service.store.presence import others_on_file, others_on_server, process_name

BUSY_SECONDS = 30


@dataclass(slots=True)
class Transaction:
    """A handle that only the store looks into. ``wake``: there will be work for workers once this is committed.

    ``writes`` is False where nothing is kept.
    """

    connection: Connection
    dialect: str
    wake: bool = field(default=False)
    writes: bool = True


class Database:
    """One database. ``url``: ``sqlite:///path`` or ``postgresql+psycopg://...`` (``postgresql://`` is understood too)."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = normal_url(url)
        self._writer, self._reader = _engines(self.url, pool_size)
        self.dialect = self._writer.dialect.name
        self._lock = threading.Lock()
        self._listeners: set[LocalListener] = set()

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
                point("tx_ready")
            point("tx_committed")
            if tx.wake:
                for listener in tuple(self._listeners):
                    listener.ring()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """A read transaction with one consistent view; nothing it does is kept."""
        with _answering(), self._reader.connect() as connection, connection.begin() as transaction:
            yield Transaction(connection, self.dialect, writes=False)
            transaction.rollback()

    @contextmanager
    def rehearse(self) -> Iterator[Transaction]:
        """Like ``begin``, but nothing is kept, however well the block ends: for saying beforehand what would be done."""
        with suppress(_Rehearsed), self.begin() as tx:
            yield tx
            tx.wake = False
            raise _Rehearsed

    def ping(self) -> None:
        """Unavailable when the database does not answer, or is none."""
        try:
            with _answering(), self._reader.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DatabaseError as error:  # a file that is something else
            raise Unavailable("database.unavailable") from error

    def schema_revision(self) -> str | None:
        """The migration the database is at, or None when it is empty."""
        with _answering(), self._reader.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return str(found) if found else None

    def others(self) -> list[str]:
        """Other processes of ours that have the database open, by name where it can be told. Closes this one's idle connections."""
        if self.dialect == "sqlite":
            self.close()
            path = self.url.removeprefix("sqlite:///")
            return ["SQLite"] if path != self.url and others_on_file(Path(path)) else []
        with _answering(), self._reader.connect() as connection:
            return others_on_server(connection)

    def size(self) -> int:
        """Bytes the database takes on its disk."""
        with _answering(), self._reader.connect() as connection:
            query = (
                "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
                if self.dialect == "sqlite"
                else "SELECT pg_database_size(current_database())"
            )
            return int(connection.execute(text(query)).scalar_one())

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """An ear for one worker, open from now on: whatever is told while the worker is busy is heard at the next wait."""
        made: Listener = LocalListener(self._listeners) if self.dialect == "sqlite" else NotifyListener(self.url)
        try:
            yield made
        finally:
            made.close()

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()


class _Rehearsed(Exception):
    """Rolls a rehearsal back."""


@contextmanager
def _answering() -> Iterator[None]:
    """A lost connection, a full disk, a deadlock: the caller may try again, and need not know the driver."""
    try:
        yield
    except (OperationalError, InterfaceError, NoConnection) as error:
        raise Unavailable("database.unavailable") from error
    except DataError as error:  # a NUL character in an address, a name longer than its column
        raise Invalid("database.unfit") from error


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
        return embedded_engine(url, begin="BEGIN IMMEDIATE"), embedded_engine(url, begin="BEGIN")
    engine = create_engine(
        url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, hide_parameters=True,
        connect_args={"application_name": process_name()},
    )  # fmt: skip
    # Reading many tables, or a chain and its head, must show one moment of the database.
    return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def embedded_engine(url: str, *, begin: str, foreign_keys: bool = True) -> Engine:
    """SQLite as this house uses it. ``begin``: what a transaction opens with."""
    switch = "ON" if foreign_keys else "OFF"
    engine = create_engine(
        url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin by itself
        _into_wal(connection)
        for pragma in ("synchronous=FULL", f"foreign_keys={switch}", f"busy_timeout={BUSY_SECONDS}000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _into_wal(connection: Any) -> None:
    """Two that open a new file at once both want to switch it; SQLite refuses one of them at once, whatever its patience."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return
