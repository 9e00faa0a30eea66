"""下放、赋权、委托、收回文件: a document that gives townships a power, or takes one back, is entered or changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping
from service.actions.parts.registers import fault, find_row, free_row, refuse, save_row, shape_faults
from service.domain.codes import normal_number, number_faults
from service.domain.errors import Conflict, Fault
from service.domain.library import PowerDocument, PowerKind
from service.domain.library_permission import Keeping
from service.domain.people import OrgKind
from service.store import items, library, organisations

FIELDS = frozenset(
    {
        "kind",
        "number",
        "title",
        "issuer",
        "dated",
        "valid_from",
        "valid_to",
        "item_ids",
        "township_ids",
        "note",
        "example",
    }
)  # the rest comes with withdraw_document
GOVERNED = (OrgKind.TOWNSHIP, OrgKind.ZONE)


@dataclass(frozen=True, slots=True)
class PutDocument:
    """``values``: fields of ``PowerDocument``; those left out stay. ``new``: not there yet, without ``document_id`` it gets a number."""

    values: Mapping[str, Any]
    document_id: str = ""
    new: bool = False
    if_match: int | None = None


def put_document(frame: Frame, order: PutDocument) -> PowerDocument:
    """The document as it is now."""
    allow_keeping(frame, "power_document.put", Keeping())
    before = None if order.new else find_row(frame, "power_document", order.document_id, library.get_document)
    known = {name: value for name, value in order.values.items() if name in FIELDS}
    if before:
        must_match(order.if_match, before.version, what=before.title)
        if before.withdrawn_on:
            raise Conflict("power_document.withdrawn", number=before.number, day=before.withdrawn_on)
        after = replace(before, **known)
    else:
        id = free_row(frame, "power_document", order.document_id, library.get_document, prefix="wj")
        after = replace(PowerDocument(id, PowerKind.DEVOLVE, "", "", ""), **known)
    after = replace(after, number=normal_number(after.number))
    refuse(after.title or after.id, _faults(frame, after))
    return save_row(frame, "power_document", after, before=before, put=library.put_document)


def _faults(frame: Frame, document: PowerDocument) -> list[Fault]:
    faults = shape_faults(document, needed=("number", "title", "issuer"))
    faults += number_faults(document.number, field="number")
    there = {item.id for item in items.items_by_ids(frame.tx, document.item_ids)}
    faults += [fault("no-such-item", "item_ids", found=id[:60]) for id in document.item_ids if id not in there]
    governed = {o.id for o in organisations.list_organisations(frame.tx) if o.kind in GOVERNED}
    wrong = [id for id in document.township_ids if id not in governed]
    faults += [fault("no-such-township", "township_ids", found=id[:60]) for id in wrong]
    for name, ids in (("item_ids", document.item_ids), ("township_ids", document.township_ids)):
        if len(set(ids)) < len(ids):
            faults.append(fault("twice", name))
    if document.valid_from and document.valid_to and document.valid_to < document.valid_from:
        faults.append(fault("days-order", "valid_to", found=document.valid_to, wanted=document.valid_from))
    return faults
