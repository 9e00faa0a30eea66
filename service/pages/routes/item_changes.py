"""Entering an item, changing it, and what its department and 县审改办 say of it."""

from collections.abc import Callable

from fastapi import APIRouter, Response

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.describe_flow import DescribeFlow, describe_flow
from service.actions.frame import Frame
from service.actions.parts.library import allow_keeping
from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_item import PutItem, put_item
from service.actions.resume_item import ResumeItem, resume_item
from service.actions.review_item import ReviewItem, review_item
from service.actions.sort_item import SortItem, sort_item
from service.domain.elements import ELEMENTS, GROUPS, NEEDED
from service.domain.errors import NotFound
from service.domain.items import Item
from service.domain.library_permission import Keeping
from service.domain.texts import say
from service.pages.door import Door, PageDoor
from service.pages.item_form import SPARE, options, read_elements, read_steps
from service.pages.page import Done, Page
from service.pages.routes.items import item_page
from service.store import items

router = APIRouter()
LAST = 1_000_000


@router.get("/new-item")
def new_item(door: Door) -> Response:
    """Name and department first, the elements on the next page."""
    return door.show(_new)


@router.post("/new-item")
def enter(door: Door) -> Response:
    given = door.given

    def act(frame: Frame) -> Done:
        values = {
            "name": given.text("name", most=1_000, required=True),
            "department_id": given.text("department_id", most=64, required=True),
        }
        id = given.text("id", most=100)
        given.check()
        made = put_item(frame, PutItem(values, id, new=True))
        return Done(f"/items/{made.id}/edit", say("notice.item_entered", name=made.name, id=made.id))

    return door.do(act, again=_new)


@router.get("/items/{item_id}/edit")
def edit(door: Door, item_id: str) -> Response:
    """All elements in one form."""
    return door.show(lambda frame: _edit(frame, item_id))


@router.post("/items/{item_id}/edit")
def change(door: Door, item_id: str) -> Response:
    """A new version; nothing when nothing differs."""
    given = door.given

    def act(frame: Frame) -> Done:
        values, note, version = read_elements(given), given.text("change_note", most=1_000), _version(door)
        given.check()
        made = put_item(frame, PutItem(values, item_id, note=note, if_match=version))
        same = made.version == version
        notice = say("notice.item_same" if same else "notice.item_changed", name=made.name, version=made.version)
        return Done(f"/items/{item_id}", notice)

    return door.do(act, again=lambda frame: _edit(frame, item_id), thing=item_id)


@router.get("/items/{item_id}/flow")
def show_flow(door: Door, item_id: str) -> Response:
    """办理流程, step by step."""
    return door.show(lambda frame: _flow(frame, item_id))


@router.post("/items/{item_id}/flow")
def describe(door: Door, item_id: str) -> Response:
    """规范流程."""
    given = door.given

    def act(frame: Frame) -> Done:
        steps, version = read_steps(given), _version(door)
        given.check()
        made = describe_flow(frame, DescribeFlow(item_id, steps, if_match=version))
        return Done(f"/items/{item_id}", say("notice.item_described", name=made.name))

    return door.do(act, again=lambda frame: _flow(frame, item_id), thing=item_id)


@router.post("/items/{item_id}/sort")
def sort(door: Door, item_id: str) -> Response:
    """梳理: whatever is missing is named on the page."""
    verb = lambda frame, _reason: sort_item(frame, SortItem(item_id, _version(door)))  # noqa: E731
    return _said(door, item_id, verb, "notice.item_sorted")


@router.post("/items/{item_id}/agree")
def agree(door: Door, item_id: str) -> Response:
    """审核同意."""

    def verb(frame: Frame, reason: str) -> Item:
        return review_item(frame, ReviewItem(item_id, "agree", reason, _version(door)))

    return _said(door, item_id, verb, "notice.item_agreed")


@router.post("/items/{item_id}/send-back")
def send_back(door: Door, item_id: str) -> Response:
    """退回重新梳理."""

    def verb(frame: Frame, reason: str) -> Item:
        return review_item(frame, ReviewItem(item_id, "send_back", reason, _version(door)))

    return _said(door, item_id, verb, "notice.item_sent_back")


@router.post("/items/{item_id}/pause")
def pause(door: Door, item_id: str) -> Response:
    """暂停."""
    verb = lambda frame, reason: pause_item(frame, PauseItem(item_id, reason, _version(door)))  # noqa: E731
    return _said(door, item_id, verb, "notice.item_paused")


@router.post("/items/{item_id}/resume")
def resume(door: Door, item_id: str) -> Response:
    """恢复在用."""
    verb = lambda frame, reason: resume_item(frame, ResumeItem(item_id, reason, _version(door)))  # noqa: E731
    return _said(door, item_id, verb, "notice.item_resumed")


@router.post("/items/{item_id}/cancel")
def cancel(door: Door, item_id: str) -> Response:
    """取消; batches that hold it are told."""
    verb = lambda frame, reason: cancel_item(frame, CancelItem(item_id, reason, _version(door)))  # noqa: E731
    return _said(door, item_id, verb, "notice.item_cancelled")


def _said(door: PageDoor, item_id: str, verb: Callable[[Frame, str], Item], notice: str) -> Response:
    """One of the buttons of the item's page, with the reason beside it."""
    given = door.given

    def act(frame: Frame) -> Done:
        reason = given.text("reason", most=4_000)
        given.check()
        made = verb(frame, reason)
        return Done(f"/items/{item_id}", say(notice, name=made.name))

    return door.do(act, again=lambda frame: item_page(frame, item_id), thing=item_id)


def _version(door: PageDoor) -> int | None:
    """What the person saw: stale forms are refused."""
    return door.given.whole("version", least=1, most=LAST)


def _new(frame: Frame) -> Page:
    known = options(frame, None)
    own = [h.organisation_id for h in frame.actor.holdings if h.post == "dept_clerk"]
    return Page("items/new.html", departments=known["department_id"], own=own[0] if own else "")


def _edit(frame: Frame, item_id: str) -> Page:
    item = _existing(frame, item_id)
    allow_keeping(frame, "item.put", Keeping(departments=(item.department_id,)))
    return Page(
        "items/edit.html", item=item, options=options(frame, item), spare=SPARE, needed=NEEDED,
        groups={group: [e for e in ELEMENTS if e.group == group] for group in GROUPS},
    )  # fmt: skip


def _flow(frame: Frame, item_id: str) -> Page:
    item = _existing(frame, item_id)
    allow_keeping(frame, "item.describe", Keeping(departments=(item.department_id,)))
    return Page("items/flow.html", item=item, spare=SPARE)


def _existing(frame: Frame, item_id: str) -> Item:
    found = items.get_item(frame.tx, item_id)
    if found is None:
        raise NotFound("item.unknown", id=item_id[:60])
    return found
