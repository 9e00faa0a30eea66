"""The file of a backup: parts of rows in a ZIP, a manifest, and a seal over everything. No SQL here.

Rows stream in and out; memory holds one row and one piece of the ZIP.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from service.domain.errors import Invalid
from service.store.backup import values
from service.store.backup.values import Field

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = b"oneseal backup, sha256 of all before: "
DIGITS = 64
PIECE = 1 << 20
LEVEL = 3  # half of the work of the usual level for a tenth more bytes
LONGEST_ROW = 256 << 20
MANIFEST_LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table. ``size`` in bytes and ``sha256`` of the text before it is compressed."""

    table: str
    fields: tuple[Field, ...]
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. ``heads``: SHA-256 over every chain with its last event, so that two databases can be compared."""

    revision: str
    program: str
    database: str
    taken_at: datetime
    chains: int
    events: int
    heads: str
    parts: tuple[Part, ...]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(part.rows for part in self.parts)


class Writer:
    """Parts first, then ``finish``. ``file`` is open for reading too, for the seal."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    def part(self, table: str, fields: tuple[Field, ...], rows: Iterable[Sequence[Any]]) -> Part:
        total, size, count = hashlib.sha256(), 0, 0
        with self._zip.open(_entry(table), "w", force_zip64=True) as out:
            for piece, lines in _pieces(fields, rows):
                out.write(piece)
                total.update(piece)
                size, count = size + len(piece), count + lines
        return Part(table, fields, count, size=size, sha256=total.hexdigest())

    def finish(self, manifest: Manifest) -> str:
        """Answers the seal: the digest that stands at the end of the file."""
        told = asdict(manifest) | {"taken_at": manifest.taken_at.isoformat()}
        self._zip.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        self._zip.comment = SEAL + b"0" * DIGITS
        self._zip.close()
        digest = _digest(self._file)
        self._file.seek(-DIGITS, 2)
        self._file.write(digest.encode("ascii"))
        return digest

    def give_up(self) -> None:
        """A ZIP that is dropped tries to write its end; the disk may be full."""
        with suppress(OSError, ValueError):
            self._zip.close()


class Archive:
    """A backup opened for reading. Its seal has held when it opens: Invalid otherwise, with what is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise Invalid("backup.unreadable", path=path, why=error.strerror) from error
        try:
            self.digest = self._sealed()
            self._zip = zipfile.ZipFile(self._file)
            self.manifest = self._read_manifest()
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError) as error:
            self._file.close()
            raise self._damaged(type(error).__name__) from error
        except Invalid:
            self._file.close()
            raise

    def rows(self, part: Part) -> Iterator[list[Any]]:
        """Values in the order of ``part.fields``; at the end the part's count and digest are compared."""
        total, count = hashlib.sha256(), 0
        try:
            with self._zip.open(_entry(part.table)) as lines:
                while line := lines.readline(LONGEST_ROW):
                    total.update(line)
                    count += 1
                    yield values.read(part.fields, json.loads(line))
        except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError) as error:
            raise self._damaged(f"{part.table}: {type(error).__name__}") from error
        if (count, total.hexdigest()) != (part.rows, part.sha256):
            raise self._damaged(part.table)

    def part(self, table: str) -> Part | None:
        return next((part for part in self.manifest.parts if part.table == table), None)

    def _sealed(self) -> str:
        self._file.seek(-DIGITS - len(SEAL), 2)
        end = self._file.read()
        found = _digest(self._file)
        if not end.startswith(SEAL):
            raise Invalid("backup.not_one", path=self.path)
        if end[-DIGITS:].decode("ascii", "replace") != found:
            raise self._damaged("sha256")
        return found

    def _read_manifest(self) -> Manifest:
        if self._zip.getinfo(MANIFEST).file_size > MANIFEST_LIMIT:
            raise self._damaged(MANIFEST)
        told = json.loads(self._zip.read(MANIFEST))
        if told["format"] != FORMAT:
            raise Invalid("backup.format", found=told["format"], known=FORMAT)
        parts = tuple(_part(each) for each in told.pop("parts"))
        return Manifest(parts=parts, **told | {"taken_at": datetime.fromisoformat(told["taken_at"])})

    def _damaged(self, where: str) -> Invalid:
        return Invalid("backup.damaged", path=self.path, where=where)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
        self._file.close()


def _pieces(fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> Iterator[tuple[bytes, int]]:
    """(text, lines in it): rows gathered to pieces worth compressing."""
    gathered, lines = bytearray(), 0
    for row in rows:
        text = json.dumps(values.write(fields, row), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        gathered += text.encode() + b"\n"
        lines += 1
        if len(gathered) >= PIECE:
            yield bytes(gathered), lines
            gathered.clear()
            lines = 0
    if gathered:
        yield bytes(gathered), lines


def _part(told: Mapping[str, Any]) -> Part:
    fields = tuple(Field(each["name"], each["kind"]) for each in told["fields"])
    return Part(told["table"], fields, told["rows"], size=told["size"], sha256=told["sha256"])


def _entry(table: str) -> str:
    return f"tables/{table}.jsonl"


def _digest(file: BinaryIO) -> str:
    """Of everything but the digest itself, which are the last characters."""
    left = file.seek(0, 2) - DIGITS
    file.seek(0)
    total = hashlib.sha256()
    while left > 0 and (piece := file.read(min(PIECE, left))):
        total.update(piece)
        left -= len(piece)
    return total.hexdigest()
