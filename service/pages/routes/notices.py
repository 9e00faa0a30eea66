"""通知 and 送达回执: what came to this person and to the posts and organisations held."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response

from service.actions.confirm_receipt import ConfirmReceipt, confirm_receipt
from service.actions.frame import Frame
from service.actions.mark_notices_seen import MarkNoticesSeen, mark_notices_seen
from service.domain.texts import say
from service.pages.door import Door
from service.pages.names import Names
from service.pages.page import Done, Page
from service.store import notices

router = APIRouter()
After = Annotated[str, Query(max_length=600)]
ROWS = 30


@router.get("/notifications")
def list_notices(door: Door, after: After = "") -> Response:
    """Newest first; new is what came since this person marked them as seen."""
    return door.show(lambda frame: _notices(frame, after))


@router.post("/notifications/seen")
def mark_seen(door: Door) -> Response:
    """全部标为已读: all that stood in the list when it was shown."""
    given = door.given

    def act(frame: Frame) -> Done:
        mark_notices_seen(frame, MarkNoticesSeen(_moment(given.text("until", most=40)) or frame.now))
        return Done("/notifications", say("notice.all_seen"))

    return door.do(act, again=lambda frame: _notices(frame, ""))


@router.get("/receipts")
def list_receipts(door: Door, after: After = "") -> Response:
    """Documents sent to my organisations."""
    return door.show(lambda frame: _receipts(frame, after))


@router.post("/receipts/{receipt_id}/confirm")
def confirm(door: Door, receipt_id: str) -> Response:
    """确认收到. It takes away the excuse 未收到启用通知."""

    def act(frame: Frame) -> Done:
        found = confirm_receipt(frame, ConfirmReceipt(receipt_id))
        return Done("/receipts", say("notice.receipted", document=found.document))

    return door.do(act, again=lambda frame: _receipts(frame, ""), thing=receipt_id)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _notices(frame: Frame, after: str) -> Page:
    page = notices.list_notifications(frame.tx, actor=frame.actor, after=after or None, limit=ROWS)
    seen = notices.seen_until(frame.tx, frame.actor.person_id)
    return Page(
        "notices/list.html", rows=page.items, next=page.next, first=not after, seen=seen, now=frame.now,
        names=Names(frame.tx),
    )  # fmt: skip


def _receipts(frame: Frame, after: str) -> Page:
    mine = sorted(frame.actor.organisations) if not frame.actor.roles else []
    page = notices.receipts_for(frame.tx, mine, after=after or None, limit=ROWS)
    return Page(
        "notices/receipts.html", rows=page.items, next=page.next, first=not after,
        names=Names(frame.tx, {r.receipted_by for r in page.items}),
    )  # fmt: skip
