"""The same kind of writes with the driver alone, nothing decided: read a case, change it and its task, add a task and a sealed event."""

import sqlite3
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import func, select

from service.store.session import Database
from service.store.tables import case_, event, event_payload, task

TABLES = (
    "CREATE TABLE bare_case (id TEXT PRIMARY KEY, version INTEGER NOT NULL, state {bytes} NOT NULL)",
    "CREATE TABLE bare_task (id TEXT PRIMARY KEY, case_id TEXT NOT NULL, status TEXT NOT NULL, input TEXT NOT NULL)",
    "CREATE INDEX bare_task_case ON bare_task (case_id)",
    "CREATE TABLE bare_event (chain TEXT, seq INTEGER, hash TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (chain, seq))",
    "CREATE TABLE bare_payload (chain TEXT, seq INTEGER, content TEXT NOT NULL, PRIMARY KEY (chain, seq))",
)
STATEMENTS = (
    "SELECT version, state FROM bare_case WHERE id = ?",
    "UPDATE bare_case SET version = ?, state = ? WHERE id = ? AND version = ?",
    "UPDATE bare_task SET status = 'completed' WHERE id = ?",
    "INSERT INTO bare_task VALUES (?, ?, 'open', ?)",
    "INSERT INTO bare_event VALUES (?, ?, ?, ?)",
    "INSERT INTO bare_payload VALUES (?, ?, ?)",
)


class Sizes:
    """How long the real rows are, so that the bare ones are as long."""

    def __init__(self, database: Database) -> None:
        columns = {
            "state": case_.c.state,
            "input": task.c.input,
            "body": event.c.body,
            "payload": event_payload.c.content,
        }
        with database.read() as tx:
            found = {
                k: tx.connection.execute(select(func.avg(func.length(c)))).scalar_one() for k, c in columns.items()
            }
        self.state, self.input = b"s" * int(found["state"]), "i" * int(found["input"])
        self.body, self.payload = "b" * int(found["body"]), "p" * int(found["payload"])


class Bare:
    """One connection. ``lock`` keeps SQLite's writers of a process apart, as the service does."""

    def __init__(self, url: str, sizes: Sizes, lock: AbstractContextManager[Any] | None = None) -> None:
        self.sizes, self._lock = sizes, lock or nullcontext()
        self._sqlite = url.startswith("sqlite")
        self._connection: Any = _sqlite(url) if self._sqlite else psycopg.connect(url, autocommit=True)
        self._statements = [s if self._sqlite else s.replace("?", "%s") for s in STATEMENTS]

    def make_tables(self, cases: int) -> None:
        for table in TABLES:
            self._connection.execute(table.format(bytes="BLOB" if self._sqlite else "BYTEA"))
        for number in range(cases):
            mark = "(?, 0, ?)" if self._sqlite else "(%s, 0, %s)"
            self._connection.execute(f"INSERT INTO bare_case VALUES {mark}", (f"case-{number}", self.sizes.state))

    def step(self, case_id: str) -> None:
        with self._lock:
            self._step(case_id)

    def _step(self, case_id: str) -> None:
        look, change, close, open_, seal, keep = self._statements
        run, sizes = self._connection.execute, self.sizes
        run("BEGIN IMMEDIATE" if self._sqlite else "BEGIN")
        version, _ = run(look if self._sqlite else f"{look} FOR UPDATE", (case_id,)).fetchone()
        run(change, (version + 1, sizes.state, case_id, version))
        run(close, (f"{case_id}.{version}",))
        run(open_, (f"{case_id}.{version + 1}", case_id, sizes.input))
        run(seal, (case_id, version + 1, "0" * 64, sizes.body))
        run(keep, (case_id, version + 1, sizes.payload))
        run("COMMIT")

    def close(self) -> None:
        self._connection.close()


def _sqlite(url: str) -> sqlite3.Connection:
    path = Path(url.removeprefix("sqlite:///"))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        with closing(connection.execute(f"PRAGMA {pragma}")):
            pass
    return connection
