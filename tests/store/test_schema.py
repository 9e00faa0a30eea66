"""The schema's versions."""

from collections.abc import Iterator

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from service.store.schema import SchemaNewer, differences, migrate, newest_revision
from service.store.session import Database, normal_url
from service.store.tables import metadata
from tests.databases import Shelf
from tests.store.together import at_once


@pytest.fixture
def empty_url(shelf: Shelf) -> Iterator[str]:
    """A database without any table."""
    name = f"bare{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    yield url
    shelf.drop(url)


def tables(url: str) -> set[str]:
    engine = create_engine(normal_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        return set(inspect(connection).get_table_names())


def execute(url: str, statement: str) -> None:
    with create_engine(normal_url(url), poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def test_it_brings_an_empty_database_to_the_newest_schema_which_is_that_of_the_tables(empty_url: str) -> None:
    assert tables(empty_url) == set()
    assert migrate(empty_url) == newest_revision()
    assert tables(empty_url) == set(metadata.tables) | {"alembic_version"}
    assert differences(empty_url) == []


def test_doing_it_again_changes_nothing(database_url: str) -> None:
    assert migrate(database_url) == newest_revision()
    assert differences(database_url) == []


def test_it_sees_a_table_that_is_otherwise(database_url: str) -> None:
    execute(database_url, "ALTER TABLE counter ADD COLUMN surprise INTEGER")
    assert differences(database_url) != []


def test_it_refuses_a_database_of_a_newer_program_and_leaves_it_alone(database_url: str) -> None:
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaNewer, match="9999"):
        migrate(database_url)
    database = Database(database_url)
    assert database.schema_revision() == "9999"
    database.close()


def test_the_revision_of_an_empty_database_is_none(empty_url: str) -> None:
    database = Database(empty_url)
    assert database.schema_revision() is None
    database.close()


def test_two_processes_that_start_together_take_turns(empty_url: str) -> None:
    assert at_once([lambda: migrate(empty_url)] * 2) == [newest_revision()] * 2
    assert differences(empty_url) == []


def test_a_migration_that_fails_leaves_nothing_of_itself(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def stumble(config: Config, revision: str) -> None:
        upgrade(config, revision)
        raise RuntimeError("power cut")

    monkeypatch.setattr(command, "upgrade", stumble)
    with pytest.raises(RuntimeError, match="power cut"):
        migrate(empty_url)
    assert tables(empty_url) == set()
