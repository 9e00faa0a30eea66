"""A legal basis is entered or changed: law, regulation or document that items rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping, known_things
from service.actions.parts.registers import fault, find_row, free_row, refuse, save_row, shape_faults
from service.domain.codes import normal_number, number_faults
from service.domain.errors import Conflict, Fault
from service.domain.item_check import Known
from service.domain.library import BasisStatus, LegalBasis
from service.domain.library_permission import Keeping
from service.store import library

FIELDS = frozenset(
    {"name", "number", "level", "issuers", "articles", "effective_on", "status", "note", "example"}
)  # the rest comes with repeal_basis


@dataclass(frozen=True, slots=True)
class PutBasis:
    """``values``: fields of ``LegalBasis``; those left out stay. ``new``: not there yet, without ``basis_id`` it gets a number."""

    values: Mapping[str, Any]
    basis_id: str = ""
    new: bool = False
    if_match: int | None = None


def put_basis(frame: Frame, order: PutBasis) -> LegalBasis:
    """The basis as it is now."""
    allow_keeping(frame, "basis.put", Keeping())
    before = None if order.new else find_row(frame, "basis", order.basis_id, library.get_basis)
    if before:
        must_match(order.if_match, before.version, what=before.name)
        if before.status is BasisStatus.REPEALED:
            raise Conflict("basis.repealed", name=before.name)
        after = replace(before, **_known_fields(order.values))
    else:
        id = free_row(frame, "basis", order.basis_id, library.get_basis, prefix="yj")
        after = replace(LegalBasis(id, ""), **_known_fields(order.values))
    after = replace(after, number=normal_number(after.number))
    refuse(after.name or after.id, _faults(after, known_things(frame)))
    return save_row(frame, "basis", after, before=before, put=library.put_basis)


def _known_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in FIELDS}


def _faults(basis: LegalBasis, known: Known) -> list[Fault]:
    faults = shape_faults(basis, needed=("name",))
    faults += number_faults(basis.number, field="number", orders=True)
    if basis.level and basis.level not in known.codes.get("basis_level", ()):
        faults.append(fault("not-in-dictionary", "level", found=basis.level[:60]))
    if basis.status is BasisStatus.REPEALED:
        faults.append(fault("repeal-apart", "status"))
    return faults
