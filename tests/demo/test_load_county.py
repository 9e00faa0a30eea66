"""Loading the demo county into a database."""

import hashlib
from datetime import UTC, date, datetime
from itertools import count

import pytest
from sqlalchemy import inspect, text

from service.actions.frame import Frame
from service.actions.parts.bundles import BundleCache
from service.actions.verify_history import verify_history
from service.demo.county import CHAIN, load_county
from service.demo.reading import read_county
from service.domain.calendar import WorkCalendar
from service.domain.people import SYSTEM, Role
from service.settings import Settings
from service.store import accounts, calendars, events, items, ledger, organisations, people
from service.store.session import Database
from service.wiring import build

HASH = "$argon2id$example"


def load(database: Database, password_hash: str = HASH) -> None:
    ids = count(1)
    with database.begin() as tx:
        frame = Frame(
            tx=tx, actor=SYSTEM, now=datetime(2026, 11, 23, 1, tzinfo=UTC), new_id=lambda: f"{next(ids):032x}",
            bundles=BundleCache(()), calendar=WorkCalendar(), channel="cli",
        )  # fmt: skip
        load_county(frame, password_hash=password_hash)


@pytest.fixture
def county(database: Database) -> Database:
    load(database)
    return database


def _everything(database: Database) -> str:
    """One digest of all rows of all tables."""
    total = hashlib.sha256()
    with database.read() as tx:
        for table in sorted(inspect(tx.connection).get_table_names()):
            rows = sorted(repr(tuple(row)) for row in tx.connection.execute(text(f'SELECT * FROM "{table}"')))
            total.update("\n".join([table, *rows]).encode())
    return total.hexdigest()


def test_it_loads_places_people_items_and_seals(county: Database) -> None:
    with county.read() as tx:
        assert len(organisations.list_organisations(tx)) == len(read_county().organisations)
        assert len(people.list_people(tx)) == len(read_county().accounts)
        clerk = people.actor(tx, "huotian-clerk")
        assert clerk
        assert clerk.holds("center_clerk", "huotian-center")
        assert not clerk.auditor
        admin = people.actor(tx, "secadmin")
        assert admin
        assert admin.roles == {Role.SECURITY_ADMIN}
        assert not admin.holdings
        wood = items.get_item(tx, "linmu-caifa")
        assert wood
        assert (wood.power_source, wood.entrusting_department) == ("5", "云霄县林业局")
        seal = ledger.active_seal(tx, "huotian", "official")
        assert seal
        assert seal.diameter_mm == 42
        assert ledger.active_seal(tx, "huotian-center", "special") is None


def test_it_gives_everybody_an_account_with_the_given_hash(county: Database) -> None:
    with county.begin() as tx:
        for account in read_county().accounts:
            found = accounts.account_by_login(tx, account.person.id)
            assert found
            assert found.password_hash == HASH


def test_it_knows_the_working_days_up_to_2026_and_leaves_2027_provisional(county: Database) -> None:
    with county.read() as tx:
        calendar = calendars.load_calendars(tx)
    assert not calendar.is_working(date(2026, 10, 1))
    assert calendar.is_working(date(2026, 10, 10))
    assert not calendar.is_provisional(date(2004, 1, 1))
    assert not calendar.is_provisional(date(2026, 12, 31))
    assert calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_provisional(date(2003, 12, 31))


def test_it_is_reckoned_with_from_the_next_transaction_on(database_url: str) -> None:
    house = build(Settings(database_url=database_url, demo=True))
    with house.database.begin() as tx:
        load_county(house.frame(tx, channel="cli"), password_hash=HASH)
    with house.database.read() as tx:
        assert not house.frame(tx, channel="api").calendar.is_working(date(2026, 10, 5))
    house.close()


def test_it_changes_nothing_the_second_time(county: Database) -> None:
    before = _everything(county)
    load(county, password_hash="$argon2id$other")
    assert _everything(county) == before


def test_it_leaves_what_people_changed_afterwards(county: Database) -> None:
    with county.begin() as tx:
        accounts.set_password(tx, "huotian-clerk", login="huotian-clerk", password_hash="own")
    load(county)
    with county.begin() as tx:
        found = accounts.account_by_login(tx, "huotian-clerk")
    assert found
    assert found.password_hash == "own"


def test_it_says_in_the_history_that_demo_data_was_loaded(county: Database) -> None:
    with county.read() as tx:
        (event,) = events.read_chain(tx, CHAIN)
        assert '"type":"county.loaded"' in event.body
        assert "chinesecalendar" in event.body
        assert all(digest in event.body for digest in read_county().digests.values())
        assert not verify_history(tx).breaks
