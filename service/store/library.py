"""Legal bases, power documents, stations and dictionaries."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select

from service.domain.library import (
    BasisStatus,
    DictionaryEntry,
    LegalBasis,
    PowerDocument,
    PowerKind,
    Station,
    StationStatus,
)
from service.domain.paging import Page
from service.store.rows import one_page, plain, put
from service.store.session import Transaction
from service.store.tables import dictionary_entry, legal_basis, power_document, station


def put_basis(tx: Transaction, value: LegalBasis) -> None:
    put(tx, legal_basis, plain(value))


def get_basis(tx: Transaction, id: str) -> LegalBasis | None:
    return next(iter(bases_by_ids(tx, [id])), None)


def bases_by_ids(tx: Transaction, ids: Collection[str]) -> list[LegalBasis]:
    """Those that exist, ordered by id."""
    statement = select(legal_basis).where(legal_basis.c.id.in_(sorted(set(ids)))).order_by(legal_basis.c.id)
    return [_basis(row) for row in tx.connection.execute(statement)]


def all_bases(tx: Transaction) -> list[LegalBasis]:
    return [_basis(row) for row in tx.connection.execute(select(legal_basis).order_by(legal_basis.c.id))]


def basis_statuses(tx: Transaction) -> dict[str, str]:
    """Id -> status of every registered basis."""
    return {row.id: row.status for row in tx.connection.execute(select(legal_basis.c.id, legal_basis.c.status))}


def basis_names(tx: Transaction) -> dict[str, str]:
    return {row.id: row.name for row in tx.connection.execute(select(legal_basis.c.id, legal_basis.c.name))}


def list_bases(
    tx: Transaction, *, status: str | None = None, level: str | None = None, q: str | None = None,
    after: str | None = None, limit: int = 50,
) -> Page[LegalBasis]:  # fmt: skip
    """By id. ``q``: part of the name or of the 文号."""
    statement = select(legal_basis)
    wanted = {legal_basis.c.status: status, legal_basis.c.level: level}
    statement = statement.where(*(column == value for column, value in wanted.items() if value))
    if q:
        name = legal_basis.c.name.contains(q, autoescape=True)
        statement = statement.where(name | legal_basis.c.number.contains(q, autoescape=True))
    return one_page(tx, statement, _basis, order=[legal_basis.c.id], after=after, limit=limit, newest_first=False)


def put_document(tx: Transaction, value: PowerDocument) -> None:
    put(tx, power_document, plain(value))


def get_document(tx: Transaction, id: str) -> PowerDocument | None:
    row = tx.connection.execute(select(power_document).where(power_document.c.id == id)).first()
    return _document(row) if row else None


def list_documents(
    tx: Transaction, *, kind: str | None = None, q: str | None = None, after: str | None = None, limit: int = 50
) -> Page[PowerDocument]:
    """By id. ``q``: part of the title or of the 文号."""
    statement = select(power_document)
    if kind:
        statement = statement.where(power_document.c.kind == kind)
    if q:
        title = power_document.c.title.contains(q, autoescape=True)
        statement = statement.where(title | power_document.c.number.contains(q, autoescape=True))
    order = [power_document.c.id]
    return one_page(tx, statement, _document, order=order, after=after, limit=limit, newest_first=False)


def all_documents(tx: Transaction) -> list[PowerDocument]:
    return [_document(row) for row in tx.connection.execute(select(power_document).order_by(power_document.c.id))]


def documents_for(tx: Transaction, item_id: str, *, township_id: str, on: date) -> list[PowerDocument]:
    """The documents that give this item to this township on that day."""
    return [d for d in all_documents(tx) if item_id in d.item_ids and d.holds(township_id, on)]


def put_station(tx: Transaction, value: Station) -> None:
    put(tx, station, plain(value))


def get_station(tx: Transaction, id: str) -> Station | None:
    row = tx.connection.execute(select(station).where(station.c.id == id)).first()
    return _station(row) if row else None


def list_stations(
    tx: Transaction, *, township_id: str | None = None, status: str | None = None, after: str | None = None,
    limit: int = 50,
) -> Page[Station]:  # fmt: skip
    wanted = {station.c.township_id: township_id, station.c.status: status}
    statement = select(station).where(*(column == value for column, value in wanted.items() if value))
    return one_page(tx, statement, _station, order=[station.c.id], after=after, limit=limit, newest_first=False)


def all_stations(tx: Transaction) -> list[Station]:
    return [_station(row) for row in tx.connection.execute(select(station).order_by(station.c.id))]


def stations_of(tx: Transaction, township_id: str) -> list[Station]:
    statement = select(station).where(station.c.township_id == township_id).order_by(station.c.id)
    return [_station(row) for row in tx.connection.execute(statement)]


def put_entry(tx: Transaction, value: DictionaryEntry) -> None:
    put(tx, dictionary_entry, plain(value))


def get_entry(tx: Transaction, dictionary: str, code: str) -> DictionaryEntry | None:
    same = (dictionary_entry.c.dictionary == dictionary) & (dictionary_entry.c.code == code)
    row = tx.connection.execute(select(dictionary_entry).where(same)).first()
    return DictionaryEntry(**row._mapping) if row else None


def list_entries(tx: Transaction, dictionary: str | None = None) -> list[DictionaryEntry]:
    """Of one dictionary or all, in their order, those out of use too."""
    statement = select(dictionary_entry)
    if dictionary:
        statement = statement.where(dictionary_entry.c.dictionary == dictionary)
    order = [dictionary_entry.c.dictionary, dictionary_entry.c.position, dictionary_entry.c.code]
    return [DictionaryEntry(**row._mapping) for row in tx.connection.execute(statement.order_by(*order))]


def _basis(row: Any) -> LegalBasis:
    return LegalBasis(**dict(row._mapping) | {"issuers": tuple(row.issuers), "status": BasisStatus(row.status)})


def _document(row: Any) -> PowerDocument:
    lists = {"item_ids": tuple(row.item_ids), "township_ids": tuple(row.township_ids)}
    return PowerDocument(**dict(row._mapping) | lists | {"kind": PowerKind(row.kind)})


def _station(row: Any) -> Station:
    return Station(**dict(row._mapping) | {"aliases": tuple(row.aliases), "status": StationStatus(row.status)})
