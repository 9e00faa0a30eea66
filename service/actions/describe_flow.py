"""规范流程: the department describes the steps its item takes, or confirms those that are there. Then it may be authorised."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import (
    allow_keeping,
    known_things,
    lock_item,
    mark,
    must_be_in_use,
    who_and_when,
    write_version,
)
from service.actions.parts.sealing import EventFacts
from service.domain.errors import Conflict, Invalid
from service.domain.item_check import flow_faults
from service.domain.items import FlowStep, Item, Marks, Sorting
from service.domain.library_permission import Keeping
from service.domain.texts import say

DESCRIBED = "item.described"


@dataclass(frozen=True, slots=True)
class DescribeFlow:
    """``flow`` None: the steps of the newest version are confirmed as they are."""

    item_id: str
    flow: tuple[FlowStep, ...] | None = None
    if_match: int | None = None


def describe_flow(frame: Frame, order: DescribeFlow) -> Item:
    """The item, 流程已规范. Other steps than before make a new version; that its elements are sorted stays true."""
    item = lock_item(frame, order.item_id)
    allow_keeping(frame, "item.describe", Keeping(departments=(item.department_id,)))
    must_match(order.if_match, item.version, what=item.name)
    must_be_in_use(item)
    if item.marks.sorting is Sorting.DRAFT:
        raise Conflict("item.not_sorted", name=item.name, version=item.version)
    flow = item.flow if order.flow is None else order.flow
    _must_be_whole(item, flow)
    marks = replace(
        item.marks, sorting=Sorting.DESCRIBED, described_by=frame.actor.person_id, described_at=frame.now,
        reviewed_by="", reviewed_at=None,
    )  # fmt: skip
    if flow != item.flow:
        after = replace(item, flow=flow)
        return write_version(frame, after, before=item, known=known_things(frame), type=DESCRIBED, marks=marks)
    return _confirm(frame, item, marks)


def _confirm(frame: Frame, item: Item, marks: Marks) -> Item:
    if item.marks.sorting is Sorting.DESCRIBED:
        first = who_and_when(frame, item.marks.described_by, item.marks.described_at)
        said = say("sorting.described")
        raise Conflict("item.mark_again", name=item.name, version=item.version, mark=said, **first)
    return mark(frame, item, marks, EventFacts(type=DESCRIBED))


def _must_be_whole(item: Item, flow: tuple[FlowStep, ...]) -> None:
    if not flow:
        raise Invalid("item.no_flow", name=item.name)
    faults = flow_faults(flow, promised=item.promised_days)
    if faults:
        raise Invalid("item.refused", name=item.name, count=len(faults), faults=faults)
