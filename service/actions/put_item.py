"""The reform office or a department enters an item, or changes one: a new version, 待梳理 again. What was stored before stays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import must_match
from service.actions.parts.library import (
    allow_keeping,
    fresh_id,
    good_id,
    known_things,
    lock_item,
    lock_place,
    who_and_when,
    write_version,
)
from service.domain.elements import BY_NAME
from service.domain.errors import Conflict, Invalid
from service.domain.items import Item, PowerSource
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.store import items


@dataclass(frozen=True, slots=True)
class PutItem:
    """``values``: elements by name as ``Item`` holds them; those left out stay as they are.

    ``new``: the item is not there yet; without ``item_id`` it gets a number. ``note`` says why, for the history.
    """

    values: Mapping[str, Any]
    item_id: str = ""
    new: bool = False
    note: str = ""
    if_match: int | None = None


def put_item(frame: Frame, order: PutItem) -> Item:
    """The new version; the newest one when nothing differs."""
    if unknown := sorted(set(order.values) - set(BY_NAME)):
        raise Invalid("item.unknown_element", names=say("list.comma").join(unknown))
    before = None if order.new else lock_item(frame, order.item_id)
    after = replace(before or _blank(_free_id(frame, order)), **order.values)
    departments = tuple(dict.fromkeys(item.department_id for item in (before, after) if item))
    allow_keeping(frame, "item.put", Keeping(departments=departments))
    if before:
        must_match(order.if_match, before.version, what=before.name)
        if before.status == "cancelled":
            raise Conflict("item.not_in_use", name=before.name, status=say("item.status.cancelled"))
    return write_version(frame, after, before=before, known=known_things(frame), note=order.note)


def _free_id(frame: Frame, order: PutItem) -> str:
    id = good_id(order.item_id) if order.item_id else fresh_id(frame, "sx", items.get_item)
    if found := lock_place(frame, id):
        raise Conflict("item.taken", id=id, name=found.name, **who_and_when(frame, found.made_by, found.made_at))
    return id


def _blank(id: str) -> Item:
    return Item(
        id=id, version=0, name="", department_id="", status="in_use", status_reason="", power_source=PowerSource.UNKNOWN,
        agency="", result_kind="", seal_by_law=False, legal_basis="", current_seal="",
    )  # fmt: skip
