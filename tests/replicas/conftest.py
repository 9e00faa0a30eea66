"""An installation with the example county, on PostgreSQL."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.county import fresh_county
from tests.databases import Server


@pytest.fixture
def county_url(server: Server) -> Iterator[str]:
    yield from fresh_county(server)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """For the proxy; short, for it becomes part of addresses."""
    with tempfile.TemporaryDirectory(prefix="oneseal-proxy-", dir=tmp_path) as made:
        yield Path(made)
