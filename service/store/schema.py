"""The schema's versions: bring a database to the newest, refuse one that is newer than this program."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from service.domain.errors import Conflict
from service.store.session import normal_url
from service.store.tables import metadata

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
    """Bring the database to the newest schema; answers the revision. SchemaNewer when it is ahead of this program."""
    engine = create_engine(normal_url(url), poolclass=NullPool)
    config = _config()
    with engine.begin() as connection:
        _refuse_newer(MigrationContext.configure(connection).get_current_revision())
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest_revision()


def differences(url: str) -> list[object]:
    """What the database has otherwise than the tables of this program say; empty when they agree."""
    engine = create_engine(normal_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))


def _refuse_newer(current: str | None) -> None:
    if current is None:
        return
    try:
        ScriptDirectory.from_config(_config()).get_revision(current)
    except CommandError as error:
        raise SchemaNewer("schema.newer", current=current, newest=newest_revision()) from error


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    return config
