"""Workbooks as people and attackers make them: by a spreadsheet's own library, or part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from service.sheets.package import MAIN

Rows = Sequence[Sequence[Any]]
MAIN_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Title -> rows of values; a text that begins with = becomes a formula, as in any spreadsheet."""
    return saved(workbook(sheets))


def workbook(sheets: Mapping[str, Rows]) -> Workbook:
    book = Workbook()
    book.remove(cast(Worksheet, book.active))
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts_of(
    rows: str = "", *, strings: str = "", styles: str = "", around: str = "", main: str = MAIN, sheets: str = "",
    space: str = MAIN_SPACE, head: str = "",
) -> dict[str, str | bytes]:  # fmt: skip
    """The parts of a small workbook with one worksheet; ``rows`` is the XML inside sheetData, ``around`` what comes after it."""
    listed = sheets or '<sheet name="表" sheetId="1" r:id="rId1"/>'
    return {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet"'
        f' Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{RELATIONS}/styles" Target="/xl/styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{around}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{space}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{space}">{styles}</styleSheet>',
    }  # fmt: skip


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def small(rows: str = "", **parts: str) -> bytes:
    return zipped(parts_of(rows, **parts))
