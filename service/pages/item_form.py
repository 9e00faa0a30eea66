"""The elements of an item as fields of a form, and back. A list of rows has fields ``<element>.<number>.<part>``; blank rows do not count."""

from collections.abc import Mapping
from typing import Any

from service.actions.frame import Frame
from service.domain.elements import ELEMENTS, Element, Kind, choice_label
from service.domain.items import Citation, FlowStep, Item, Material, PowerSource
from service.domain.library import DictionaryEntry
from service.pages.given import Given
from service.store import items, library, organisations

SPARE = 3  # blank rows below those that are filled
MOST_ROWS = 200
MOST = 9_999
FLAGS = ("yes", "no")


def read_elements(given: Given) -> dict[str, Any]:
    """Every element of the form, as ``Item`` holds it."""
    return {element.name: _read(given, element) for element in ELEMENTS}


def read_steps(given: Given) -> tuple[FlowStep, ...]:
    rows = _rows(given, "flow", ("name", "actor", "limit_days", "standard"))
    return tuple(FlowStep(r["name"], r["actor"], _count(given, "flow", r["limit_days"]), r["standard"]) for r in rows)


def options(frame: Frame, item: Item | None) -> dict[str, Mapping[str, str]]:
    """Element -> value -> words of everything one chooses from; what went out of use only where the item has it."""
    entries = library.list_entries(frame.tx)
    found: dict[str, Mapping[str, str]] = {}
    for element in ELEMENTS:
        if element.dictionary:
            found[element.name] = _codes(element, entries, item)
        elif element.choices:
            found[element.name] = {c: choice_label(element.name, c) for c in element.choices if c}
    found["department_id"] = {
        o.id: o.name
        for o in organisations.list_organisations(frame.tx)
        if o.kind.value in ("department", "county_office")
    }
    found["form_ids"] = _forms(frame, item)
    found["basis_id"] = {b.id: b.name for b in library.all_bases(frame.tx)}
    return found


def _codes(element: Element, entries: list[DictionaryEntry], item: Item | None) -> dict[str, str]:
    value = getattr(item, element.name) if item else ""
    kept = set(value) if isinstance(value, tuple) else {value}
    return {e.code: e.label for e in entries if e.dictionary == element.dictionary and (e.active or e.code in kept)}


def _forms(frame: Frame, item: Item | None) -> dict[str, str]:
    """The department's forms, and those the item names already."""
    if item is None:
        return {}
    names = items.form_names(frame.tx)
    own = [f.id for f in items.list_forms(frame.tx, owner_id=item.department_id, limit=MOST_ROWS).items]
    return {id: names.get(id, id) for id in dict.fromkeys((*item.form_ids, *own))}


def _read(given: Given, element: Element) -> Any:
    name = element.name
    match element.kind:
        case Kind.NUMBER:
            return given.whole(name, least=0, most=MOST)
        case Kind.DATE:
            return given.day(name)
        case Kind.CODES | Kind.FORMS:
            return given.many(name)
        case Kind.TEXTS:
            return tuple(line.strip() for line in given.text(name).splitlines() if line.strip())
        case Kind.FLAG:
            return _flag(given, name)
        case Kind.CITATIONS | Kind.MATERIALS | Kind.FLOW:
            return ROWS[element.kind](given)
    text = given.text(name, most=element.longest)
    return _power(given, text) if name == "power_source" else text


def _flag(given: Given, name: str) -> bool | None:
    """Only whether the law demands a seal is never left open."""
    said = given.choice(name, FLAGS)
    return said == "yes" if said or name == "seal_by_law" else None


def _power(given: Given, text: str) -> PowerSource:
    if text not in set(PowerSource):
        given.wrong("power_source", "given.no_choice", found=text[:60])
        return PowerSource.UNKNOWN
    return PowerSource(text)


def _citations(given: Given) -> tuple[Citation, ...]:
    rows = _rows(given, "citations", ("basis_id", "article"))
    return tuple(Citation(row["basis_id"], row["article"]) for row in rows)


def _materials(given: Given) -> tuple[Material, ...]:
    rows = _rows(given, "materials", ("name", "source", "originals", "copies", "optional"))
    return tuple(
        Material(
            row["name"], row["source"], _count(given, "materials", row["originals"]) or 0,
            _count(given, "materials", row["copies"]) or 0, required=not row["optional"],
        )
        for row in rows
    )  # fmt: skip


def _rows(given: Given, name: str, parts: tuple[str, ...]) -> list[dict[str, str]]:
    found = []
    for number in range(MOST_ROWS + SPARE):
        row = {part: given.text(f"{name}.{number}.{part}") for part in parts}
        if any(row.values()):
            found.append(row)
    return found


def _count(given: Given, name: str, text: str) -> int | None:
    """A fault of one cell stands at its list."""
    if text and not (text.isascii() and text.isdigit() and len(text) < 6):
        given.wrong(name, "given.no_number", found=text[:60], least=0, most=MOST)
        return None
    return int(text) if text else None


ROWS = {Kind.CITATIONS: _citations, Kind.MATERIALS: _materials, Kind.FLOW: read_steps}
