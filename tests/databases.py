"""Databases for tests: a fresh one for every test, on SQLite and on PostgreSQL, real ones only.

PostgreSQL comes from ONESEAL_TEST_POSTGRES (a URL of a server where databases may be made), else from binaries found on this
machine, started in memory. Without either the PostgreSQL tests are skipped loudly, and fail when CI is set.
"""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.store.schema import migrate
from service.store.session import Database, normal_url
from tools.postgres import binaries, started

Prepare = Callable[[str], object]


class Shelf(ABC):
    """Gives fresh databases: copies of templates, each made once in a run, so that a test starts in milliseconds."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.names = (f"{number}" for number in count(1))

    def fresh(self, kind: str = "empty", prepare: Prepare = migrate) -> str:
        """The URL of a new copy. ``prepare(url)`` fills the template the first time, and leaves no connection open."""
        if kind not in self.kinds:
            self._make_template(kind, prepare)
        name = next(self.names)
        self.create(name, template=f"template_{kind}")
        return self.url_of(name)

    def _make_template(self, kind: str, prepare: Prepare) -> None:
        if kind == "empty":
            self.create("template_empty", template=None)
        else:
            if "empty" not in self.kinds:
                self._make_template("empty", migrate)
            self.create(f"template_{kind}", template="template_empty")
        prepare(self.url_of(f"template_{kind}"))
        self.kinds.add(kind)

    @abstractmethod
    def create(self, name: str, *, template: str | None) -> None: ...

    @abstractmethod
    def url_of(self, name: str) -> str: ...

    @abstractmethod
    def drop(self, url: str) -> None: ...


class Folder(Shelf):
    """SQLite files in one folder."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def create(self, name: str, *, template: str | None) -> None:
        if template:
            shutil.copy(self.path / f"{template}.db", self.path / f"{name}.db")

    def url_of(self, name: str) -> str:
        return f"sqlite:///{self.path / name}.db"

    def drop(self, url: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + ending).unlink(missing_ok=True)


class Server(Shelf):
    """Databases of a PostgreSQL server; ``url`` ends with a slash."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.mark = f"t{os.getpid()}_"

    def create(self, name: str, *, template: str | None) -> None:
        copied = f" TEMPLATE {self.mark}{template} STRATEGY FILE_COPY" if template else ""
        self._run(f"CREATE DATABASE {self.mark}{name}{copied}")

    def url_of(self, name: str) -> str:
        return f"{self.url}{self.mark}{name}"

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def drop_templates(self) -> None:
        for kind in self.kinds:
            self.drop(self.url_of(f"template_{kind}"))

    def _run(self, statement: str) -> None:
        engine = create_engine(normal_url(self.url + "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def postgresql() -> Iterator[Server | None]:
    """The server for a whole test run, or None where there is none."""
    given, found = os.environ.get("ONESEAL_TEST_POSTGRES"), binaries()
    if given:
        server = Server(given.rstrip("/") + "/")
        yield server
        server.drop_templates()
    elif found:
        with started(found) as url:
            yield Server(url)
    else:
        yield None


def tamper(database: Database, chain: str, seq: int) -> None:
    """What a dishonest database administrator can do: one byte of an event changed."""
    change = "UPDATE event SET body = replace(body, '\"v\"\\:1', '\"v\"\\:2') WHERE chain = :chain AND seq = :seq"
    forge(database, change, chain=chain, seq=seq)


def forge(database: Database, *statements: str, **values: object) -> None:
    """Run the statements with the triggers off that keep events and items; each changes one row."""
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.begin() as connection:
        for table in ("event", "event_payload", "item"):
            if database.dialect == "sqlite":
                for what in ("update", "delete"):
                    connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{what}"))
            else:
                connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        for statement in statements:
            assert connection.execute(text(statement), values).rowcount == 1, statement
