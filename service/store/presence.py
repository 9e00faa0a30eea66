"""Who else has the database open. Each process of ours says its name to PostgreSQL; SQLite only knows whether there is one."""

import os
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, text

MARK = "oneseal"
NAME_LIMIT = 63  # what PostgreSQL keeps of a name


def process_name() -> str:
    """``oneseal 4711 @host``: what ``pg_stat_activity`` shows of this process."""
    return f"{MARK} {os.getpid()} @{socket.gethostname()}"[:NAME_LIMIT]


def others_on_server(connection: Connection) -> list[str]:
    """Names of other processes of ours that are connected to this database of PostgreSQL."""
    statement = text(
        "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database()"
        " AND application_name LIKE :mark AND application_name <> :mine ORDER BY 1"
    )
    return list(connection.execute(statement, {"mark": f"{MARK} %", "mine": process_name()}).scalars())


def others_on_file(path: Path) -> bool:
    """Whether anybody has the SQLite file open. This process must have closed its own connections before.

    Leaving the WAL needs the file alone, so SQLite itself answers; it also brings everything into the one file.
    """
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        try:
            return str(connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]) != "delete"
        except sqlite3.OperationalError:
            return True
