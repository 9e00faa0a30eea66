"""事项: the elements of the item library, one column each. A changed row is a new version, 待梳理 again; what was signed stays as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from service.domain.codes import normal_code, normal_number, only_warns
from service.domain.elements import ELEMENTS, Element, Kind
from service.domain.item_check import Known, element_faults
from service.domain.item_diff import changed
from service.domain.items import Citation, FlowStep, Item, Material, PowerSource
from service.domain.library import BasisStatus
from service.domain.library_permission import Keeping
from service.domain.sheets.codes import id_fault
from service.domain.sheets.columns import Column, SheetKind, Type, Value, Wrong
from service.domain.sheets.world import DICTIONARY, Row, World

TYPES: Mapping[Kind, Type] = {
    Kind.TEXT: Type.TEXT,
    Kind.WORDS: Type.TEXT,
    Kind.NUMBER: Type.NUMBER,
    Kind.FLAG: Type.YES_NO,
    Kind.DATE: Type.DATE,
    Kind.CODE: Type.REFERENCE,
    Kind.CODES: Type.REFERENCES,
    Kind.CHOICE: Type.CHOICE,
    Kind.TEXTS: Type.LIST,
    Kind.ORGANISATION: Type.REFERENCE,
    Kind.FORMS: Type.REFERENCES,
    Kind.CITATIONS: Type.ROWS,
    Kind.MATERIALS: Type.ROWS,
    Kind.FLOW: Type.ROWS,
}
TO: Mapping[Kind, str] = {Kind.ORGANISATION: "organisations", Kind.FORMS: "forms"}
ROWS: Mapping[Kind, tuple[type[Any], tuple[Column, ...]]] = {
    Kind.CITATIONS: (
        Citation,
        (Column("basis_id", Type.REFERENCE, required=True, to="legal_bases"), Column("article")),
    ),
    Kind.MATERIALS: (
        Material,
        (
            Column("name", required=True),
            Column("source"),
            Column("originals", Type.NUMBER, default=0),
            Column("copies", Type.NUMBER, default=0),
            Column("required", Type.YES_NO, default=True),
        ),
    ),
    Kind.FLOW: (
        FlowStep,
        (
            Column("name", required=True),
            Column("actor", required=True),
            Column("limit_days", Type.NUMBER),
            Column("standard", longest=1_000),
        ),
    ),
}
NEEDED = ("name", "department_id")  # what else an item needs it may get before it is called 已梳理
WIDE = frozenset({Kind.WORDS, Kind.TEXTS, Kind.FORMS, Kind.CITATIONS, Kind.MATERIALS, Kind.FLOW})
NEVER_BLANK: Mapping[str, Value] = {"seal_by_law": False}


def _column(element: Element) -> Column:
    kind, code = element.kind, element.group == "codes"
    return Column(
        element.name,
        Type.CODE if code else TYPES[kind],
        required=element.name in NEEDED,
        choices=tuple(choice for choice in element.choices if choice),
        words=f"choice.{'limit_unit' if element.name.endswith('_unit') else element.name}.",
        to=f"{DICTIONARY}{element.dictionary}" if element.dictionary else TO.get(kind, ""),
        fields=ROWS[kind][1] if kind in ROWS else (),
        unique=element.name == "task_code",
        normal=normal_code if code else normal_number if element.name == "power_document" else None,
        lines=kind is Kind.WORDS,
        longest=element.longest,
        width=36 if kind in WIDE else 18,
        default=NEVER_BLANK.get(element.name),
        heading=f"element.{element.name}",
    )


def _rule(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    """What the library itself would refuse, said of the column; what the row has in common with the stored version is not judged anew."""
    before = item_from(row.before) if row.before else None
    after = item_from({**_blanks(), **(row.before or {}), **row.values})
    if before and not changed(before, after):
        return
    if (row.before or {}).get("status") == "cancelled":
        yield "id", Wrong("gone")
    yield from _twin(row, world)
    for fault in element_faults(after, _known(world), before=before):
        field = str(fault.where["field"])
        if field in row.values:
            yield field, Wrong(fault.code, sentence=fault.message, warns=only_warns(fault))


def _twin(row: Row, world: World) -> Iterator[tuple[str, Wrong]]:
    """The same name in the same department under another id is nearly always the same item twice."""
    same = (row.values.get("name"), row.values.get("department_id"))
    if row.before and (row.before.get("name"), row.before.get("department_id")) == same:
        return
    named = world.named("items", str(same[0]))
    here = [key for key in named if (world.after("items", key) or {}).get("department_id") == same[1]]
    if first := world.first_of("items", here, row.key):
        yield "name", Wrong("item_once", holder=first)


def _known(world: World) -> Known:
    """As the library's own check wants it, with what the workbook brings; made once for all rows."""
    if "items" not in world.memory:
        bases = world.all("legal_bases").items()
        world.memory["items"] = Known(
            codes={
                kind.removeprefix(DICTIONARY): {code for code, entry in rows.items() if entry.get("active")}
                for kind, rows in world.known.items()
                if kind.startswith(DICTIONARY)
            },
            organisations=world.all("organisations").keys(),
            forms=world.all("forms").keys(),
            bases={id: BasisStatus(str(values["status"])) for id, values in bases if "status" in values},
        )
    found: Known = world.memory["items"]
    return found


def _keeping(values: Mapping[str, Value]) -> Keeping:
    department = str(values.get("department_id", ""))
    return Keeping(departments=(department,) if department else ())


def _blanks() -> dict[str, Value]:
    return {column.key: column.blank for column in KIND.columns}


def values_of(item: Item) -> dict[str, Value]:
    """An item as a sheet knows it; its status goes along for the rules and is no column."""
    found = {element.name: getattr(item, element.name) for element in ELEMENTS}
    for element in ELEMENTS:
        value = found[element.name]
        if element.kind in ROWS:
            found[element.name] = [list(asdict(entry).values()) for entry in value]
        elif element.kind is Kind.DATE:
            found[element.name] = value.isoformat() if value else None
        elif isinstance(value, tuple):
            found[element.name] = list(value)
    return {"id": item.id, **found, "power_source": item.power_source.value, "status": item.status}


def item_from(values: Mapping[str, Value], *, over: Item | None = None) -> Item:
    """The item a row says; what is about a version and not said in it comes from ``over``."""
    said: dict[str, Any] = {}
    for element in ELEMENTS:
        value = values[element.name]
        if element.kind in ROWS:
            said[element.name] = tuple(ROWS[element.kind][0](*entry) for entry in value)
        elif element.kind is Kind.DATE:
            said[element.name] = date.fromisoformat(value) if value else None
        else:
            said[element.name] = tuple(value) if isinstance(value, list) else value
    kept = {f.name: getattr(over, f.name) for f in fields(Item) if over and f.name not in said}
    start = {"id": values["id"], "version": 0, "status": "in_use", "status_reason": ""} | kept
    return Item(**start | said | {"power_source": PowerSource(said["power_source"])})


KIND = SheetKind(
    "items",
    (Column("id", Type.CODE, required=True, check=id_fault, longest=60, width=22), *map(_column, ELEMENTS)),
    rule=_rule,
    keeping=_keeping,
)
