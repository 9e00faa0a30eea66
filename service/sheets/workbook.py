"""All worksheets of one workbook as plain lists. Runs in the child process, so it asks for nothing but Python itself."""

from typing import Any

from handlers.sandbox import Unreadable

from service.sheets.formats import read_formats
from service.sheets.markup import Attributes, walk
from service.sheets.package import BROKEN, Package, open_package
from service.sheets.worksheet import MOST_CELLS, MOST_TEXT, Surroundings, read_strings, read_worksheet

MOST_SHEETS = 40
MOST_TITLE = 100


def sheets_in(content: bytes) -> list[dict[str, Any]]:
    """What ``read_worksheet`` gives for each, with ``title`` and ``hidden``. Unreadable says why not, by a key of the catalogue."""
    if not content:
        raise Unreadable("sheet.empty_file")
    try:
        package = open_package(content)
        return _sheets(package, package.workbook())
    except Unreadable:
        raise
    except BROKEN as error:
        raise Unreadable("sheet.broken") from error


def _sheets(package: Package, workbook: str) -> list[dict[str, Any]]:
    tags = list(walk(package.pieces(workbook)))
    parts = package.relations(workbook)
    around = _surroundings(package, parts, since_1904=_since_1904(tags))
    listed = [attributes for tag, attributes in tags if tag == "sheet"]
    if len(listed) > MOST_SHEETS:
        raise Unreadable("sheet.too_many_sheets")
    found = []
    for attributes in listed:
        part = parts.get(attributes.get("r:id", ""), "")
        if "/worksheets/" in part:  # the others are charts and dialogs
            sheet = read_worksheet(package.pieces(part), around)
            title = attributes.get("name", "")[:MOST_TITLE]
            found.append(sheet | {"title": title, "hidden": attributes.get("state", "visible") != "visible"})
            _refuse_too_many(found)
    return found


def _refuse_too_many(sheets: list[dict[str, Any]]) -> None:
    """The limits of one sheet are those of the whole book."""
    cells = [cell for sheet in sheets for _, row in sheet["rows"] for cell in row]
    if len(cells) > MOST_CELLS or sum(len(text) for _, _, text in cells) > MOST_TEXT:
        raise Unreadable("sheet.too_many_cells")


def _surroundings(package: Package, parts: dict[str, str], *, since_1904: bool) -> Surroundings:
    by_name = {part.rpartition("/")[2].lower(): part for part in parts.values() if part in package.parts}
    strings, styles = by_name.get("sharedstrings.xml"), by_name.get("styles.xml")
    return Surroundings(
        read_strings(package.pieces(strings)) if strings else [],
        read_formats(package.pieces(styles)) if styles else [],
        since_1904,
    )


def _since_1904(tags: list[tuple[str, Attributes]]) -> bool:
    return any(tag == "workbookPr" and a.get("date1904") in ("1", "true") for tag, a in tags)
