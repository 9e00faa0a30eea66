"""The navigation: a plain table, address -> entry, in the order in which it is shown. An area adds its entries here.

``sees`` decides what is shown, never what may be done: that is asked at the door of every page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from service.domain.administration import may
from service.domain.people import Actor, Role
from service.domain.sheets.access import imports_any

Sees = Callable[[Actor], bool]

WORK, REGISTERS, KEEPING, AUDIT, OWN = (
    "nav.group.work", "nav.group.registers", "nav.group.keeping", "nav.group.audit", "nav.group.own",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """``label`` and ``group`` are keys of the catalogue."""

    label: str
    group: str
    sees: Sees


def everybody(_actor: Actor) -> bool:
    return True


def officers(actor: Actor) -> bool:
    """Everybody but the three administrators, who take no business steps."""
    return not actor.roles


def has_role(*roles: Role) -> Sees:
    return lambda actor: bool(actor.roles & set(roles))


def auditors(actor: Actor) -> bool:
    """The audit administrator and the business auditors."""
    return actor.auditor or Role.AUDIT_ADMIN in actor.roles


def who_may(verb: str) -> Sees:
    """Whom ``domain.administration`` lets do it."""
    return lambda actor: bool(may(actor, verb))


def either(*ways: Sees) -> Sees:
    return lambda actor: any(sees(actor) for sees in ways)


NAVIGATION: dict[str, Entry] = {
    "/tasks": Entry("nav.tasks", WORK, officers),
    "/accounts": Entry("nav.accounts", KEEPING, who_may("account.read")),
    "/imports": Entry("nav.imports", KEEPING, either(imports_any, auditors)),
    "/calendar": Entry("nav.calendar", REGISTERS, everybody),
    "/deadlines": Entry("nav.deadlines", REGISTERS, everybody),
    "/overdue": Entry("nav.overdue", REGISTERS, officers),
    "/cases/new": Entry("nav.start", WORK, officers),
    "/cases": Entry("nav.cases", WORK, officers),
    "/notifications": Entry("nav.notices", WORK, officers),
    "/receipts": Entry("nav.receipts", WORK, officers),
    "/ledger": Entry("nav.ledger", REGISTERS, everybody),
    "/seals": Entry("nav.seals", REGISTERS, everybody),
    "/definitions": Entry("nav.definitions", REGISTERS, everybody),
    "/incidents": Entry("nav.incidents", KEEPING, either(has_role(Role.SYSTEM_ADMIN), lambda actor: actor.auditor)),
    "/start-check": Entry("nav.readiness", KEEPING, who_may("readiness.read")),
    "/jobs": Entry("nav.jobs", KEEPING, has_role(Role.SYSTEM_ADMIN)),
    "/events": Entry("nav.events", AUDIT, auditors),
    "/history": Entry("nav.history", AUDIT, auditors),
    "/items": Entry("nav.items", REGISTERS, everybody),
    "/legal-bases": Entry("nav.legal_bases", REGISTERS, everybody),
    "/power-documents": Entry("nav.power_documents", REGISTERS, everybody),
    "/forms": Entry("nav.forms", REGISTERS, everybody),
    "/stations": Entry("nav.stations", REGISTERS, everybody),
    "/dictionaries": Entry("nav.dictionaries", REGISTERS, everybody),
    "/me": Entry("nav.me", OWN, everybody),
}


def groups_for(actor: Actor) -> dict[str, dict[str, str]]:
    """Group -> address -> label, as keys of the catalogue, of what this person sees."""
    found: dict[str, dict[str, str]] = {}
    for address, entry in NAVIGATION.items():
        if entry.sees(actor):
            found.setdefault(entry.group, {})[address] = entry.label
    return found


def home_of(actor: Actor) -> str:
    """The first page this person sees."""
    return next((address for address, entry in NAVIGATION.items() if entry.sees(actor)), "/me")
