"""Load 云霄县 as a demo: organisations, invented people with accounts, example items and forms, official seals, working days."""

from dataclasses import replace

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.actions.parts.seeding import seed_calendar
from service.demo.deadlines import read_deadlines
from service.demo.reading import Account, County, read_county
from service.domain.errors import Conflict
from service.domain.items import Item, Marks, Sorting
from service.seeding import calendar_source
from service.store import accounts, deadlines, events, items, ledger, organisations, people

DEMO_PASSWORD = "yunxiao-demo"
"""The one password of every invented person. It exists for the demo and opens nothing else."""

CHAIN = "county/demo"


def load_county(frame: Frame, *, password_hash: str) -> None:
    """Everything in the transaction of ``frame``, once per database: where the demo county is, nothing is touched again. Conflict where
    a real county has accounts: invented people with a known password must not come among them.

    ``password_hash``: argon2id of the demo password, the same for all. The history says that demo data was loaded, and which.
    """
    loaded, _ = events.chain_head(frame.tx, CHAIN)  # locked: two starting services do not both load
    if loaded:
        return
    if accounts.any_account(frame.tx):
        raise Conflict("county.not_a_demo")
    county = read_county()
    _load_places(frame, county)
    for account in county.accounts:
        _load_account(frame, account, password_hash)
    seed_calendar(frame)
    tasks = read_deadlines()
    for task in tasks:
        deadlines.put_deadline(frame.tx, task)
    facts = {
        "files": dict(county.digests),
        "organisations": len(county.organisations),
        "people": len(county.accounts),
        "items": len(county.items),
        "deadlines": len(tasks),
        "calendar": calendar_source(),
    }
    seal_chain_event(frame, CHAIN, EventFacts(type="county.loaded", facts=facts))


def _load_places(frame: Frame, county: County) -> None:
    for organisation in county.organisations:
        organisations.add_organisation(frame.tx, organisation)
    for form in county.forms:
        items.put_form(frame.tx, form)
    for item in county.items:
        items.put_item(frame.tx, _prepared(frame, item))
    for seal in county.seals:
        ledger.put_seal(frame.tx, seal)


def _prepared(frame: Frame, item: Item) -> Item:
    """Sorted, its flow described: the example county has done that before it begins a batch, 示例."""
    clerk = f"{item.department_id}-clerk"
    marks = Marks(Sorting.DESCRIBED, sorted_by=clerk, sorted_at=frame.now, described_by=clerk, described_at=frame.now)
    return replace(item, made_by=clerk, made_at=frame.now, marks=marks)


def _load_account(frame: Frame, account: Account, password_hash: str) -> None:
    person = account.person
    people.add_person(frame.tx, person, holdings=account.holdings, roles=account.roles, auditor=account.auditor)
    accounts.set_password(frame.tx, person.id, login=person.id, password_hash=password_hash)  # of no age: it never ends
    accounts.note_enabled(frame.tx, person.id, at=frame.now, by=frame.actor.person_id)
