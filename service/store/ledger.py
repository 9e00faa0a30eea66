"""授权台账, seals, and re-usable verdicts."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select, update

from service.domain.items import Authorisation, AuthorisationStatus, Seal, Verdict
from service.domain.paging import Page
from service.store.rows import one_page, plain, put
from service.store.session import Transaction
from service.store.tables import authorisation, seal, verdict

_VALID = [AuthorisationStatus.TRIAL.value, AuthorisationStatus.IN_FORCE.value]


def put_authorisation(tx: Transaction, value: Authorisation) -> None:
    put(tx, authorisation, plain(value))


def list_authorisations(
    tx: Transaction, *, township: str | None = None, item: str | None = None, status: str | None = None,
    case_id: str | None = None, after: str | None = None, limit: int = 50,
) -> Page[Authorisation]:  # fmt: skip
    """The ledger, newest first."""
    wanted = {
        authorisation.c.township_id: township,
        authorisation.c.item_id: item,
        authorisation.c.status: status,
        authorisation.c.case_id: case_id,
    }
    statement = select(authorisation).where(*(column == value for column, value in wanted.items() if value))
    order = [authorisation.c.effective_at, authorisation.c.id]
    return one_page(tx, statement, _authorisation, order=order, after=after, limit=limit)


def valid_authorisations(tx: Transaction, township_id: str, item_ids: Collection[str]) -> list[Authorisation]:
    """Authorisations of these items that are in force or on trial in the township."""
    statement = select(authorisation).where(
        authorisation.c.township_id == township_id,
        authorisation.c.item_id.in_(sorted(set(item_ids))),
        authorisation.c.status.in_(_VALID),
    )
    return [_authorisation(row) for row in tx.connection.execute(statement.order_by("item_id", "id"))]


def set_authorisation_status(tx: Transaction, case_id: str, *, old: str, new: str) -> int:
    """All authorisations of one case from ``old`` to ``new``; answers how many."""
    statement = update(authorisation).where(authorisation.c.case_id == case_id, authorisation.c.status == old)
    return tx.connection.execute(statement.values(status=AuthorisationStatus(new).value)).rowcount


def put_seal(tx: Transaction, value: Seal) -> None:
    put(tx, seal, plain(value))


def get_seal(tx: Transaction, id: str) -> Seal | None:
    row = tx.connection.execute(select(seal).where(seal.c.id == id)).first()
    return Seal(**row._mapping) if row else None


def active_seal(tx: Transaction, organisation_id: str, kind: str) -> Seal | None:
    statement = select(seal).where(
        seal.c.organisation_id == organisation_id, seal.c.kind == kind, seal.c.status == "active"
    )
    row = tx.connection.execute(statement.order_by(seal.c.id).limit(1)).first()
    return Seal(**row._mapping) if row else None


def list_seals(
    tx: Transaction, *, organisation_id: str | None = None, after: str | None = None, limit: int = 50
) -> Page[Seal]:
    statement = select(seal)
    if organisation_id:
        statement = statement.where(seal.c.organisation_id == organisation_id)
    return one_page(tx, statement, _seal, order=[seal.c.id], after=after, limit=limit, newest_first=False)


def put_verdict(tx: Transaction, value: Verdict) -> None:
    put(tx, verdict, plain(value))


def valid_verdict(
    tx: Transaction, *, kind: str, department_id: str, subject_id: str, subject_version: int, on: date
) -> Verdict | None:
    """The newest verdict about exactly this version that still holds on that day."""
    statement = (
        select(verdict)
        .where(verdict.c.kind == kind, verdict.c.department_id == department_id, verdict.c.subject_id == subject_id)
        .where(verdict.c.subject_version == subject_version, verdict.c.valid_until >= on)
        .order_by(verdict.c.decided_at.desc(), verdict.c.id.desc())
    )
    row = tx.connection.execute(statement.limit(1)).first()
    return Verdict(**row._mapping) if row else None


def verdicts_of_case(tx: Transaction, case_id: str) -> list[Verdict]:
    statement = select(verdict).where(verdict.c.case_id == case_id).order_by("subject_id", "id")
    return [Verdict(**row._mapping) for row in tx.connection.execute(statement)]


def _authorisation(row: Any) -> Authorisation:
    return Authorisation(**{**row._mapping, "status": AuthorisationStatus(row.status)})


def _seal(row: Any) -> Seal:
    return Seal(**row._mapping)
