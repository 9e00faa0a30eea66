"""Boxes of a .docx: every table cell, paragraph and text box; headers, footers and notes included.

Read with the standard library only, in a child process (``handlers/sandbox.py``), and with limits checked before anything is
unpacked; entities, macros and passwords are refused.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as Tree
from xml.parsers import expat

from handlers.forms.box import Box, Place
from handlers.forms.readers.word_text import boxes_of
from handlers.sandbox import Unreadable, run_apart

MOST_ENTRIES = 2_000
MOST_BYTES = 20 * 1024 * 1024
MOST_RATIO = 100
MOST_ELEMENTS = 500_000
MOST_DEPTH = 200
MOST_BOXES = 20_000
MOST_TEXT = 2_000_000
# All that zipfile is known to raise about bytes that are no zip, or no longer one.
BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, NotImplementedError, EOFError, OSError, RuntimeError,
)  # fmt: skip

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARGIN = re.compile(r"(header|footer|footnotes|endnotes)(\d*)\.xml")


def read_docx(content: bytes) -> list[Box]:
    """Boxes in reading order. Unreadable says why not."""
    found = run_apart(boxes_in, content)
    return [Box(tuple((str(kind), int(n)) for kind, n in place), str(text)) for place, text in found]


def boxes_in(content: bytes) -> list[tuple[Place, str]]:
    """(place, text) pairs, found in this very process: for the child, and for tests."""
    if content.startswith(_OLE):
        raise Unreadable("form_file.encrypted" if _ENCRYPTED in content else "form_file.old_doc")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            boxes = list(_boxes(archive))
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("form_file.not_docx") from error
    if len(boxes) > MOST_BOXES or sum(len(text) for _, text in boxes) > MOST_TEXT:
        raise Unreadable("form_file.too_large")
    if not boxes:
        raise Unreadable("form_file.empty")
    return boxes


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_BYTES:
        raise Unreadable("form_file.too_large")
    if len({e.filename for e in entries}) < len(entries):
        raise Unreadable("form_file.not_docx")  # two parts of one name: which one people see depends on their program
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("form_file.encrypted")
        if entry.compress_size and entry.file_size / entry.compress_size > MOST_RATIO and entry.file_size > 100_000:
            raise Unreadable("form_file.bomb")
        if entry.filename.lower().endswith("vbaproject.bin"):
            raise Unreadable("form_file.macros")


def _boxes(archive: zipfile.ZipFile) -> Iterator[tuple[Place, str]]:
    names = archive.namelist()
    main = _main_part(archive)
    if main not in names:
        raise Unreadable("form_file.not_docx")
    yield from boxes_of(_read(archive, main))
    for name in sorted(names):
        folder, _, file = name.rpartition("/")
        margin = _MARGIN.fullmatch(file)
        if margin and folder == posixpath.dirname(main):
            yield from boxes_of(_read(archive, name), ((margin[1], int(margin[2] or 1)),))


def _main_part(archive: zipfile.ZipFile) -> str:
    """The part that programs open: where the package's relationships point to."""
    if "_rels/.rels" in archive.namelist():
        for relation in _read(archive, "_rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
    return "word/document.xml"


def _read(archive: zipfile.ZipFile, name: str) -> Tree.Element:
    with archive.open(name) as entry:
        text = entry.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise Unreadable("form_file.too_large")
    try:
        _look_through(text)
        return Tree.fromstring(text)  # noqa: S314 - looked through just before
    except (expat.ExpatError, Tree.ParseError, LookupError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("form_file.not_docx") from error


def _look_through(text: bytes) -> None:
    """Refuse document types (in whatever encoding), endless nesting and endless elements before a tree is built."""
    depth = count = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MOST_DEPTH or count > MOST_ELEMENTS:
            raise Unreadable("form_file.too_large")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise Unreadable("form_file.entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(text, True)
