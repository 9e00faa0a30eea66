"""Writes a database into a backup, at one moment of it, while others read and write. Any revision this program knows."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from service.store import events
from service.store.backup import values
from service.store.backup.archive import Manifest, Part, Writer
from service.store.backup.safe_file import whole_or_nothing
from service.store.failpoints import point
from service.store.schema import must_be_known, tables_at
from service.store.session import Transaction

AT_ONCE = 50  # rows held in memory; a row may be as large as a request
PIECES_AT_ONCE = 8  # of tables with bytes: a piece of a file has 256 KiB, a diagram or a state may have more


def take(tx: Transaction, path: Path, *, revision: str, at: datetime) -> tuple[Manifest, str]:
    """Manifest and seal. ``tx`` is one view of the database; ``at`` the moment it is called."""
    must_be_known(revision)
    with whole_or_nothing(path) as file:
        writer = Writer(file)
        try:
            parts = tuple(_part(tx, writer, table) for table in tables_at(revision).sorted_tables)
            heads = events.chains(tx)
            manifest = Manifest(
                revision=revision, program=program(), database=tx.dialect, taken_at=at, chains=len(heads),
                events=sum(seq for _, seq, _ in heads), heads=heads_digest(heads), parts=parts,
            )  # fmt: skip
            return manifest, writer.finish(manifest)
        except BaseException:
            writer.give_up()
            raise


def heads_digest(heads: Iterable[tuple[str, int, str]]) -> str:
    """One digest for all chains: equal for two databases that hold the same history."""
    lines = (f"{chain} {seq} {hash}\n" for chain, seq, hash in sorted(heads))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def program() -> str:
    try:
        return version("oneseal")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return ""


def _part(tx: Transaction, writer: Writer, table: Table) -> Part:
    fields = values.fields_of(table)
    part = writer.part(table.name, fields, _rows(tx, table, bytes_in_it="bytes" in {f.kind for f in fields}))
    point("backup_half")
    return part


def _rows(tx: Transaction, table: Table, *, bytes_in_it: bool) -> Iterator[Sequence[Any]]:
    """In the order of the key, so that the same content gives the same text."""
    source = values.reading(table)
    statement = select(source).order_by(*source.primary_key.columns)
    found = tx.connection.execution_options(yield_per=PIECES_AT_ONCE if bytes_in_it else AT_ONCE).execute(statement)
    try:
        yield from found
    finally:
        found.close()
