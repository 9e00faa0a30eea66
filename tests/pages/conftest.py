"""The pages of the small stage."""

from collections.abc import Iterator

import pytest

from service.store.session import Database
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.pages.visitor import Visit


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    url = shelf.fresh("stage", prepare)
    yield url
    shelf.drop(url)


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def visit(stage: Stage) -> Iterator[Visit]:
    with Visit(stage) as opened:
        yield opened
