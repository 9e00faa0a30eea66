"""The example county with its shipped diagrams, on every database."""

from collections.abc import Iterator

import pytest

from tests.county import fresh_county
from tests.databases import Folder, Shelf


@pytest.fixture
def county_url(shelf: Shelf) -> Iterator[str]:
    yield from fresh_county(shelf)


@pytest.fixture
def embedded_url(folder: Folder) -> Iterator[str]:
    """On SQLite alone, for what does not depend on the database."""
    yield from fresh_county(folder)
