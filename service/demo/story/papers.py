"""Files people hand in: an application form as .docx and the print of a seal as .png. Made here, plainly marked 示例."""

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from xml.sax.saxutils import escape

from service.domain.texts import say

MADE = (2026, 1, 1, 0, 0, 0)  # fixed, so that the same paper is always the same bytes
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def old_form() -> bytes:
    """A form with boxes of another time: a station's seal, and a township box that insists on the 公章."""
    return _form([(say(f"story.paper.{key}"), "") for key in ("applicant", "village", "station", "official")])


def new_form() -> bytes:
    """The form as corrected: the station's box is gone, the township's box names the 专用章."""
    return _form([(say(f"story.paper.{key}"), "") for key in ("applicant", "village", "special")])


def seal_print() -> bytes:
    """A grey ring in place of a seal's print: no seal is drawn here."""
    size, white, grey = 120, 255, 170
    lines = bytearray()
    for y in range(size):
        lines.append(0)  # PNG: no filter
        for x in range(size):
            distance = (x - size / 2) ** 2 + (y - size / 2) ** 2
            lines.append(grey if 46**2 <= distance <= 50**2 else white)
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(lines), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _form(rows: Sequence[tuple[str, str]]) -> bytes:
    title = f"<w:p><w:r><w:t>{escape(say('story.paper.title'))}</w:t></w:r></w:p>"
    table = "".join(f"<w:tr>{_cell(left)}{_cell(right)}</w:tr>" for left, right in rows)
    body = f'<w:document xmlns:w="{WORD}"><w:body>{title}<w:tbl>{table}</w:tbl></w:body></w:document>'
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{DOCUMENT}" Target="word/document.xml"/></Relationships>'
    )
    parts = {"[Content_Types].xml": types, "_rels/.rels": links, "word/document.xml": body}
    return _zip({name: (HEAD + text).encode() for name, text in parts.items()})


def _cell(text: str) -> str:
    return f"<w:tc><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:tc>"


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
