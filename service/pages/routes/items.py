"""事项库: the list with the funnel, one item with all that is known of it, its versions and what differs between them."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.frame import Frame
from service.actions.look_at_eligibility import Eligibility, look_at_eligibility
from service.actions.look_at_item import (
    ItemView,
    look_at_differences,
    look_at_item,
    look_at_version,
    look_at_versions,
    words_of,
)
from service.actions.look_at_items import ItemsWanted, look_at_items
from service.actions.parts.library import keeping_verdict
from service.domain.elements import ELEMENTS, GROUPS
from service.domain.errors import Conflict
from service.domain.item_diff import Words, shown
from service.domain.items import Item
from service.domain.library_permission import Keeping
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Page
from service.store import items

router = APIRouter()
Text = Annotated[str, Query(max_length=100)]
After = Annotated[str, Query(max_length=600)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]
ROWS = 20
CLASSES = ("E1", "E2", "E3", "E4", "E5", "E6", "E7", "E8", "E9", "none")
VERBS = ("item.put", "item.sort", "item.describe", "item.review", "item.pause", "item.resume", "item.cancel")


@router.get("/items")
def list_items(
    door: Door, department: Text = "", status: Text = "", sorting: Text = "", power: Text = "", of_class: Text = "",
    q: Text = "", after: After = "",
) -> Response:  # fmt: skip
    """By id; the class is what the deployed table gives now."""
    wanted = ItemsWanted(department, status, sorting, power, "", of_class, q.strip())

    def look(frame: Frame) -> Page:
        page = look_at_items(frame, wanted, after=after or None, limit=ROWS)
        query = {"department": department, "status": status, "sorting": sorting, "power": power,
                 "of_class": of_class, "q": q}  # fmt: skip
        return Page(
            "items/list.html", rows=page.items, next=page.next, first=not after, query=query,
            progress=items.progress(frame.tx, department_id=department or None), names=Names(frame.tx),
            departments=items.departments(frame.tx), classes=CLASSES, words=words_of(frame),
            may_put=may_put_some(frame),
        )  # fmt: skip

    return door.show(look)


@router.get("/items/{item_id}")
def show_item(door: Door, item_id: str) -> Response:
    """The newest version."""
    return door.show(lambda frame: item_page(frame, item_id))


@router.get("/items/{item_id}/versions/{version}")
def show_version(door: Door, item_id: str, version: int) -> Response:
    """One version as it was stored, what it changed, and what rests on it."""

    def look(frame: Frame) -> Page:
        item = look_at_version(frame, item_id, version)
        words = words_of(frame)
        (view,) = [v for v in look_at_versions(frame, item_id) if v.item.version == version]
        return Page(
            "items/version.html", item=item, view=view, groups=card(item, words), names=_names(frame, [item]),
            newest=(items.get_item(frame.tx, item_id) or item).version,
        )  # fmt: skip

    return door.show(look)


@router.get("/items/{item_id}/differences")
def show_differences(door: Door, item_id: str, first: Number = 1, second: Number = 1) -> Response:
    """Two versions side by side."""

    def look(frame: Frame) -> Page:
        found = look_at_differences(frame, item_id, first=first, second=second)
        return Page(
            "items/differences.html", item=look_at_version(frame, item_id, second), first=first, second=second,
            differences=found, versions=[i.version for i in items.item_versions(frame.tx, item_id)],
        )  # fmt: skip

    return door.show(look)


def item_page(frame: Frame, item_id: str) -> Page:
    """The page of one item; what its forms are refused for is shown on it."""
    view = look_at_item(frame, item_id)
    versions = look_at_versions(frame, item_id)
    eligibility, why_not = _judged(frame, view.item)
    return Page(
        "items/show.html", item=view.item, view=view, versions=versions, groups=card(view.item, words_of(frame)),
        faults_of=_by_element(view), eligibility=eligibility, why_not=why_not, may=verdicts(frame, view.item),
        names=_names(frame, [v.item for v in versions]),
    )  # fmt: skip


def verdicts(frame: Frame, item: Item) -> dict[str, bool]:
    """What this person may do with the item; the actions ask again."""
    doers = frozenset((item.made_by, item.marks.sorted_by, item.marks.described_by)) - {""}
    keeping = Keeping(departments=(item.department_id,), doers=doers)
    found = {verb.removeprefix("item."): bool(keeping_verdict(frame, verb, keeping)) for verb in VERBS}
    return found | ({"resume": found["cancel"]} if item.status == "cancelled" else {})


def may_put_some(frame: Frame) -> bool:
    """Whether there is a department for which this person enters items."""
    own = tuple(h.organisation_id for h in frame.actor.holdings if h.post == "dept_clerk")
    return any(keeping_verdict(frame, "item.put", Keeping(departments=(d,))) for d in own or ("",))


def card(item: Item, words: Words) -> dict[str, list[tuple[str, str]]]:
    """Group -> (element, text), in the order of the card."""
    return {group: [(e.name, shown(item, e.name, words)) for e in ELEMENTS if e.group == group] for group in GROUPS}


def _judged(frame: Frame, item: Item) -> tuple[Eligibility | None, str]:
    try:
        return look_at_eligibility(frame, item.id), ""
    except Conflict as error:
        return None, str(error)


def _by_element(view: ItemView) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in (*view.faults, *view.doubts):
        found.setdefault(str(fault.where["field"]), []).append(fault.message)
    return found


def _names(frame: Frame, found: list[Item]) -> Names:
    ids = [id for i in found for id in (i.made_by, i.marks.sorted_by, i.marks.described_by, i.marks.reviewed_by)]
    return Names(frame.tx, ids)
