"""The item library and its forms, by version."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import and_, func, select

from service.domain.items import Form, Item, PowerSource
from service.domain.paging import Page
from service.store.rows import one_page, plain, put
from service.store.session import Transaction
from service.store.tables import form, item


def put_item(tx: Transaction, value: Item) -> None:
    put(tx, item, plain(value) | {"form_ids": list(value.form_ids)})


def get_item(tx: Transaction, id: str) -> Item | None:
    """The newest version."""
    return next(iter(items_by_ids(tx, [id])), None)


def items_by_ids(tx: Transaction, ids: Collection[str]) -> list[Item]:
    """The newest version of each, ordered by id."""
    statement = select(item).where(item.c.id.in_(sorted(set(ids))), _newest(item)).order_by(item.c.id)
    return [_item(row) for row in tx.connection.execute(statement)]


def list_items(
    tx: Transaction,
    *,
    department_id: str | None = None,
    q: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Item]:
    """Newest versions by id. ``q``: part of the name."""
    statement = select(item).where(_newest(item))
    if department_id:
        statement = statement.where(item.c.department_id == department_id)
    if q:
        statement = statement.where(item.c.name.contains(q, autoescape=True))
    return one_page(tx, statement, _item, order=[item.c.id], after=after, limit=limit, newest_first=False)


def put_form(tx: Transaction, value: Form) -> None:
    put(tx, form, plain(value))


def get_form(tx: Transaction, id: str) -> Form | None:
    """The newest version."""
    return next(iter(forms_by_ids(tx, [id])), None)


def forms_by_ids(tx: Transaction, ids: Collection[str]) -> list[Form]:
    """The newest version of each, ordered by id."""
    statement = select(form).where(form.c.id.in_(sorted(set(ids))), _newest(form)).order_by(form.c.id)
    return [Form(**row._mapping) for row in tx.connection.execute(statement)]


def list_forms(
    tx: Transaction, *, owner_id: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Form]:
    """Newest versions by id."""
    statement = select(form).where(_newest(form))
    if owner_id:
        statement = statement.where(form.c.owner_id == owner_id)
    make = lambda row: Form(**row._mapping)  # noqa: E731
    return one_page(tx, statement, make, order=[form.c.id], after=after, limit=limit, newest_first=False)


def _newest(table: Any) -> Any:
    other = table.alias("other")
    last = select(func.max(other.c.version)).where(and_(other.c.id == table.c.id)).scalar_subquery()
    return table.c.version == last


def _item(row: Any) -> Item:
    found = dict(row._mapping) | {"power_source": PowerSource(row.power_source), "form_ids": tuple(row.form_ids)}
    return Item(**found)
