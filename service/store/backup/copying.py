"""A copy of a SQLite file by the online backup of SQLite itself: one moment of it, while others write."""

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_of(path: Path, to: Path) -> Path:
    """Answers ``to``. All pages in one go: readers and writers go on, for the file is in WAL mode."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target, pages=-1)
    return to
