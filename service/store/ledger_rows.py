"""授权台账 as the county keeps it on paper: each authorisation with its item's version, the seals and the centre."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, or_, select

from service.domain.items import Authorisation, AuthorisationStatus
from service.domain.paging import Page
from service.store.rows import one_page
from service.store.session import Transaction
from service.store.tables import authorisation, item, seal

BATCH = 500


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What stands beside an authorisation. Fields of the item are those of the version that was authorised; empty when unknown."""

    entry: Authorisation
    task_code: str
    item_type: str
    power_source: str
    legal_basis: str
    department_id: str
    current_seal: str
    seal_name: str
    example: bool


def list_rows(
    tx: Transaction, *, township: str = "", status: str = "", text: str = "", after: str | None = None, limit: int = 50
) -> Page[LedgerRow]:
    """Newest first. ``text``: part of the item's name or code, or of a document's number."""
    order = [authorisation.c.effective_at, authorisation.c.id]
    return one_page(tx, _rows(township, status, text), _value, order=order, after=after, limit=limit)


def every_row(tx: Transaction, *, township: str = "", status: str = "", text: str = "") -> Iterator[LedgerRow]:
    """All of them, read in pages so that memory stays flat."""
    after: str | None = None
    while True:
        page = list_rows(tx, township=township, status=status, text=text, after=after, limit=BATCH)
        yield from page.items
        if page.next is None:
            return
        after = page.next


def _rows(township: str, status: str, text: str) -> Select[Any]:
    same = and_(item.c.id == authorisation.c.item_id, item.c.version == authorisation.c.item_version)
    statement = (
        select(
            *authorisation.c, item.c.task_code, item.c.item_type, item.c.power_source, item.c.legal_basis,
            item.c.department_id, item.c.current_seal, item.c.example, seal.c.name.label("seal_name"),
        )
        .outerjoin(item, same)
        .outerjoin(seal, seal.c.id == authorisation.c.seal_id)
    )  # fmt: skip
    wanted = {authorisation.c.township_id: township, authorisation.c.status: status}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    if not text:
        return statement
    columns = (
        authorisation.c.item_name, item.c.task_code, authorisation.c.document_number, authorisation.c.filing_number,
        authorisation.c.notice_number,
    )  # fmt: skip
    return statement.where(or_(*(column.icontains(text, autoescape=True) for column in columns)))


def _value(row: Any) -> LedgerRow:
    found = {column.name: row._mapping[column.name] for column in authorisation.c}
    found["status"] = AuthorisationStatus(found["status"])
    known = ("task_code", "item_type", "power_source", "legal_basis", "department_id", "current_seal", "seal_name")
    return LedgerRow(Authorisation(**found), **{n: row._mapping[n] or "" for n in known}, example=bool(row.example))
