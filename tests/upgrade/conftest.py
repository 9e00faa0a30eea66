"""A database of an earlier program, as it lay on its disk, on every database and for every program that is kept here."""

import lzma
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from service.store.session import normal_url
from tests.databases import Folder, Shelf

KEPT = Path(__file__).parent / "kept"
REVISIONS = sorted({path.name.partition(".")[0] for path in KEPT.glob("*.xz")})


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old_url(shelf: Shelf, revision: str) -> Iterator[str]:
    """A fresh copy of it, untouched by this program."""
    name = f"old{revision}_{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    if isinstance(shelf, Folder):
        Path(url.removeprefix("sqlite:///")).write_bytes(lzma.decompress((KEPT / f"{revision}.db.xz").read_bytes()))
    else:
        _play(url, lzma.decompress((KEPT / f"{revision}.sql.xz").read_bytes()).decode())
    yield url
    shelf.drop(url)


def _play(url: str, dump: str) -> None:
    """The statements of a dump; lines that begin with a backslash speak to the program psql."""
    statements = "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))
    with psycopg.connect(normal_url(url).replace("+psycopg", "")) as connection:
        connection.execute(statements.encode())
