"""A file that is whole or not there: written under another name, brought to the disk, then named. It replaces nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from service.domain.errors import Conflict

PARTIAL = ".partial"
MODE = 0o600  # it holds password hashes and personal data


@contextmanager
def whole_or_nothing(path: Path) -> Iterator[BinaryIO]:
    """Conflict when ``path`` is there already, the folder is missing, or the disk has no room; then nothing is left behind."""
    if path.exists():
        raise Conflict("backup.exists", path=path)
    partial = path.with_name(f".{path.name}{PARTIAL}")
    made = False
    try:
        with _created(partial) as file:
            made = True
            yield file
            file.flush()
            os.fsync(file.fileno())
            _name(partial, path)
        sync_folder(path.parent)
    except OSError as error:
        raise Conflict("backup.not_written", path=path, why=error.strerror or error) from error
    finally:
        if made:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def sweep(folder: Path) -> list[Path]:
    """Remove what writers left that were killed: a living one holds a lock on its file."""
    gone = []
    for partial in sorted(folder.glob(f".*{PARTIAL}")):
        with suppress(OSError), partial.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            partial.unlink()
            gone.append(partial)
    return gone


def sync_folder(folder: Path) -> None:
    """So that a new name survives a power cut as its content does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _created(partial: Path) -> Iterator[BinaryIO]:
    sweep(partial.parent)
    handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, MODE)
    with os.fdopen(handle, "w+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield file


def _name(partial: Path, path: Path) -> None:
    """A link refuses a name that is taken, also when two come at once; some network drives know no links."""
    try:
        path.hardlink_to(partial)
    except FileExistsError as error:
        raise Conflict("backup.exists", path=path) from error
    except OSError:
        if path.exists():
            raise Conflict("backup.exists", path=path) from None
        partial.rename(path)
