"""The schema's versions: bring a database to the newest, refuse one that is newer than this program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine, text

from service.domain.errors import Conflict
from service.store.session import embedded_engine, normal_url
from service.store.tables import metadata

MIGRATION_LOCK = 20221014  # any number, the same in every process
FOLDER = Path(__file__).parent / "migrations"


class SchemaNewer(Conflict):
    """The database was made by a newer program; this one must not touch it."""

    code = "schema-newer"


def newest_revision() -> str:
    """The migration this program knows last."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head
    return head


def migrate(url: str) -> str:
    """Bring the database to the newest schema; answers the revision. SchemaNewer when it is ahead of this program.

    Processes that start together take turns, and a migration that fails leaves nothing of itself, on both databases.
    """
    config = _config()
    with _engine(url) as engine, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        _refuse_newer(MigrationContext.configure(connection).get_current_revision())
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest_revision()


def differences(url: str) -> list[object]:
    """What the database has otherwise than the tables of this program say; empty when they agree."""
    with _engine(url) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def _refuse_newer(current: str | None) -> None:
    if current is None:
        return
    try:
        ScriptDirectory.from_config(_config()).get_revision(current)
    except CommandError as error:
        raise SchemaNewer("schema.newer", current=current, newest=newest_revision()) from error


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    if url.startswith("sqlite"):
        # A migration that copies a table drops the old one; foreign keys would take its rows along.
        engine = embedded_engine(url, begin="BEGIN IMMEDIATE", foreign_keys=False)
    else:
        engine = create_engine(normal_url(url))
    try:
        yield engine
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
