"""The example county with its shipped diagrams, on every database."""

from collections.abc import Iterator

import pytest

from tests.county import fresh_county
from tests.databases import Shelf
from tests.story import Story


@pytest.fixture
def county_url(shelf: Shelf) -> Iterator[str]:
    yield from fresh_county(shelf)


@pytest.fixture
def story(county_url: str) -> Iterator[Story]:
    with Story(county_url) as told:
        yield told
