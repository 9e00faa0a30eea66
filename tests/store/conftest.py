"""Databases with a small county in them."""

from collections.abc import Iterator

import pytest

from service.store.session import Database
from tests.databases import Server, Shelf
from tests.store.county import found_county


def _prepare(url: str) -> None:
    database = Database(url)
    found_county(database)
    database.close()


@pytest.fixture
def county(shelf: Shelf) -> Iterator[Database]:
    """On SQLite and on PostgreSQL."""
    url = shelf.fresh("county", _prepare)
    database = Database(url, pool_size=10)
    yield database
    database.close()
    shelf.drop(url)


@pytest.fixture
def many_writers(server: Server) -> Iterator[Database]:
    """The county on PostgreSQL, for what needs two transactions that write at the same time; on SQLite writers take turns."""
    url = server.fresh("county", _prepare)
    database = Database(url, pool_size=10)
    yield database
    database.close()
    server.drop(url)
