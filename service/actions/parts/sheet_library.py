"""The rows of the item library behind its sheets: stations, legal bases, forms, items, power documents, and the dictionaries they go by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.library import known_things, lock_place, write_version
from service.actions.parts.registers import lock_row, save_row
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.items import Form
from service.domain.library import BasisStatus, LegalBasis, PowerDocument, PowerKind, Station, StationStatus
from service.domain.sheets.columns import SheetKind, Type, Value
from service.domain.sheets.kinds import forms as form_sheet
from service.domain.sheets.kinds import items as item_sheet
from service.domain.sheets.kinds import legal_bases, power_documents, stations
from service.domain.sheets.plan import Line
from service.domain.sheets.world import DICTIONARY, Rows
from service.store import events, items, library
from service.store.session import Transaction


def load_dictionaries(tx: Transaction) -> dict[str, Rows]:
    """``dictionary.<name>`` -> code -> its label, those out of use too."""
    found: dict[str, dict[str, Mapping[str, Value]]] = {}
    for entry in library.list_entries(tx):
        rows = found.setdefault(f"{DICTIONARY}{entry.dictionary}", {})
        rows[entry.code] = {"name": entry.label, "active": entry.active}
    return dict(found)


def load_stations(tx: Transaction) -> Rows:
    return {row.id: _values(row, stations.KIND) for row in library.all_stations(tx)}


def store_stations(frame: Frame, lines: Sequence[Line], note: str) -> None:
    for id, values in _said(lines, stations.KIND):
        before = lock_row(frame, f"station/{id}", partial(library.get_station, frame.tx, id))
        values["status"] = StationStatus(values["status"])
        after = replace(before or Station(id, "", ""), **values)
        save_row(frame, "station", after, before=before, put=library.put_station, note=note)


def load_bases(tx: Transaction) -> Rows:
    return {row.id: _values(row, legal_bases.KIND) for row in library.all_bases(tx)}


def store_bases(frame: Frame, lines: Sequence[Line], note: str) -> None:
    for id, values in _said(lines, legal_bases.KIND):
        before = lock_row(frame, f"basis/{id}", partial(library.get_basis, frame.tx, id))
        values["status"] = BasisStatus(values["status"])
        after = replace(before or LegalBasis(id, ""), **values)
        save_row(frame, "basis", after, before=before, put=library.put_basis, note=note)


def load_documents(tx: Transaction) -> Rows:
    """``withdrawn`` goes along for the rules and is no column."""
    found = library.all_documents(tx)
    return {row.id: {**_values(row, power_documents.KIND), "withdrawn": bool(row.withdrawn_on)} for row in found}


def store_documents(frame: Frame, lines: Sequence[Line], note: str) -> None:
    for id, values in _said(lines, power_documents.KIND):
        before = lock_row(frame, f"power_document/{id}", partial(library.get_document, frame.tx, id))
        values["kind"] = PowerKind(values["kind"])
        after = replace(before or PowerDocument(id, PowerKind.DEVOLVE, "", "", ""), **values)
        save_row(frame, "power_document", after, before=before, put=library.put_document, note=note)


def load_forms(tx: Transaction) -> Rows:
    return {row.id: _values(row, form_sheet.KIND) for row in items.all_forms(tx)}


def store_forms(frame: Frame, lines: Sequence[Line], note: str) -> None:
    """A changed form is a new version of it, 在用-未查 until its self-check; the one before is stopped."""
    for id, values in _said(lines, form_sheet.KIND):
        events.chain_head(frame.tx, f"form/{id}")  # locked
        before = items.get_form(frame.tx, id)
        if before:
            items.put_form(frame.tx, replace(before, status="stopped"))
        made = Form(id, before.version + 1 if before else 1, **values)
        items.put_form(frame.tx, made)
        facts = {"form": id, "version": made.version, "name": made.name, "owner": made.owner_id, "level": made.level}
        seal_chain_event(frame, f"form/{id}", EventFacts(type="form.put", facts=facts, personal={"note": note}))


def load_items(tx: Transaction) -> Rows:
    return {row.id: item_sheet.values_of(row) for row in items.all_items(tx)}


def store_items(frame: Frame, lines: Sequence[Line], note: str) -> None:
    """Each a new version, 待梳理; what departments signed and townships authorised stays as it was."""
    known = known_things(frame)
    for line in lines:
        before = lock_place(frame, line.key)
        after = item_sheet.item_from(line.values, over=before)
        write_version(frame, after, before=before, known=known, note=note)


def _values(row: Any, kind: SheetKind) -> dict[str, Value]:
    """The columns of a flat row as JSON keeps them."""
    fields = asdict(row)
    return {column.key: _plain(fields[column.key]) for column in kind.columns}


def _plain(value: Any) -> Value:
    if isinstance(value, tuple | list):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def _said(lines: Sequence[Line], kind: SheetKind) -> Iterable[tuple[str, dict[str, Any]]]:
    """(id, the other columns as the rows hold them), line by line."""
    for line in lines:
        yield line.key, {c.key: _typed(c.type, line.values[c.key]) for c in kind.columns if c.key != "id"}


def _typed(type: Type, value: Value) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if type is Type.DATE and value else value
