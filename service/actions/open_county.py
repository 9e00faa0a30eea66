"""A county begins: its root organisation, the three administrators, and the working days that are known. Once per database."""

import re
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import seal_change
from service.actions.parts.entering import NewPerson, add_disabled, name_faults, person_faults
from service.actions.parts.passwords import set_one_time_password
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.actions.parts.seeding import seed_calendar
from service.domain.accounts import LOGIN
from service.domain.errors import Conflict, Fault, Invalid
from service.domain.people import Organisation, OrgKind, Role
from service.domain.texts import say
from service.store import accounts, events, organisations, people

CHAIN = "county/opened"
CODE = re.compile(r"\d{6}|\d{9}|\d{12}|[0-9A-HJ-NPQRTUWXY]{18}")
"""行政区划代码 of 6, 9 or 12 digits, or a 统一社会信用代码 (GB 32100)."""


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """``password_hash``: of a one-time password that the command prints once."""

    role: Role
    login: str
    name: str
    password_hash: str


@dataclass(frozen=True, slots=True)
class OpenCounty:
    """``code`` may be empty."""

    id: str
    name: str
    short_name: str
    code: str
    administrators: tuple[FirstAdministrator, ...]


def open_county(frame: Frame, order: OpenCounty) -> Organisation:
    """All or nothing, and once: Conflict where anybody has an account. Of two at once one comes too late."""
    opened, _ = events.chain_head(frame.tx, CHAIN)  # locked
    if opened or accounts.any_account(frame.tx):
        raise Conflict("county.opened_already")
    faults = _faults(order)
    if faults:
        raise Invalid("county.refused", count=len(faults), faults=faults)
    county = Organisation(order.id, order.name.strip(), order.short_name.strip(), OrgKind.COUNTY, code=order.code)
    organisations.add_organisation(frame.tx, county)
    for administrator in order.administrators:
        _enter(frame, county, administrator)
    seed_calendar(frame)
    facts = {
        "organisation": county.id, "code": county.code,
        "administrators": {a.role.value: a.login for a in order.administrators},
    }  # fmt: skip
    seal_chain_event(frame, CHAIN, EventFacts(type="county.opened", facts=facts, personal={"name": county.name}))
    return county


def _enter(frame: Frame, county: Organisation, new: FirstAdministrator) -> None:
    """The only accounts that nobody enables: somebody has to be first."""
    person = NewPerson(new.login, new.name, county.id)
    wrong = person_faults(frame.tx, person)
    if wrong:
        raise Invalid("county.refused", count=len(wrong), faults=wrong)
    add_disabled(frame, person, role=new.role)
    people.set_active(frame.tx, new.login, True)
    accounts.note_enabled(frame.tx, new.login, at=frame.now, by=frame.actor.person_id)
    account = accounts.account_of(frame.tx, new.login)
    assert account
    until = set_one_time_password(frame, account, new.password_hash)
    facts = {"organisation": county.id, "role": new.role.value, "one_time_until": until.isoformat()}
    seal_change(frame, new.login, "account.created", facts=facts)


def _faults(order: OpenCounty) -> list[Fault]:
    found = [] if LOGIN.fullmatch(order.id) else [Fault("id", say("county.id", id=order.id[:60]), {"field": "id"})]
    for field, text in (("name", order.name), ("short_name", order.short_name)):
        if name_faults(text):
            found.append(Fault(field, say("county.name"), {"field": field}))
    if order.code and not CODE.fullmatch(order.code):
        found.append(Fault("code", say("county.code", code=order.code[:60]), {"field": "code"}))
    for field, values in (
        ("login", [a.login for a in order.administrators]),
        ("name", [a.name.strip() for a in order.administrators]),
    ):
        if len(set(values)) < len(Role):
            found.append(Fault(field, say("county.three_people"), {"field": field}))
    if {a.role for a in order.administrators} != set(Role):
        found.append(Fault("role", say("county.three_people"), {"field": "role"}))
    return found
