"""依据废止: a legal basis falls away. Batches in preparation with an item that rests on it are told, and the departments concerned."""

from dataclasses import dataclass, replace
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.acting import must_match, reason_given
from service.actions.parts.library import allow_keeping, tell_department
from service.actions.parts.registers import fault, find_row, refuse, save_row, shape_faults
from service.actions.parts.signals import BASIS_REPEALED, send_signal
from service.domain.codes import normal_number, number_faults
from service.domain.errors import Conflict, Fault
from service.domain.items import Item
from service.domain.library import BasisStatus, LegalBasis
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.store import items, library


@dataclass(frozen=True, slots=True)
class RepealBasis:
    """``number``: 文号 of what repealed it. ``successor_id``: the registered basis that takes its place, if there is one."""

    basis_id: str
    reason: str
    repealed_on: date
    number: str = ""
    successor_id: str = ""
    if_match: int | None = None


def repeal_basis(frame: Frame, order: RepealBasis) -> tuple[LegalBasis, tuple[Item, ...]]:
    """The basis, repealed, and the items that rest on it; they stay as they are until their departments mend them."""
    allow_keeping(frame, "basis.repeal", Keeping())
    before = find_row(frame, "basis", order.basis_id, library.get_basis)
    must_match(order.if_match, before.version, what=before.name)
    if before.status is BasisStatus.REPEALED:
        raise Conflict("basis.repealed", name=before.name)
    reason, number = reason_given(order.reason), normal_number(order.number)
    after = replace(before, status=BasisStatus.REPEALED, repealed_on=order.repealed_on, successor_id=order.successor_id)
    refuse(before.name, _faults(frame, after, number=number))
    made = save_row(
        frame, "basis", after, before=before, put=library.put_basis, type="basis.repealed",
        note=say("basis.repeal_note", number=number, reason=reason),
    )  # fmt: skip
    affected = items.items_citing(frame.tx, made.id)
    for item in affected:
        text = say("basis.told", basis=made.name, item=item.name, reason=reason)
        send_signal(frame, BASIS_REPEALED, {"basis_affected": text, "basis_document": number}, item_id=item.id)
        tell_department(frame, item.department_id, text)
    return made, tuple(affected)


def _faults(frame: Frame, after: LegalBasis, *, number: str) -> list[Fault]:
    faults = shape_faults(after, needed=("repealed_on",))
    faults += number_faults(number, field="number", orders=True)
    successor = library.get_basis(frame.tx, after.successor_id) if after.successor_id else None
    if after.successor_id and (successor is None or successor.id == after.id):
        faults.append(fault("no-such-basis", "successor_id", found=after.successor_id[:60]))
    elif successor and successor.status is BasisStatus.REPEALED:
        faults.append(fault("basis-repealed", "successor_id", found=successor.id))
    return faults
