"""The stage, on every database."""

from collections.abc import Iterator

import pytest

from service.store.session import Database
from tests.actions.bookshelf import furnish
from tests.actions.stage import Stage, set_up
from tests.databases import Shelf


def prepare(url: str) -> None:
    database = Database(url)
    set_up(database)
    database.close()


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    """A database with the stage's organisations, people and small process."""
    url = shelf.fresh("stage", prepare)
    yield url
    shelf.drop(url)


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def shelf_stage(stage: Stage) -> Stage:
    """The stage with two departments and the reform office's clerks."""
    furnish(stage)
    return stage
