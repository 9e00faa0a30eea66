"""取消: the item is no longer handled. Batches in preparation that hold it are told by the signal 依据废止/事项取消."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping, change_status, lock_item
from service.actions.parts.signals import BASIS_REPEALED, send_signal
from service.domain.items import Item
from service.domain.library_permission import Keeping
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class CancelItem:
    item_id: str
    reason: str
    if_match: int | None = None


def cancel_item(frame: Frame, order: CancelItem) -> Item:
    """The new version, cancelled."""
    item = lock_item(frame, order.item_id)
    allow_keeping(frame, "item.cancel", Keeping())
    must_match(order.if_match, item.version, what=item.name)
    made = change_status(frame, item, to="cancelled", reason=order.reason, type="item.cancelled")
    affected = say("item.told.cancelled", name=made.name, reason=made.status_reason)
    send_signal(frame, BASIS_REPEALED, {"basis_affected": affected}, item_id=made.id)
    return made
