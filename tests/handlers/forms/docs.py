"""Word files made by hand, so that a test shows the very XML it is about."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{main}"/></Relationships>'
)


def p(*runs: str) -> str:
    """A paragraph of runs; a run that begins with ``<`` is XML."""
    return f"<w:p>{''.join(run if run.startswith('<') else r(run) for run in runs)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*blocks: str, properties: str = "") -> str:
    inside = "".join(block if block.startswith("<") else p(block) for block in blocks)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tbl(*rows: list[str]) -> str:
    return f"<w:tbl>{''.join(tr(*row) for row in rows)}</w:tbl>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def part(tag: str, inside: str, *, namespace: str = W) -> str:
    """A whole part, e.g. ``hdr``."""
    more = 'xmlns:mc="urn:mc" xmlns:wps="urn:wps" xmlns:v="urn:v"'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} xmlns:w="{namespace}" {more}>{inside}</w:{tag}>'


def docx(*blocks: str, parts: Mapping[str, str | bytes] | None = None, main: str = "word/document.xml") -> bytes:
    """A .docx whose body holds ``blocks``; ``parts`` adds parts or replaces them."""
    body = part("document", f"<w:body>{''.join(blocks)}</w:body>")
    return archive({"_rels/.rels": RELATIONS.format(main=main), main: body, **(parts or {})})


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()
