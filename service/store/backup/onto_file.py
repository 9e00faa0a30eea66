"""Bringing a backup back into a SQLite file: built beside its place, named when it is whole."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Table, text

from service.domain.calendar import SHANGHAI
from service.domain.errors import Conflict, Invalid
from service.store.backup import values
from service.store.backup.archive import Part
from service.store.backup.safe_file import sync_folder
from service.store.presence import others_on_file
from service.store.session import Transaction

HEAD = "sqlite:///"
BUILDING = ".restoring"
BESIDE = ("-wal", "-shm", "-journal")
AT_ONCE = 50
PIECES_AT_ONCE = 8


def place(url: str) -> Path | None:
    """The file, or None when the database is on a server."""
    return Path(url.removeprefix(HEAD)) if url.startswith(HEAD) else None


@contextmanager
def built_beside(path: Path, *, replace: str, now: datetime) -> Iterator[Path]:
    """The file to build in. When the block ends well it takes the place of ``path``, which is set aside with all that belongs to it.

    A WAL that lies there without its database is set aside as well: SQLite would play it into the new one.
    """
    _must_be_free(path, replace)
    building = path.with_name(path.name + BUILDING)
    _remove(building)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield building
        _sync(building)
        _must_be_free(path, replace)  # somebody may have begun meanwhile
        _set_aside(path, f".replaced-{now.astimezone(SHANGHAI):%Y%m%d-%H%M%S}")
        building.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise Conflict("restore.not_written", path=path, why=error.strerror or error) from error
    finally:
        _remove(building)


@contextmanager
def without_foreign_keys(tx: Transaction) -> Iterator[None]:
    """They are off while a schema is made (``schema.moving``); afterwards every reference must lead somewhere."""
    yield
    wrong = tx.connection.execute(text("PRAGMA foreign_key_check")).first()
    if wrong:
        raise Invalid("restore.unfit", table=wrong[0], why=f"foreign key to {wrong[2]}")


def insert(tx: Transaction, table: Table, part: Part, rows: Iterable[Sequence[Any]]) -> None:
    bytes_in_it = any(field.kind == "bytes" for field in part.fields)
    for some in _batched(rows, PIECES_AT_ONCE if bytes_in_it else AT_ONCE):
        tx.connection.execute(table.insert(), [values.named(part.fields, row) for row in some])


def settle(tx: Transaction) -> None:
    """Nothing is left to do: keys number themselves by what is there."""


def _batched(rows: Iterable[Sequence[Any]], size: int) -> Iterator[list[Sequence[Any]]]:
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some


def _must_be_free(path: Path, replace: str) -> None:
    if not path.exists() or _is_empty(path):
        return
    if replace != path.name:
        raise Conflict("restore.not_empty", name=path.name)
    if _in_use(path):
        raise Conflict("restore.in_use", name=path.name)


def _is_empty(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:  # it is something, if no database
        return False


def _in_use(path: Path) -> bool:
    try:
        return others_on_file(path)
    except sqlite3.DatabaseError:  # damaged: the very reason to restore
        return False


def _set_aside(path: Path, ending: str) -> None:
    for each in (path, *(path.with_name(path.name + more) for more in BESIDE)):
        if each.exists():
            each.rename(each.with_name(each.name + ending))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for each in (path, *(path.with_name(path.name + more) for more in BESIDE)):
        each.unlink(missing_ok=True)
