"""Registers anybody signed in may read, and one's own notices and receipts."""

from typing import Annotated

from fastapi import Query, Response

from service.actions.confirm_receipt import ConfirmReceipt, confirm_receipt
from service.actions.frame import Frame
from service.api.door import Answer, Door
from service.api.routes.common import WRITE_PROBLEMS, IdempotencyKey, new_router
from service.api.shapes import registers as shapes
from service.api.shapes.base import After, Limit, Listed, Names, listed
from service.store import ledger, notices, organisations, people

router = new_router("registers")
Filter = Annotated[str | None, Query(max_length=200)]


@router.get("/authorisations")
def list_authorisations(
    door: Door, township: Filter = None, item: Filter = None, status: Filter = None, case: Filter = None,
    after: After = None, limit: Limit = 50,
) -> Listed[shapes.AuthorisationShown]:  # fmt: skip
    """授权台账, newest first."""

    def look(frame: Frame) -> Listed[shapes.AuthorisationShown]:
        names = Names(frame.tx)
        page = ledger.list_authorisations(
            frame.tx, township=township, item=item, status=status, case_id=case, after=after, limit=limit
        )
        return listed(page, lambda found: shapes.authorisation(found, names))

    return door.read(look)


@router.get("/seals")
def list_seals(
    door: Door, organisation: Filter = None, after: After = None, limit: Limit = 50
) -> Listed[shapes.SealShown]:
    """Seals of organisations."""

    def look(frame: Frame) -> Listed[shapes.SealShown]:
        names = Names(frame.tx)
        page = ledger.list_seals(frame.tx, organisation_id=organisation, after=after, limit=limit)
        return listed(page, lambda found: shapes.seal(found, names))

    return door.read(look)


@router.get("/organisations")
def list_organisations(door: Door, kind: Filter = None, parent: Filter = None) -> Listed[shapes.OrganisationShown]:
    """The tree of organisations, flat."""

    def look(frame: Frame) -> Listed[shapes.OrganisationShown]:
        found = organisations.list_organisations(frame.tx, kind=kind, parent_id=parent)
        return Listed[shapes.OrganisationShown](items=[shapes.organisation(o) for o in found], next=None)

    return door.read(look)


@router.get("/people")
def list_people(door: Door, organisation: Filter = None) -> Listed[shapes.PersonShown]:
    """Names and organisations; invented people are marked."""

    def look(frame: Frame) -> Listed[shapes.PersonShown]:
        found = people.list_people(frame.tx, organisation_id=organisation)
        return Listed[shapes.PersonShown](items=[shapes.person(p) for p in found], next=None)

    return door.read(look)


@router.get("/notifications")
def list_notifications(door: Door, after: After = None, limit: Limit = 50) -> Listed[shapes.NotificationShown]:
    """Notices to me or to a post of mine, newest first."""

    def look(frame: Frame) -> Listed[shapes.NotificationShown]:
        page = notices.list_notifications(frame.tx, actor=frame.actor, after=after, limit=limit)
        return listed(page, shapes.notification)

    return door.read(look)


@router.get("/receipts")
def list_receipts(door: Door, after: After = None, limit: Limit = 50) -> Listed[shapes.ReceiptShown]:
    """送达回执 addressed to my organisations, newest first."""

    def look(frame: Frame) -> Listed[shapes.ReceiptShown]:
        mine = sorted(frame.actor.organisations)
        return listed(notices.receipts_for(frame.tx, mine, after=after, limit=limit), shapes.receipt)

    return door.read(look)


@router.post("/receipts/{receipt_id}/confirm", response_model=shapes.ReceiptShown, responses=WRITE_PROBLEMS)
def confirm(door: Door, receipt_id: str, idempotency_key: IdempotencyKey = None) -> Response:
    """The document reached us; it takes away the excuse 未收到启用通知."""
    return door.write(
        lambda frame: Answer(shapes.receipt(confirm_receipt(frame, ConfirmReceipt(receipt_id)))), thing=receipt_id
    )
