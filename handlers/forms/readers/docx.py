"""Boxes of a .docx: every table cell and every paragraph outside tables, headers and footers included.

Read with the standard library only and with limits checked before anything is unpacked; entities are refused. The full sandbox of
untrusted files runs this in a child process; these limits hold wherever it runs.
"""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as Tree

from handlers.forms.box import Box

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_ENTRIES = 2_000
MOST_BYTES = 20 * 1024 * 1024
MOST_RATIO = 100
MOST_BOXES = 20_000


class Unreadable(ValueError):
    """The file cannot be read; the argument is a key of the text catalogue."""


def read_docx(content: bytes) -> list[Box]:
    """Boxes in reading order. Unreadable says why not."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check(archive)
            parts = [n for n in archive.namelist() if n == "word/document.xml" or _is_margin(n)]
            if "word/document.xml" not in parts:
                raise Unreadable("form_file.not_docx")
            boxes = [box for name in sorted(parts) for box in _boxes(_read(archive, name))]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Unreadable("form_file.not_docx") from error
    if len(boxes) > MOST_BOXES:
        raise Unreadable("form_file.too_large")
    return boxes


def _check(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(e.file_size for e in entries) > MOST_BYTES:
        raise Unreadable("form_file.too_large")
    for entry in entries:
        if entry.flag_bits & 1:
            raise Unreadable("form_file.encrypted")
        if entry.compress_size and entry.file_size / entry.compress_size > MOST_RATIO and entry.file_size > 100_000:
            raise Unreadable("form_file.bomb")
        if entry.filename.endswith("vbaProject.bin"):
            raise Unreadable("form_file.macros")


def _read(archive: zipfile.ZipFile, name: str) -> Tree.Element:
    with archive.open(name) as entry:
        text = entry.read(MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise Unreadable("form_file.too_large")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise Unreadable("form_file.entities")
    try:
        return Tree.fromstring(text)
    except Tree.ParseError as error:
        raise Unreadable("form_file.not_docx") from error


def _is_margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def _boxes(root: Tree.Element) -> Iterator[Box]:
    body = root.find(f"{W}body")
    tables = paragraphs = 0
    for element in body if body is not None else root:
        if element.tag == f"{W}tbl":
            tables += 1
            yield from _cells(element, tables)
        elif element.tag == f"{W}p":
            paragraphs += 1
            text = _text(element)
            if text.strip():
                yield Box(f"paragraph {paragraphs}", text)


def _cells(table: Tree.Element, number: int) -> Iterator[Box]:
    for r, row in enumerate(table.iter(f"{W}tr"), start=1):
        for c, cell in enumerate(row.findall(f"{W}tc"), start=1):
            text = "\n".join(_text(p) for p in cell.findall(f"{W}p"))
            if text.strip():
                yield Box(f"table {number}, row {r}, column {c}", text)


def _text(element: Tree.Element) -> str:
    """Text as printed: inserted text counts, deleted text does not."""
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
