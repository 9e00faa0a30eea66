"""A person looks through the item library: a page of items with the class the deployed table gives each."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.eligibility import classes_of
from service.domain.items import Item
from service.domain.paging import Page, write_cursor
from service.store import items

STRIDE = 200


@dataclass(frozen=True, slots=True)
class ItemsWanted:
    """Empty: any. ``item_class``: E1-E9, or ``none`` for items the table gives no class. ``q``: part of the name."""

    department_id: str | None = None
    status: str | None = None
    sorting: str | None = None
    power_source: str | None = None
    item_type: str | None = None
    item_class: str | None = None
    q: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    item: Item
    item_class: str


def look_at_items(frame: Frame, wanted: ItemsWanted, *, after: str | None = None, limit: int = 50) -> Page[Judged]:
    """By id. A class is computed, never stored, so with one wanted the library is read on until the page is full."""
    found: list[Judged] = []
    stride = STRIDE if wanted.item_class else limit
    while True:
        page = items.list_items(
            frame.tx, department_id=wanted.department_id, status=wanted.status, sorting=wanted.sorting,
            power_source=wanted.power_source, item_type=wanted.item_type, q=wanted.q, after=after, limit=stride,
        )  # fmt: skip
        judged = [Judged(i, c) for i, c in zip(page.items, classes_of(frame, page.items), strict=True)]
        found += [one for one in judged if _fits(one, wanted.item_class)]
        if len(found) > limit or (len(found) == limit and page.next):
            return Page(found[:limit], write_cursor([found[limit - 1].item.id]))
        if page.next is None:
            return Page(found)
        after = page.next


def _fits(one: Judged, wanted: str | None) -> bool:
    return not wanted or one.item_class == ("" if wanted == "none" else wanted)
