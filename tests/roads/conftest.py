"""The example county with its shipped diagrams, on every database."""

from collections.abc import Iterator

import pytest

from tests.databases import Shelf
from tests.story import Story, prepare_county


@pytest.fixture
def county_url(shelf: Shelf) -> Iterator[str]:
    url = shelf.fresh("county", prepare_county)
    yield url
    shelf.drop(url)


@pytest.fixture
def story(county_url: str) -> Iterator[Story]:
    with Story(county_url) as told:
        yield told
