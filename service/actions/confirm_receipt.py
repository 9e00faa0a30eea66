"""A department confirms that a notice reached it: 送达回执. It takes away the excuse 未收到启用通知."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.errors import Conflict, NotFound
from service.domain.items import Receipt
from service.domain.permission import Facts
from service.store import cases, notices


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    receipt_id: str


def confirm_receipt(frame: Frame, order: ConfirmReceipt) -> Receipt:
    """The receipt with date and person; only people of the receiving organisation may confirm, and once."""
    found = notices.get_receipt(frame.tx, order.receipt_id)
    if found is None or found.organisation_id not in frame.actor.organisations:
        raise NotFound("receipt.unknown", id=order.receipt_id, hidden=found is not None)
    allow(frame, "receipt.confirm", Facts(receiver=found.organisation_id))
    case = cases.lock_case(frame.tx, found.case_id)
    person = frame.actor.person_id
    if not notices.confirm_receipt(frame.tx, found.id, at=frame.now, by=person):
        raise Conflict("receipt.confirmed", document=found.document)
    assert case
    event = EventFacts(
        type="receipt.confirmed", organisation=found.organisation_id,
        facts={"receipt": found.id, "document": found.document},
    )  # fmt: skip
    note_on_case(frame, case, event)
    return replace(found, receipted_at=frame.now, receipted_by=person)
