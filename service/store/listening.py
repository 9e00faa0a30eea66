"""Hearing that there is work, instead of asking all the time. Polling stays the net under it.

On PostgreSQL a listener keeps a connection of its own that listens from the first moment on: what is told while its worker
is busy waits in the connection, so nothing falls between a look at the jobs and the wait. On SQLite all workers live in the
service's process, and a commit rings them there.
"""

import selectors
import socket
import threading
from contextlib import suppress
from typing import Any, Protocol

import psycopg
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from service.store.presence import process_name

CHANNEL = "oneseal_jobs"


class Listener(Protocol):
    """One waiter's ear. ``wait`` answers True when there may be work, False after ``seconds`` without a word."""

    def wait(self, seconds: float) -> bool: ...

    def ring(self) -> None: ...

    def close(self) -> None: ...


class LocalListener:
    """Rung by commits of its own process; ``among`` is the set of those who are rung."""

    def __init__(self, among: set["LocalListener"]) -> None:
        self._among, self._rung = among, threading.Event()
        among.add(self)

    def wait(self, seconds: float) -> bool:
        rung = self._rung.wait(seconds)
        self._rung.clear()
        return rung

    def ring(self) -> None:
        self._rung.set()

    def close(self) -> None:
        self._among.discard(self)


class NotifyListener:
    """Told by PostgreSQL. A lost connection is opened again; until then the waiter polls."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"application_name": process_name()}
        )
        self._connection: Connection | None = None
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._open()

    def wait(self, seconds: float) -> bool:
        if self._connection is None and self._open():
            return True  # nobody listened for a while: look
        driver: Any = self._connection.connection.driver_connection if self._connection else None
        try:
            heard = self._hear(driver, seconds)
            if driver in heard:
                list(driver.notifies(timeout=0))  # however many came, they are one reason to look
            if self._ear in heard:
                self._ear.recv(1024)
        except (psycopg.Error, SQLAlchemyError, OSError):
            self._lose()
            return True
        return bool(heard)

    def _hear(self, driver: Any, seconds: float) -> list[Any]:
        with selectors.DefaultSelector() as ready:
            for source in (self._ear, driver):
                if source is not None:
                    ready.register(source, selectors.EVENT_READ)
            return [key.fileobj for key, _ in ready.select(seconds)]

    def ring(self) -> None:
        with suppress(OSError):  # closed meanwhile
            self._bell.send(b"!")

    def close(self) -> None:
        self._lose()
        self._ear.close()
        self._bell.close()

    def _open(self) -> bool:
        try:
            connection = self._engine.connect()
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        except SQLAlchemyError:
            return False
        self._connection = connection
        return True

    def _lose(self) -> None:
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None
