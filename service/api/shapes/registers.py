"""Registers: the ledger of authorisations, seals, items, forms, organisations, people, notices, receipts."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from service.api.shapes.base import Names, Shown
from service.domain.items import Authorisation, Form, Notification, Receipt, Seal
from service.domain.people import Organisation, Person


class AuthorisationShown(Shown):
    """One row of the 授权台账: township x item. `scope`: decide 审核审批, accept_only 仅受理."""

    id: str
    township: str
    township_name: str
    item: str
    item_version: int
    item_name: str
    item_class: str
    scope: str
    status: str
    case: str
    document_number: str
    document_date: date | None
    notice_number: str
    filing_number: str
    effective_at: datetime
    valid_from: date | None
    valid_to: date | None
    seal: str | None


class SealShown(Shown):
    """A seal. `kind`: official 公章, special 中心专用章, department 本部门专用章."""

    id: str
    organisation: str
    organisation_name: str
    kind: str
    name: str
    shape: str
    diameter_mm: int
    status: str
    filing_number: str
    filing_date: date | None
    activated_on: date | None
    keeper_a: str
    keeper_b: str


class FormShown(Shown):
    """申请表/审批表, newest version."""

    id: str
    version: int
    name: str
    owner: str
    owner_name: str
    level: str
    status: str
    checked_until: date | None
    example: bool


class OrganisationShown(Shown):
    """An organisation."""

    id: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    code: str
    office: str
    head_title: str


class PersonShown(Shown):
    """A person; `fictional` ones are marked 虚构."""

    id: str
    name: str
    organisation: str
    fictional: bool
    active: bool


class NotificationShown(Shown):
    """An in-app notice."""

    id: str
    kind: str
    organisation: str | None
    post: str
    person: str | None
    case: str | None
    task: str | None
    text: str
    created_at: datetime


class ReceiptShown(Shown):
    """送达回执."""

    id: str
    case: str
    organisation: str
    document: str
    sent_at: datetime
    receipted_at: datetime | None
    receipted_by: str | None


def authorisation(found: Authorisation, names: Names) -> AuthorisationShown:
    fields = asdict(found)
    renamed = _renamed(fields, township_id="township", item_id="item", case_id="case", seal_id="seal")
    return AuthorisationShown(**renamed | {"status": found.status.value}, township_name=names.of(found.township_id))


def seal(found: Seal, names: Names) -> SealShown:
    fields = _renamed(asdict(found), organisation_id="organisation")
    hidden = {"seal_code", "specimen_sha256"}  # 13位编码: an organ may choose not to show it
    kept = {k: v for k, v in fields.items() if k not in hidden}
    return SealShown(**kept, organisation_name=names.of(found.organisation_id))


def form(found: Form, names: Names) -> FormShown:
    fields = {k: v for k, v in _renamed(asdict(found), owner_id="owner").items() if k != "sha256"}
    return FormShown(**fields, owner_name=names.of(found.owner_id))


def organisation(found: Organisation) -> OrganisationShown:
    return OrganisationShown(**_renamed(asdict(found), parent_id="parent") | {"kind": found.kind.value})


def person(found: Person) -> PersonShown:
    return PersonShown(**_renamed(asdict(found), organisation_id="organisation"))


def notification(found: Notification) -> NotificationShown:
    renamed = _renamed(
        asdict(found), organisation_id="organisation", person_id="person", case_id="case", task_id="task"
    )
    return NotificationShown(**renamed)


def receipt(found: Receipt) -> ReceiptShown:
    return ReceiptShown(**_renamed(asdict(found), case_id="case", organisation_id="organisation"))


def _renamed(fields: dict[str, Any], **names: str) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in fields.items()}
