"""The stage, on every database."""

import pytest

from service.store.session import Database
from tests.actions.stage import Stage, set_up


@pytest.fixture
def stage(database: Database) -> Stage:
    return set_up(database)
