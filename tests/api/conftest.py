"""The service of the small stage, asked over HTTP; the machine's work is done by hand with ``stage.work()``."""

from collections.abc import Iterator

import pytest

from service.store.session import Database
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.api.desk import Desk
from tests.databases import Shelf


@pytest.fixture
def database_url(shelf: Shelf) -> Iterator[str]:
    url = shelf.fresh("stage", prepare)
    yield url
    shelf.drop(url)


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def desk(stage: Stage) -> Iterator[Desk]:
    with Desk(stage) as opened:
        yield opened
