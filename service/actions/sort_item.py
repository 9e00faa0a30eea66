"""梳理: the department says that this version of its item holds every needed element. Whatever is missing is named, all at once."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import (
    allow_keeping,
    known_things,
    lock_item,
    mark,
    must_be_in_use,
    who_and_when,
)
from service.actions.parts.sealing import EventFacts
from service.domain.codes import only_warns
from service.domain.elements import label, missing
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.item_check import Known, element_faults
from service.domain.items import Item, Marks, Sorting
from service.domain.library_permission import Keeping
from service.domain.texts import say


@dataclass(frozen=True, slots=True)
class SortItem:
    item_id: str
    if_match: int | None = None


def sort_item(frame: Frame, order: SortItem) -> Item:
    """The item, its newest version now 已梳理."""
    item = lock_item(frame, order.item_id)
    allow_keeping(frame, "item.sort", Keeping(departments=(item.department_id,)))
    must_match(order.if_match, item.version, what=item.name)
    must_be_in_use(item)
    if item.marks.sorting is not Sorting.DRAFT:
        said = say(f"sorting.{item.marks.sorting.value}")
        first = who_and_when(frame, item.marks.sorted_by, item.marks.sorted_at)
        raise Conflict("item.mark_again", name=item.name, version=item.version, mark=said, **first)
    faults = _against_sorting(item, known_things(frame))
    if faults:
        raise Invalid("item.not_sortable", name=item.name, count=len(faults), faults=faults)
    marks = Marks(Sorting.SORTED, sorted_by=frame.actor.person_id, sorted_at=frame.now)
    return mark(frame, item, marks, EventFacts(type="item.sorted"))


def _against_sorting(item: Item, known: Known) -> list[Fault]:
    """What is missing, and what has become wrong since it was written: a code out of use, a repealed legal basis."""
    lacking = [Fault("missing", say("fault.missing", element=label(n)), {"field": n}) for n in missing(item)]
    return lacking + [fault for fault in element_faults(item, known) if not only_warns(fault)]
