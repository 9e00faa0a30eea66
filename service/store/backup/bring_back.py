"""Makes a database of a backup: all of it or nothing, and what was there before is set aside, never overwritten.

Tables, keys and triggers come from the migrations up to the backup's revision; then the rows; then the newer migrations. On PostgreSQL
this is one transaction. A SQLite file is built beside its place and named at the end. So nothing half done can ever be served.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import MetaData, delete, make_url

from service.domain.errors import Invalid
from service.store import events
from service.store.backup import onto_file, onto_server, values
from service.store.backup.archive import Archive
from service.store.backup.take import heads_digest
from service.store.schema import Moving, moving, must_be_known, newest_revision, tables_at
from service.store.session import Transaction


@contextmanager
def bring_back(archive: Archive, url: str, *, replace: str, now: datetime) -> Iterator[Transaction]:
    """The transaction in which everything is back, for what else belongs to it; it counts once the block has ended well.

    ``replace``: the name of a database that holds something, as a word of consent (a file's name, or the database's on the server).
    Conflict when it is another one, or when other processes of ours have it open. SchemaNewer for a backup of a newer program.
    """
    must_be_known(archive.manifest.revision)
    place = onto_file.place(url)
    if place is None:
        with moving(url) as schema:
            onto_server.make_room(schema.tx, name=database_name(url), replace=replace, now=now)
            _fill(schema, archive)
            yield schema.tx
        return
    with onto_file.built_beside(place, replace=replace, now=now) as building, moving(f"sqlite:///{building}") as schema:
        _fill(schema, archive)
        yield schema.tx


def database_name(url: str) -> str:
    """What people call it: the file's name, or the database's."""
    place = onto_file.place(url)
    return place.name if place else str(make_url(url).database)


def _fill(schema: Moving, archive: Archive) -> None:
    revision, tx = archive.manifest.revision, schema.tx
    schema.to(revision)
    tables = tables_at(revision)
    _must_be_the_same_tables(tables, archive)
    onto = onto_file if tx.dialect == "sqlite" else onto_server
    with onto.without_foreign_keys(tx):
        for table in tables.sorted_tables:
            _clear(tx, table.name, tables)
        for part in archive.manifest.parts:
            onto.insert(tx, values.reading(tables.tables[part.table]), part, archive.rows(part))
    if heads_digest(events.chains(tx)) != archive.manifest.heads:
        raise Invalid("backup.damaged", path=archive.path, where="heads")
    if revision != newest_revision():
        schema.to()
    onto.settle(tx)


def _must_be_the_same_tables(tables: MetaData, archive: Archive) -> None:
    """A backup of the same revision has the tables the migrations make; anything else was not written by this program."""
    wanted = {table.name: set(values.fields_of(table)) for table in tables.sorted_tables}
    found = {part.table: set(part.fields) for part in archive.manifest.parts}
    if wanted != found:
        other = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
        raise Invalid("backup.tables", path=archive.path, tables=", ".join(other))


def _clear(tx: Transaction, name: str, tables: MetaData) -> None:
    """A migration may have put rows into a table; the backup has its own of them."""
    table = tables.tables[name]
    if tx.connection.execute(table.select().limit(1)).first():
        tx.connection.execute(delete(table))
