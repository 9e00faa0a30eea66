"""The floor, on every database."""

from collections.abc import Iterator

import pytest

from service.store.session import Database
from tests.actions.conftest import prepare
from tests.databases import Server, Shelf
from tests.worker.floor import Floor


@pytest.fixture
def floor(shelf: Shelf) -> Iterator[Floor]:
    url = shelf.fresh("stage", prepare)
    database = Database(url, pool_size=10)
    yield Floor(database)
    database.close()
    shelf.drop(url)


@pytest.fixture
def big_floor(server: Server) -> Iterator[Floor]:
    """On PostgreSQL, where many workers and processes write at the same time."""
    url = server.fresh("stage", prepare)
    database = Database(url, pool_size=10)
    yield Floor(database)
    database.close()
    server.drop(url)
