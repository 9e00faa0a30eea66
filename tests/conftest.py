"""Fixtures for everybody: ``database`` is a fresh one, once on SQLite and once on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.schema import migrate
from service.store.session import Database
from tests.databases import Server, postgresql


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "oneseal.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgresql() as found:
        if found is None:
            message = "no PostgreSQL: install Debian's postgresql package or set ONESEAL_TEST_POSTGRES"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "oneseal.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    running: Server = request.getfixturevalue("server")
    url = running.fresh()
    yield url
    running.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, pool_size=10)
    yield opened
    opened.close()
