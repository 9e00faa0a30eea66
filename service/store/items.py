"""The item library and its forms, by version. A version of an item is added and never changed; its marks stand beside it."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Select, and_, func, insert, select

from service.domain.items import Citation, FlowStep, Form, Item, ItemName, Marks, Material, PowerSource, Sorting
from service.domain.paging import Page
from service.store.rows import one_page, plain, put
from service.store.session import Transaction
from service.store.tables import authorisation, form, item, item_mark, verdict

_MARKS = tuple(column for column in item_mark.c if column.name not in ("item_id", "version"))


def put_item(tx: Transaction, value: Item) -> None:
    """Add this version with its marks; the key (id, version) refuses a second one."""
    tx.connection.execute(insert(item).values(**plain(value, without=("marks",))))
    if value.marks != Marks():
        set_marks(tx, value.id, value.version, value.marks)


def set_marks(tx: Transaction, item_id: str, version: int, marks: Marks) -> None:
    put(tx, item_mark, {"item_id": item_id, "version": version} | plain(marks))


def get_item(tx: Transaction, id: str) -> Item | None:
    """The newest version."""
    return next(iter(items_by_ids(tx, [id])), None)


def item_version(tx: Transaction, id: str, version: int) -> Item | None:
    row = tx.connection.execute(_items().where(item.c.id == id, item.c.version == version)).first()
    return _item(row) if row else None


def item_versions(tx: Transaction, id: str) -> list[Item]:
    """Every version, newest first."""
    statement = _items().where(item.c.id == id).order_by(item.c.version.desc())
    return [_item(row) for row in tx.connection.execute(statement)]


def items_by_ids(tx: Transaction, ids: Collection[str]) -> list[Item]:
    """The newest version of each, ordered by id."""
    statement = _items().where(item.c.id.in_(sorted(set(ids))), _newest(item)).order_by(item.c.id)
    return [_item(row) for row in tx.connection.execute(statement)]


def list_items(
    tx: Transaction,
    *,
    department_id: str | None = None,
    status: str | None = None,
    sorting: str | None = None,
    power_source: str | None = None,
    item_type: str | None = None,
    q: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page[Item]:
    """Newest versions by id. ``q``: part of the name."""
    wanted = {
        item.c.department_id: department_id,
        item.c.status: status,
        item.c.power_source: power_source,
        item.c.item_type: item_type,
    }
    statement = _items().where(_newest(item), *(column == value for column, value in wanted.items() if value))
    if sorting:
        statement = statement.where(func.coalesce(item_mark.c.sorting, Sorting.DRAFT.value) == sorting)
    if q:
        statement = statement.where(item.c.name.contains(q, autoescape=True))
    return one_page(tx, statement, _item, order=[item.c.id], after=after, limit=limit, newest_first=False)


def all_items(tx: Transaction) -> list[Item]:
    """The whole library, newest versions, ordered by id; a county has some hundred."""
    return [_item(row) for row in tx.connection.execute(_items().where(_newest(item)).order_by(item.c.id))]


def progress(tx: Transaction, *, department_id: str | None = None) -> dict[str, int]:
    """How many items in use stand at each step of sorting: draft, sorted, described; and ``authorised`` somewhere, of all of them."""
    sorting = func.coalesce(item_mark.c.sorting, Sorting.DRAFT.value)
    same = and_(item_mark.c.item_id == item.c.id, item_mark.c.version == item.c.version)
    wanted = [_newest(item), item.c.status == "in_use"]
    wanted += [item.c.department_id == department_id] if department_id else []
    statement = (
        select(sorting.label("step"), func.count().label("n"))
        .select_from(item.outerjoin(item_mark, same))
        .where(*wanted)
    )
    found = {step.value: 0 for step in Sorting}
    found |= {row.step: row.n for row in tx.connection.execute(statement.group_by(sorting))}
    given = select(authorisation.c.item_id).where(authorisation.c.status.in_(("trial", "in_force")))
    authorised = select(func.count()).select_from(item).where(*wanted, item.c.id.in_(given))
    return found | {"authorised": tx.connection.execute(authorised).scalar_one()}


def item_names(tx: Transaction) -> list[ItemName]:
    """Newest versions of the whole library, only what a list to choose from shows; ordered by id."""
    same = and_(item_mark.c.item_id == item.c.id, item_mark.c.version == item.c.version)
    statement = (
        select(item.c.id, item.c.name, item.c.department_id, item.c.status, item_mark.c.sorting)
        .outerjoin(item_mark, same)
        .where(_newest(item))
    )
    found = tx.connection.execute(statement.order_by(item.c.id))
    return [ItemName(**{**row._mapping, "sorting": Sorting(row.sorting or Sorting.DRAFT)}) for row in found]


def departments(tx: Transaction) -> list[str]:
    """Ids of the departments that have items."""
    return list(tx.connection.execute(select(item.c.department_id).distinct().order_by(item.c.department_id)).scalars())


def items_citing(tx: Transaction, basis_id: str) -> list[Item]:
    """Items whose newest version rests on this registered legal basis."""
    return [found for found in all_items(tx) if any(c.basis_id == basis_id for c in found.citations)]


def described_since(tx: Transaction, id: str, version: int) -> bool:
    """Whether this version or a later one was sorted and had its flow described."""
    statement = select(item_mark.c.version).where(
        item_mark.c.item_id == id, item_mark.c.version >= version, item_mark.c.sorting == Sorting.DESCRIBED.value
    )
    return tx.connection.execute(statement.limit(1)).first() is not None


def used_versions(tx: Transaction, id: str) -> Mapping[int, tuple[int, int]]:
    """Version -> (sign-offs, authorisations) that point to it: those versions are frozen for good."""
    signed = select(verdict.c.subject_version, func.count()).where(
        verdict.c.kind == "sign_off", verdict.c.subject_id == id
    )
    given = select(authorisation.c.item_version, func.count()).where(authorisation.c.item_id == id)
    found: dict[int, tuple[int, int]] = {}
    for version, count in tx.connection.execute(signed.group_by(verdict.c.subject_version)):
        found[version] = (count, 0)
    for version, count in tx.connection.execute(given.group_by(authorisation.c.item_version)):
        found[version] = (found.get(version, (0, 0))[0], count)
    return found


def put_form(tx: Transaction, value: Form) -> None:
    put(tx, form, plain(value))


def get_form(tx: Transaction, id: str) -> Form | None:
    """The newest version."""
    return next(iter(forms_by_ids(tx, [id])), None)


def form_versions(tx: Transaction, id: str) -> list[Form]:
    """Every version, newest first."""
    statement = select(form).where(form.c.id == id).order_by(form.c.version.desc())
    return [Form(**row._mapping) for row in tx.connection.execute(statement)]


def forms_by_ids(tx: Transaction, ids: Collection[str]) -> list[Form]:
    """The newest version of each, ordered by id."""
    statement = select(form).where(form.c.id.in_(sorted(set(ids))), _newest(form)).order_by(form.c.id)
    return [Form(**row._mapping) for row in tx.connection.execute(statement)]


def all_forms(tx: Transaction) -> list[Form]:
    """The newest version of each, ordered by id."""
    statement = select(form).where(_newest(form)).order_by(form.c.id)
    return [Form(**row._mapping) for row in tx.connection.execute(statement)]


def form_ids(tx: Transaction) -> frozenset[str]:
    return frozenset(tx.connection.execute(select(form.c.id).distinct()).scalars())


def form_names(tx: Transaction) -> dict[str, str]:
    """Id -> name of the newest version, in order of name."""
    statement = select(form.c.id, form.c.name).where(_newest(form)).order_by(form.c.name, form.c.id)
    return {row.id: row.name for row in tx.connection.execute(statement)}


def list_forms(
    tx: Transaction, *, owner_id: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Form]:
    """Newest versions by id."""
    statement = select(form).where(_newest(form))
    if owner_id:
        statement = statement.where(form.c.owner_id == owner_id)
    make = lambda row: Form(**row._mapping)  # noqa: E731
    return one_page(tx, statement, make, order=[form.c.id], after=after, limit=limit, newest_first=False)


def _items() -> Select[Any]:
    same = and_(item_mark.c.item_id == item.c.id, item_mark.c.version == item.c.version)
    return select(*item.c, *_MARKS).outerjoin(item_mark, same)


def _newest(table: Any) -> Any:
    other = table.alias("other")
    last = select(func.max(other.c.version)).where(and_(other.c.id == table.c.id)).scalar_subquery()
    return table.c.version == last


def _item(row: Any) -> Item:
    found = dict(row._mapping)
    said = {f.name: found.pop(f.name) for f in fields(Marks)}
    marks = Marks(**said | {"sorting": Sorting(said["sorting"])}) if said["sorting"] else Marks()
    found |= {
        "power_source": PowerSource(row.power_source),
        "citations": tuple(Citation(**c) for c in row.citations),
        "flow": tuple(FlowStep(**step) for step in row.flow),
        "materials": tuple(Material(**m) for m in row.materials),
    }
    lists = {k: tuple(v) for k, v in found.items() if isinstance(v, list)}
    return Item(**found | lists, marks=marks)
