"""Filled-in sheets without any file: rows as people type them, as a book of plain cells; and what a plan says of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.permission import YES, Verdict
from service.domain.sheets.cells import Book, Cell, CellKind, Sheet
from service.domain.sheets.columns import SheetKind
from service.domain.sheets.kinds import BY_ID, KINDS
from service.domain.sheets.plan import Line, Plan
from service.domain.sheets.planning import make_plan
from service.domain.sheets.world import Rows, World

COUNTY = {"id": "yunxiao", "name": "云霄县人民政府", "short_name": "云霄县", "kind": "county", "parent_id": "", "code": "350622",
          "office": "", "head_title": "县长"}  # fmt: skip
HUOTIAN = COUNTY | {"id": "huotian", "name": "火田镇人民政府", "short_name": "火田镇", "kind": "township", "parent_id": "yunxiao",
                    "code": "350622105", "head_title": "镇长"}  # fmt: skip
CENTER = HUOTIAN | {"id": "huotian-center", "name": "火田镇便民服务中心", "short_name": "火田镇便民服务中心", "kind": "center",
                    "parent_id": "huotian", "code": "", "head_title": "主任"}  # fmt: skip
BUREAU = HUOTIAN | {"id": "weijianju", "name": "云霄县卫生健康局", "short_name": "县卫健局", "kind": "department", "code": "",
                    "head_title": "局长"}  # fmt: skip
PLACES: Rows = {row["id"]: row for row in (COUNTY, HUOTIAN, CENTER, BUREAU)}
KNOWN: dict[str, Rows] = {
    "organisations": PLACES,
    "people": {
        "clerk": {"id": "clerk", "name": "方一鸣（虚构）", "organisation_id": "huotian-center", "administrator": False, "account": True},
        "sysadmin": {
            "id": "sysadmin",
            "name": "系统管理员（虚构）",
            "organisation_id": "yunxiao",
            "administrator": True,
        },
    },
    "dictionary.power_source": {
        "1": {"name": "法定本级行使", "active": True},
        "2": {"name": "上级下放", "active": True},
    },
    "dictionary.item_type": {"07": {"name": "行政确认", "active": True}, "99": {"name": "旧代码", "active": False}},
    "dictionary.basis_level": {
        "local_regulation": {"name": "地方性法规", "active": True}, "county_document": {"name": "县级规范性文件", "active": True},
    },
}  # fmt: skip
Table = Sequence[Sequence[Any]]


def cell(value: Any) -> Cell:
    """As the reader would give it: numbers as numbers, a text that begins with = as a formula."""
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell(CellKind.YES_NO, "1" if value else "0")
    if isinstance(value, int | float):
        return Cell(CellKind.NUMBER, str(value))
    return Cell(CellKind.FORMULA if value.startswith("=") else CellKind.TEXT, value)


def sheet(title: str, rows: Table, **more: Any) -> Sheet:
    cells = {
        number: {column: cell(value) for column, value in enumerate(row, 1) if value not in (None, "")}
        for number, row in enumerate(rows, 1)
    }
    return Sheet(title, {number: found for number, found in cells.items() if found}, **more)


def book(tables: Mapping[str, Table]) -> Book:
    return Book(tuple(sheet(title, rows) for title, rows in tables.items()))


def everybody(_kind: SheetKind, _values: Mapping[str, Any], _world: World) -> Verdict:
    return YES


def plan(tables: Mapping[str, Table] | Book, known: Mapping[str, Rows] | None = None) -> Plan:
    """Compared with the small county unless something else is known."""
    given = tables if isinstance(tables, Book) else book(tables)
    return make_plan(given, KINDS, KNOWN if known is None else known, everybody)


def rows_of(kind: str, *rows: Mapping[str, Any]) -> Table:
    """Headings and rows of a kind, the columns in the order the rows name them."""
    found = BY_ID[kind]
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return [
        [found.heading(found.column(key)) for key in columns],
        *([row.get(key) for key in columns] for row in rows),
    ]


def plan_of(kind: str, *rows: Mapping[str, Any], known: Mapping[str, Rows] | None = None) -> Plan:
    return plan({BY_ID[kind].title: rows_of(kind, *rows)}, known)


def only(found: Plan) -> Line:
    (line,) = found.lines
    return line


def faults(found: Plan) -> list[tuple[int, str, str]]:
    """(row, heading, code) of everything that is wrong."""
    return [(fault.row, fault.heading, fault.code) for fault in found.all_faults]
