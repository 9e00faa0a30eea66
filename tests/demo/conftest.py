"""One fresh SQLite file, for what does not depend on the database."""

from collections.abc import Iterator

import pytest

from tests.databases import Folder


@pytest.fixture
def sqlite_url(folder: Folder) -> Iterator[str]:
    url = folder.fresh()
    yield url
    folder.drop(url)
