"""A database with the example county, for the folders that tell of it."""

from collections.abc import Iterator

from tests.databases import Shelf
from tests.story import prepare_county


def fresh_county(shelf: Shelf) -> Iterator[str]:
    """Its URL while it is needed."""
    url = shelf.fresh("county", prepare_county)
    yield url
    shelf.drop(url)
