"""收回: a power document no longer holds from a day on. Batches of its townships with its items are told, and the departments."""

from dataclasses import dataclass, replace
from datetime import date

from service.actions.frame import Frame
from service.actions.parts.acting import must_match, reason_given
from service.actions.parts.library import allow_keeping, tell_department
from service.actions.parts.registers import fault, find_row, refuse, save_row, shape_faults
from service.actions.parts.signals import BASIS_REPEALED, send_signal
from service.domain.codes import normal_number, number_faults
from service.domain.errors import Conflict, Fault
from service.domain.library import PowerDocument
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.store import items, library


@dataclass(frozen=True, slots=True)
class WithdrawDocument:
    """``number``: 文号 of the document that takes the power back. ``withdrawn_on``: the first day it no longer holds."""

    document_id: str
    number: str
    withdrawn_on: date
    reason: str
    if_match: int | None = None


def withdraw_document(frame: Frame, order: WithdrawDocument) -> PowerDocument:
    """The document, withdrawn."""
    allow_keeping(frame, "power_document.withdraw", Keeping())
    before = find_row(frame, "power_document", order.document_id, library.get_document)
    must_match(order.if_match, before.version, what=before.title)
    if before.withdrawn_on:
        raise Conflict("power_document.withdrawn", number=before.number, day=before.withdrawn_on)
    reason, number = reason_given(order.reason), normal_number(order.number)
    after = replace(before, withdrawn_on=order.withdrawn_on, withdrawn_by=number)
    refuse(before.title, _faults(after))
    made = save_row(
        frame, "power_document", after, before=before, put=library.put_document, type="power_document.withdrawn",
        note=reason,
    )  # fmt: skip
    for item in items.items_by_ids(frame.tx, made.item_ids):
        text = say("power_document.told", document=made.number, item=item.name, reason=reason)
        data = {"basis_affected": text, "basis_document": number}
        send_signal(frame, BASIS_REPEALED, data, item_id=item.id, townships=made.township_ids)
        tell_department(frame, item.department_id, text)
    return made


def _faults(after: PowerDocument) -> list[Fault]:
    faults = shape_faults(after, needed=("withdrawn_by", "withdrawn_on"))
    faults += number_faults(after.withdrawn_by, field="withdrawn_by")
    if after.dated and after.withdrawn_on and after.withdrawn_on < after.dated:
        faults.append(fault("days-order", "withdrawn_on", found=after.withdrawn_on, wanted=after.dated))
    return faults
