"""Taking and bringing back, for tests: a database with cases in it, and databases to bring them back into."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.store.backup.archive import Archive, Manifest
from service.store.backup.bring_back import bring_back
from service.store.backup.take import take
from service.store.schema import newest_revision
from service.store.session import Database
from tests.actions.stage import Stage
from tests.databases import Shelf


class Bag:
    """``url``: the database that is kept; ``empty`` makes one to bring things back into."""

    def __init__(self, shelf: Shelf, url: str) -> None:
        self.shelf, self.url = shelf, url
        self.database = Database(url)
        self.stage = Stage(self.database)
        self._made: list[tuple[Shelf, str]] = []

    def empty(self, shelf: Shelf) -> str:
        name = f"back{next(shelf.names)}"
        shelf.create(name, template=None)
        self._made.append((shelf, shelf.url_of(name)))
        return shelf.url_of(name)

    def without_triggers(self, statement: str) -> None:
        """What a dishonest administrator of the database can do."""
        engine = create_engine(self.url if "sqlite" in self.url else self.database.url, poolclass=NullPool)
        with engine.begin() as connection:
            if self.database.dialect == "sqlite":
                found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
                for name in list(found):
                    connection.execute(text(f"DROP TRIGGER {name}"))
            else:
                for table in ("event", "event_payload"):
                    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            assert connection.execute(text(statement)).rowcount

    def without_keys(self, statement: str) -> None:
        engine = create_engine(self.database.url, poolclass=NullPool)
        with engine.begin() as connection:
            if self.database.dialect == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
            connection.execute(text(statement))

    def drop(self) -> None:
        self.database.close()
        for shelf, url in (*self._made, (self.shelf, self.url)):
            shelf.drop(url)


def saved(url: str, path: Path) -> Manifest:
    database = Database(url)
    try:
        with database.read() as tx:
            return take(tx, path, revision=database.schema_revision() or newest_revision(), at=datetime.now(UTC))[0]
    finally:
        database.close()


def restored(path: Path, url: str, *, replace: str = "") -> None:
    with Archive(path) as archive, bring_back(archive, url, replace=replace, now=datetime.now(UTC)):
        pass
