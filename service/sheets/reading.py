"""A workbook from outside as plain cells, read in a child process: little memory, little time, no files, no network."""

import threading

from handlers.sandbox import Unreadable, run_apart

from service.domain.errors import Invalid, Unavailable
from service.domain.sheets.cells import Book, book_from
from service.sheets.workbook import sheets_in

CPU_SECONDS = 5
WALL_SECONDS = 30.0
MEMORY_MB = 256
AT_ONCE = 2  # children of one process; others wait their turn
PATIENCE = 30.0
_OURS = "sheet."
_turn = threading.BoundedSemaphore(AT_ONCE)


def read_book(content: bytes) -> Book:
    """The cells of every worksheet. Invalid says in one sentence why the file cannot be taken."""
    if not _turn.acquire(timeout=PATIENCE):
        raise Unavailable("sheet.busy")
    try:
        return book_from(run_apart(sheets_in, content, cpu=CPU_SECONDS, wall=WALL_SECONDS, memory=MEMORY_MB))
    except Unreadable as error:
        key = str(error)
        raise Invalid(key if key.startswith(_OURS) else f"sheet.{key.rpartition('.')[2]}") from error
    finally:
        _turn.release()
