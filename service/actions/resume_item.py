"""恢复: a paused item is handled again, and a cancelled one that was cancelled wrongly; that only 审改办 undoes."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import allow_keeping, change_status, lock_item
from service.domain.items import Item
from service.domain.library_permission import Keeping


@dataclass(frozen=True, slots=True)
class ResumeItem:
    item_id: str
    reason: str
    if_match: int | None = None


def resume_item(frame: Frame, order: ResumeItem) -> Item:
    """The new version, in use."""
    item = lock_item(frame, order.item_id)
    verb = "item.cancel" if item.status == "cancelled" else "item.resume"
    allow_keeping(frame, verb, Keeping(departments=(item.department_id,)))
    must_match(order.if_match, item.version, what=item.name)
    return change_status(frame, item, to="in_use", reason=order.reason, type="item.resumed")
