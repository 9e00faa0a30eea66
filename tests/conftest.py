"""Fixtures for everybody: ``database`` is a fresh one, once on SQLite and once on PostgreSQL."""

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from service.store.session import Database
from tests.databases import Folder, Server, Shelf, postgresql
from tools.postgres import fast_folder

APART = {
    "web": "browser",
    "roads": "road",
    "upgrade": "road",
    "replicas": "road",
    "containers": "road",
    "manual": "road",
    "gate": "gate",
    "long": "long",
    "fuzz": "fuzz",
    "faults": "faults",
}
SLOWER = ("gate", "fuzz", "faults", "long")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folders that are parts of their own carry their mark; tests elsewhere may carry it by hand."""
    for item in items:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        if room in APART and not any(item.get_closest_marker(mark) for mark in SLOWER):
            item.add_marker(APART[room])


# Requests that went well are no news in a test's output, and drawing a traceback with colours takes seconds.
structlog.configure(
    processors=[
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.processors.KeyValueRenderer(),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
)


@pytest.fixture(scope="session")
def folder() -> Iterator[Folder]:
    """In memory where the machine offers it: the same SQLite, without waiting for the disk."""
    path = Path(tempfile.mkdtemp(prefix="oneseal-test-", dir=fast_folder()))
    yield Folder(path)
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with postgresql() as found:
        if found is None:
            message = "no PostgreSQL: `make test` fetches one, or set ONESEAL_TEST_POSTGRES to the URL of a server"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    """Where fresh databases come from. A test that wants a prepared one: ``shelf.fresh("name", prepare)``."""
    found: Shelf = request.getfixturevalue("folder" if request.param == "sqlite" else "server")
    return found


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    """The URL of a fresh, migrated database."""
    url = shelf.fresh()
    yield url
    shelf.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url, pool_size=10)
    yield opened
    opened.close()
