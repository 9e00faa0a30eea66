"""暂停: the item is not handled for the time being."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping, change_status, lock_item
from service.domain.errors import Conflict
from service.domain.items import Item
from service.domain.library_permission import Keeping
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class PauseItem:
    item_id: str
    reason: str
    if_match: int | None = None


def pause_item(frame: Frame, order: PauseItem) -> Item:
    """The new version, paused."""
    item = lock_item(frame, order.item_id)
    allow_keeping(frame, "item.pause", Keeping(departments=(item.department_id,)))
    must_match(order.if_match, item.version, what=item.name)
    if item.status == "cancelled":
        raise Conflict("item.not_in_use", name=item.name, status=say("item.status.cancelled"))
    return change_status(frame, item, to="paused", reason=order.reason, type="item.paused")
