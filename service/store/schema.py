"""The schema's versions: bring a database to the newest, refuse one that is newer than this program, say what a version looks like."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, MetaData, create_engine, text
from sqlalchemy.exc import InterfaceError, OperationalError

from service.domain.errors import Conflict
from service.store.presence import process_name
from service.store.session import Transaction, embedded_engine, normal_url
from service.store.tables import metadata

MIGRATION_LOCK = 20221014  # any number, the same in every process
VERSIONS = "alembic_version"
FOLDER = Path(__file__).parent / "migrations"


class SchemaNewer(Conflict):
    """The database was made by a newer program; this one must not touch it."""

    code = "schema-newer"


@dataclass(frozen=True, slots=True)
class Step:
    """One migration. ``title``: the first line of its docstring."""

    revision: str
    title: str


class Moving:
    """The one transaction in which a schema is moved, open for whoever has more to do in it."""

    def __init__(self, tx: Transaction) -> None:
        self.tx = tx

    def revision(self) -> str | None:
        """Where the database is now; None when it is empty."""
        return MigrationContext.configure(self.tx.connection).get_current_revision()

    def to(self, revision: str = "head") -> None:
        """Forward to this revision. SchemaNewer when the database is ahead of this program."""
        must_be_known(self.revision())
        config = _config()
        config.attributes["connection"] = self.tx.connection
        command.upgrade(config, revision)


def newest_revision() -> str:
    """The migration this program knows last."""
    head = _scripts().get_current_head()
    assert head
    return head


def steps_after(revision: str | None) -> list[Step]:
    """What is to be done to a database at ``revision``, in order. SchemaNewer when it is ahead of this program."""
    must_be_known(revision)
    found = _scripts().iterate_revisions("head", revision or "base")
    return [Step(each.revision, (each.doc or "").strip()) for each in reversed(list(found))]


def must_be_known(revision: str | None) -> None:
    """SchemaNewer unless this program has that migration, or there was none yet."""
    if revision is None:
        return
    try:
        _scripts().get_revision(revision)
    except CommandError as error:
        raise SchemaNewer("schema.newer", current=revision, newest=newest_revision()) from error


def migrate(url: str) -> str:
    """Bring the database to the newest schema; answers the revision. SchemaNewer when it is ahead of this program."""
    with moving(url) as schema:
        schema.to()
    return newest_revision()


@contextmanager
def moving(url: str, *, keep: bool = True, patience: float = 0) -> Iterator[Moving]:
    """A transaction for moving the schema: committed when the block ends well, unless it is only tried (``keep=False``).

    Processes that start together take turns, and a migration that fails leaves nothing of itself, on both databases. Conflict with the
    database's own words when it gives up: a full disk, a lost connection, a table in use. ``patience``: seconds to wait for a table that somebody else is using; 0 waits for ever.
    """
    with _told(), suppress(_OnlyTried), _engine(url) as engine, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": f"{patience}s"})
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        yield Moving(Transaction(connection, connection.dialect.name))
        if not keep:
            raise _OnlyTried


def differences(url: str) -> list[object]:
    """What the database has otherwise than the tables of this program say; empty when they agree."""
    with _engine(url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


@cache
def tables_at(revision: str) -> MetaData:
    """The tables as the migrations make them up to ``revision``, found by doing them in memory."""
    found = MetaData()
    with moving("sqlite://") as schema:
        schema.to(revision)
        found.reflect(schema.tx.connection)
    found.remove(found.tables[VERSIONS])
    return found


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise Conflict("schema.not_moved", why=str(error.orig).strip()) from error


class _OnlyTried(Exception):
    """Rolls a trial back."""


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    if url.startswith("sqlite"):
        # A migration that copies a table drops the old one; foreign keys would take its rows along.
        engine = embedded_engine(url, begin="BEGIN IMMEDIATE", foreign_keys=False)
    else:
        engine = create_engine(normal_url(url), connect_args={"application_name": process_name()})
    try:
        yield engine
    finally:
        engine.dispose()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
