"""In-app notices and receipts of delivered documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, insert, or_, select, update

from service.domain.items import Notification, Receipt
from service.domain.paging import Page
from service.domain.people import Actor
from service.store.failpoints import point
from service.store.rows import insert_new, one_page, plain, put
from service.store.session import Transaction
from service.store.tables import notice_seen, notification, receipt


def add_notification(tx: Transaction, value: Notification) -> None:
    tx.connection.execute(insert(notification).values(**plain(value)))
    point("notice_added")


def list_notifications(
    tx: Transaction, *, actor: Actor, after: str | None = None, limit: int = 50
) -> Page[Notification]:
    """For the person, or for a post the person holds; newest first."""
    statement = select(notification).where(_addressed(actor))
    order = [notification.c.created_at, notification.c.id]
    return one_page(tx, statement, lambda row: Notification(**row._mapping), order=order, after=after, limit=limit)


def count_unseen(tx: Transaction, actor: Actor, *, most: int) -> int:
    """How many notices came since this person looked; counting stops at ``most``."""
    seen = select(notice_seen.c.seen_at).where(notice_seen.c.person_id == actor.person_id).scalar_subquery()
    newer = or_(seen.is_(None), notification.c.created_at > seen)
    rows = select(notification.c.id).where(_addressed(actor), newer).limit(most).subquery()
    return int(tx.connection.execute(select(func.count()).select_from(rows)).scalar_one())


def seen_until(tx: Transaction, person_id: str) -> datetime | None:
    """Up to when the person has looked at the notices."""
    statement = select(notice_seen.c.seen_at).where(notice_seen.c.person_id == person_id)
    found: datetime | None = tx.connection.execute(statement).scalar()
    return found


def set_seen(tx: Transaction, person_id: str, *, at: datetime) -> None:
    put(tx, notice_seen, {"person_id": person_id, "seen_at": at})


def _addressed(actor: Actor) -> ColumnElement[bool]:
    posts = [
        and_(
            notification.c.person_id.is_(None),
            notification.c.organisation_id == h.organisation_id,
            notification.c.post == h.post,
        )
        for h in actor.holdings
    ]
    return or_(notification.c.person_id == actor.person_id, false(), *posts)


def add_receipt(tx: Transaction, value: Receipt) -> None:
    """Adding the same id again changes nothing: a job may run twice."""
    insert_new(tx, receipt, [plain(value)])


def get_receipt(tx: Transaction, id: str) -> Receipt | None:
    row = tx.connection.execute(select(receipt).where(receipt.c.id == id)).first()
    return _receipt(row) if row else None


def receipts_of(tx: Transaction, case_id: str) -> list[Receipt]:
    statement = select(receipt).where(receipt.c.case_id == case_id).order_by("organisation_id", "id")
    return [_receipt(row) for row in tx.connection.execute(statement)]


def receipts_for(
    tx: Transaction, organisation_ids: list[str], *, after: str | None = None, limit: int = 50
) -> Page[Receipt]:
    """Addressed to these organisations, newest first."""
    statement = select(receipt).where(receipt.c.organisation_id.in_(organisation_ids))
    return one_page(tx, statement, _receipt, order=[receipt.c.sent_at, receipt.c.id], after=after, limit=limit)


def confirm_receipt(tx: Transaction, id: str, *, at: datetime, by: str) -> bool:
    """False when it was confirmed before."""
    statement = update(receipt).where(receipt.c.id == id, receipt.c.receipted_at.is_(None))
    return tx.connection.execute(statement.values(receipted_at=at, receipted_by=by)).rowcount == 1


def _receipt(row: Any) -> Receipt:
    return Receipt(**row._mapping)
