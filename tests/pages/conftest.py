"""The pages of the small stage."""

from collections.abc import Iterator

import pytest

from service.api.provider import forget_provider
from service.store.session import Database
from tests.actions.conftest import prepare
from tests.actions.stage import Stage
from tests.api.hall import staffed
from tests.api.identity_provider import IdentityProvider
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


@pytest.fixture
def provider(stage: Stage) -> Iterator[IdentityProvider]:
    """On the loopback, with the stage's clock; clerk sits before it."""
    staffed(stage)
    forget_provider()
    with IdentityProvider(lambda: stage.now) as opened:
        yield opened


@pytest.fixture
def at_provider(stage: Stage, provider: IdentityProvider) -> Iterator[Visit]:
    """The pages of a county that signs in there."""
    with Visit(stage, **provider.settings()) as opened:
        yield opened
