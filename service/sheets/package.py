"""A .xlsx as a zip of parts: its directory is judged before anything is unpacked, and every part is read with a limit.

Refused: what is no .xlsx, passwords, macros, links to other files, embedded objects, bombs. The reasons are keys of the text catalogue.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator

from handlers.sandbox import Unreadable

from service.sheets.markup import Attributes, walk

MOST_ENTRIES = 1_000
MOST_BYTES = 60 * 1024 * 1024
MOST_RATIO = 100
SMALL = 200_000  # below this a part may be as regular as it likes
PIECE = 64 * 1024
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# All that zipfile, int and float are known to raise about bytes that are no workbook, or no longer one.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, NotImplementedError, EOFError, OSError, RuntimeError,
    IndexError, OverflowError,
)  # fmt: skip

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ARCHIVES = (".zip", ".rar", ".7z", ".xlsx", ".xlsm", ".docx", ".docm", ".jar", ".gz")
_OUTSIDE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")
_OBJECTS = ("xl/embeddings/", "xl/activex/")


class Package:
    """The parts of one workbook. ``parts``: name as programs look for it (no slash at the front) -> name in the zip."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._left = MOST_BYTES
        self.parts = {name.replace("\\", "/").lstrip("/"): name for name in archive.namelist()}

    def pieces(self, part: str) -> Iterator[bytes]:
        """The part's content; what is really unpacked counts, whatever the directory says."""
        if part not in self.parts:
            raise Unreadable("sheet.broken")
        with self._archive.open(self.parts[part]) as entry:
            while piece := entry.read(PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise Unreadable("sheet.too_large")
                yield piece

    def relations(self, part: str) -> dict[str, str]:
        """Id -> part of everything ``part`` ("" for the package itself) is made of, inside the zip."""
        folder, name = posixpath.split(part)
        found: dict[str, str] = {}
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels in self.parts:
            for tag, attributes in walk(self.pieces(rels)):
                if tag == "Relationship":
                    _refuse_outside(attributes)
                    target = attributes.get("Target", "")
                    found[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip(
                        "/"
                    )
        return found

    def workbook(self) -> str:
        """The part that programs open. Unreadable when the package's own list calls it anything but a plain workbook."""
        if "[Content_Types].xml" not in self.parts:
            raise Unreadable("sheet.not_xlsx")
        for tag, attributes in walk(self.pieces("[Content_Types].xml")):
            kind, name = attributes.get("ContentType", ""), attributes.get("PartName", "").lstrip("/")
            if "macroEnabled" in kind or "vbaProject" in kind:
                raise Unreadable("sheet.macros")
            if tag == "Override" and kind == MAIN and name in self.parts:
                return name
        raise Unreadable("sheet.not_xlsx")


def open_package(content: bytes) -> Package:
    """Unreadable says why not."""
    if content.startswith(_OLE):
        raise Unreadable("sheet.password" if _ENCRYPTED in content else "sheet.old_format")
    if not content.startswith(b"PK"):
        raise Unreadable("sheet.not_xlsx")
    archive = zipfile.ZipFile(io.BytesIO(content))
    _judge(archive)
    package = Package(archive)
    for part in package.parts:
        folder, name = posixpath.split(part)
        if name.endswith(".rels"):
            package.relations(posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels")))
    return package


def _judge(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_BYTES:
        raise Unreadable("sheet.too_large")
    if len({e.filename.lower() for e in entries}) < len(entries):
        raise Unreadable("sheet.broken")  # two parts of one name: which one people see depends on their program
    for entry in entries:
        _judge_entry(entry)


def _judge_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/").lower()
    if entry.flag_bits & 1:
        raise Unreadable("sheet.password")
    if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise Unreadable("sheet.bomb")
    if ".." in name.split("/") or ":" in name:
        raise Unreadable("sheet.broken")
    if name.endswith("vbaproject.bin"):
        raise Unreadable("sheet.macros")
    if name.startswith(_OUTSIDE):
        raise Unreadable("sheet.outside")
    if name.startswith(_OBJECTS) or name.endswith(_ARCHIVES):
        raise Unreadable("sheet.objects")


def _refuse_outside(attributes: Attributes) -> None:
    """A hyperlink is only followed by a hand; everything else outside is fetched by programs on their own."""
    if attributes.get("TargetMode", "").lower() == "external" and not attributes.get("Type", "").endswith("/hyperlink"):
        raise Unreadable("sheet.outside")
