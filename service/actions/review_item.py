"""县审改办 looks at what a department prepared: it agrees, or sends the item back to be sorted again."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match, reason_given
from service.actions.parts.library import (
    allow_keeping,
    lock_item,
    mark,
    must_be_in_use,
    tell_department,
    who_and_when,
)
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Act
from service.domain.errors import Conflict, Invalid
from service.domain.items import Item, Marks, Sorting
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.store import items

AGREE, SEND_BACK = "agree", "send_back"


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """``decision``: agree, send_back. Sending back needs a ``reason``; agreeing may have one."""

    item_id: str
    decision: str
    reason: str = ""
    if_match: int | None = None


def review_item(frame: Frame, order: ReviewItem) -> Item:
    """The item with its marks: 已审核, or 待梳理 again."""
    item = lock_item(frame, order.item_id)
    doers = frozenset((item.made_by, item.marks.sorted_by, item.marks.described_by)) - {""}
    allow_keeping(frame, "item.review", Keeping(doers=doers))
    must_match(order.if_match, item.version, what=item.name)
    must_be_in_use(item)
    if order.decision not in (AGREE, SEND_BACK):
        raise Invalid("item.review_decision", found=order.decision[:60])
    return _agree(frame, item, order) if order.decision == AGREE else _send_back(frame, item, order)


def _agree(frame: Frame, item: Item, order: ReviewItem) -> Item:
    if item.marks.sorting is not Sorting.DESCRIBED:
        raise Conflict("item.not_described", name=item.name, version=item.version)
    if item.marks.reviewed_at:
        first = who_and_when(frame, item.marks.reviewed_by, item.marks.reviewed_at)
        raise Conflict("item.reviewed_already", name=item.name, version=item.version, **first)
    opinion = reason_given(order.reason) if order.reason.strip() else ""
    marks = replace(item.marks, reviewed_by=frame.actor.person_id, reviewed_at=frame.now)
    return mark(frame, item, marks, EventFacts(type="item.reviewed", act=Act(decision=AGREE, opinion=opinion)))


def _send_back(frame: Frame, item: Item, order: ReviewItem) -> Item:
    """Not what a township already authorised: that version stands for what was signed."""
    if item.marks.sorting is Sorting.DRAFT:
        raise Conflict("item.not_sorted", name=item.name, version=item.version)
    if items.used_versions(frame.tx, item.id).get(item.version, (0, 0))[1]:
        raise Conflict("item.authorised_version", name=item.name, version=item.version)
    reason = reason_given(order.reason)
    tell_department(frame, item.department_id, say("item.told.send_back", name=item.name, reason=reason))
    return mark(frame, item, Marks(), EventFacts(type="item.reviewed", act=Act(decision=SEND_BACK, opinion=reason)))
