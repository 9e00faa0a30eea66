"""Bringing a backup back into a database of PostgreSQL. The caller's transaction holds all of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Table, text
from sqlalchemy.exc import DBAPIError

from service.domain.calendar import SHANGHAI
from service.domain.errors import Conflict, Invalid
from service.store.backup.archive import Part
from service.store.presence import others_on_server
from service.store.session import Transaction

_OURS = """SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"""
_FOREIGN_KEYS = """SELECT conrelid::regclass::text AS "table", quote_ident(conname) AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2"""


def make_room(tx: Transaction, *, name: str, replace: str, now: datetime) -> None:
    """Nothing to do in an empty database. Else its schema gets another name, and everything in it stays as it is there."""
    if not tx.connection.execute(text(_OURS)).scalar_one():
        return
    if replace != name:
        raise Conflict("restore.not_empty", name=name)
    if others_on_server(tx.connection):
        raise Conflict("restore.in_use", name=name)
    schema = tx.connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    aside = f"replaced_{now.astimezone(SHANGHAI):%Y%m%d_%H%M%S}"
    for statement in (f"ALTER SCHEMA {schema} RENAME TO {aside}", f"CREATE SCHEMA {schema}"):
        tx.connection.exec_driver_sql(statement)


@contextmanager
def without_foreign_keys(tx: Transaction) -> Iterator[None]:
    """Rows come table by table, and some refer to rows of their own table; the keys are made again as they were, and check all rows."""
    keys = tx.connection.execute(text(_FOREIGN_KEYS)).all()
    for key in keys:
        tx.connection.exec_driver_sql(f"ALTER TABLE {key.table} DROP CONSTRAINT {key.name}")
    yield
    for key in keys:
        try:
            tx.connection.exec_driver_sql(f"ALTER TABLE {key.table} ADD CONSTRAINT {key.name} {key.definition}")
        except DBAPIError as error:
            raise Invalid("restore.unfit", table=key.table, why=key.definition) from error


def insert(tx: Transaction, table: Table, part: Part, rows: Iterable[Sequence[Any]]) -> None:
    """By COPY. Invalid names the table when the server does not take a value: SQLite takes longer ones."""
    names = sql.SQL(", ").join(sql.Identifier(field.name) for field in part.fields)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
    driver: Any = tx.connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.DatabaseError as error:
        raise Invalid(
            "restore.unfit", table=table.name, why=error.diag.message_primary or type(error).__name__
        ) from error


def settle(tx: Transaction) -> None:
    """Columns that number themselves go on behind what is there; the planner learns how much there is."""
    statement = text(
        """SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
        WHERE table_schema = current_schema() AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')"""
    )
    for found in tx.connection.execute(statement).all():
        names = sql.Identifier(found.table), sql.Identifier(found.column)
        highest = sql.SQL(
            "SELECT setval(pg_get_serial_sequence({}, {}), max({})) FROM {} HAVING max({}) IS NOT NULL"
        ).format(sql.Literal(found.table), sql.Literal(found.column), names[1], names[0], names[1])
        driver: Any = tx.connection.connection.driver_connection
        driver.execute(highest)
    tx.connection.exec_driver_sql("ANALYZE")
