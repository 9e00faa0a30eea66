"""The item library: look through it, enter and change items, 梳理, 规范流程, review, cancel, and what the decision table says."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Query, Response

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.describe_flow import DescribeFlow, describe_flow
from service.actions.frame import Frame
from service.actions.look_at_eligibility import look_at_eligibility
from service.actions.look_at_item import look_at_differences, look_at_item, look_at_version, look_at_versions
from service.actions.look_at_items import ItemsWanted, look_at_items
from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_item import PutItem, put_item
from service.actions.resume_item import ResumeItem, resume_item
from service.actions.review_item import ReviewItem, review_item
from service.actions.sort_item import SortItem, sort_item
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, IfMatch, new_router
from service.api.shapes import items as shapes
from service.api.shapes import items_given as given
from service.api.shapes.base import After, Limit, Listed, Names, Reason, listed
from service.domain.items import Item
from service.store import items, people

router = new_router("items")
Filter = Annotated[str | None, Query(max_length=200)]
ClassFilter = Annotated[str | None, Query(alias="class", max_length=10, description="E1-E9, or `none`.")]
Version = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/items")
def list_items(
    door: Door, department: Filter = None, status: Filter = None, sorting: Filter = None, power_source: Filter = None,
    item_type: Filter = None, item_class: ClassFilter = None, q: Filter = None, after: After = None, limit: Limit = 50,
) -> Listed[shapes.ItemRowShown]:  # fmt: skip
    """事项库, newest versions with the class of the deployed table. `q`: part of the name."""
    wanted = ItemsWanted(department, status, sorting, power_source, item_type, item_class, q)

    def look(frame: Frame) -> Listed[shapes.ItemRowShown]:
        names = Names(frame.tx)
        page = look_at_items(frame, wanted, after=after, limit=limit)
        return listed(page, lambda found: shapes.item_row(found, names))

    return door.read(look)


@router.get("/item-progress")
def progress(door: Door, department: Filter = None) -> shapes.ProgressShown:
    """待梳理、已梳理、流程已规范、已授权: how far the library is, of one department or of all."""
    return door.read(lambda frame: shapes.ProgressShown(**items.progress(frame.tx, department_id=department)))


@router.get("/items/{item_id}")
def show_item(door: Door, item_id: str) -> shapes.ItemPageShown:
    """One item, newest version, with faults, missing elements and authorisations."""
    return door.read(lambda frame: shapes.item_page(look_at_item(frame, item_id), Names(frame.tx)))


@router.get("/items/{item_id}/versions")
def list_versions(door: Door, item_id: str) -> shapes.VersionsShown:
    """Every version, newest first, with what it changed and what rests on it."""

    def look(frame: Frame) -> shapes.VersionsShown:
        names = {p.id: p.name for p in people.list_people(frame.tx)}
        return shapes.VersionsShown(items=[shapes.version(v, names) for v in look_at_versions(frame, item_id)])

    return door.read(look)


@router.get("/items/{item_id}/versions/{version}")
def show_version(door: Door, item_id: str, version: int) -> shapes.ItemShown:
    """One version, as it was stored: it never changes."""
    return door.read(lambda frame: shapes.item(look_at_version(frame, item_id, version), Names(frame.tx)))


@router.get("/items/{item_id}/differences")
def show_differences(door: Door, item_id: str, first: Version, second: Version) -> shapes.DifferencesShown:
    """What differs between two versions, element by element."""

    def look(frame: Frame) -> shapes.DifferencesShown:
        found = look_at_differences(frame, item_id, first=first, second=second)
        return shapes.DifferencesShown(items=[shapes.difference(d) for d in found])

    return door.read(look)


@router.get("/items/{item_id}/eligibility")
def show_eligibility(
    door: Door, item_id: str, version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None
) -> shapes.EligibilityShown:
    """授权适格判定: class, outcome, the rule that holds and why, and what the table looked at."""
    return door.read(lambda frame: shapes.eligibility(look_at_eligibility(frame, item_id, version=version)))


@router.post("/items", status_code=201, response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def create_item(door: Door, body: given.NewItemGiven, idempotency_key: IdempotencyKey = None) -> Response:
    """Enter an item: 县审改办 for any department, a department for itself. It begins 待梳理."""
    order = PutItem(given.elements(body), body.id, new=True, note=body.note_of_change)
    return _write(door, put_item, order, thing=body.id, status=201)


@router.patch("/items/{item_id}", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def revise_item(
    door: Door, item_id: str, body: given.ElementsGiven, if_match: IfMatch = None,
    idempotency_key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """A new version, 待梳理 again; fields left out stay. The same again makes none."""
    order = PutItem(given.elements(body), item_id, note=body.note_of_change, if_match=door.if_match)
    return _write(door, put_item, order, thing=item_id)


@router.post("/items/{item_id}/sort", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def sort(door: Door, item_id: str, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None) -> Response:
    """梳理: by the department; 422 names every missing element."""
    return _write(door, sort_item, SortItem(item_id, door.if_match), thing=item_id)


@router.post("/items/{item_id}/describe", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def describe(
    door: Door, item_id: str, body: given.FlowGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """规范流程: by the department, of a sorted item. Then it may be authorised."""
    order = DescribeFlow(item_id, given.steps(body.flow), door.if_match)
    return _write(door, describe_flow, order, thing=item_id)


@router.post("/items/{item_id}/review", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def review(
    door: Door, item_id: str, body: given.ReviewGiven, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """县审改办 agrees, or sends back with a reason; whoever wrote or confirmed the version does not review it."""
    order = ReviewItem(item_id, body.decision, body.reason, door.if_match)
    return _write(door, review_item, order, thing=item_id)


@router.post("/items/{item_id}/cancel", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def cancel(
    door: Door, item_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """取消, by 县审改办: batches in preparation with this item are told (依据废止/事项取消)."""
    return _write(door, cancel_item, CancelItem(item_id, body.reason, door.if_match), thing=item_id)


@router.post("/items/{item_id}/pause", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def pause(
    door: Door, item_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """暂停."""
    return _write(door, pause_item, PauseItem(item_id, body.reason, door.if_match), thing=item_id)


@router.post("/items/{item_id}/resume", response_model=shapes.ItemShown, responses=WRITE_PROBLEMS)
def resume(
    door: Door, item_id: str, body: Reason, if_match: IfMatch = None, idempotency_key: IdempotencyKey = None
) -> Response:
    """恢复在用."""
    return _write(door, resume_item, ResumeItem(item_id, body.reason, door.if_match), thing=item_id)


def _write(door: Door, verb: Callable[[Frame, Any], Item], order: Any, *, thing: str, status: int = 200) -> Response:
    """The item after the act, its version as the ETag."""

    def act(frame: Frame) -> Answer:
        made = verb(frame, order)
        headers = {"Location": f"/api/v1/items/{made.id}"} if status == 201 else {}
        return Answer(shapes.item(made, Names(frame.tx)), status=status, version=made.version, headers=headers)

    return door.write(act, thing=thing)
