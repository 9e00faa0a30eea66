"""Accounts and their passwords."""

from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from service.domain.accounts import AccountState
from service.domain.people import Person, Role
from service.store import accounts, people
from service.store.accounts import Account
from service.store.session import Database, Transaction
from tests.store.county import NOW, later


def _open(tx: Transaction, person: str = "p-huotian", login: str = "huotian") -> None:
    accounts.set_password(tx, person, login=login, password_hash="hash", at=NOW)


def test_a_new_password_replaces_the_old_one_and_demands_nothing(county: Database) -> None:
    with county.begin() as tx:
        accounts.set_password(
            tx, "p-huotian", login="huotian", password_hash="once", at=NOW, one_time_until=later(days=7)
        )
        first = accounts.account_by_login(tx, "huotian")
        accounts.set_password(tx, "p-huotian", login="huotian", password_hash="own", at=later(days=1))
        second = accounts.account_of(tx, "p-huotian")
        assert accounts.account_by_login(tx, "HUOTIAN") is None
    assert first == Account("p-huotian", "huotian", "once", NOW, must_change=True, one_time_until=later(days=7))
    assert second == Account("p-huotian", "huotian", "own", later(days=1))


def test_a_login_belongs_to_one_person(county: Database) -> None:
    with county.begin() as tx:
        _open(tx)
    with pytest.raises(IntegrityError), county.begin() as tx:
        _open(tx, "p-heping")


def test_a_hash_is_renewed_only_while_it_is_the_one_that_was_checked(county: Database) -> None:
    with county.begin() as tx:
        _open(tx)
        accounts.rehash(tx, "p-huotian", old="other", new="x")
        assert accounts.account_of(tx, "p-huotian") == Account("p-huotian", "huotian", "hash", NOW)
        accounts.rehash(tx, "p-huotian", old="hash", new="better")
        found = accounts.account_of(tx, "p-huotian")
    assert found
    assert found.password_hash == "better"


def test_earlier_passwords_come_newest_first_and_the_oldest_are_forgotten(county: Database) -> None:
    with county.begin() as tx:
        for n in range(5):
            accounts.remember_password(tx, f"i{n}", person_id="p-huotian", password_hash=f"h{n}", at=later(days=n))
        accounts.remember_password(tx, "other", person_id="p-heping", password_hash="x", at=NOW)
        assert accounts.earlier_passwords(tx, "p-huotian", limit=2) == ["h4", "h3"]
        accounts.forget_passwords(tx, "p-huotian", keep=3)
        assert accounts.earlier_passwords(tx, "p-huotian", limit=9) == ["h4", "h3", "h2"]
        assert accounts.earlier_passwords(tx, "p-heping", limit=9) == ["x"]


def _some(tx: Transaction) -> None:
    """One waiting, one in use, one out of use, one administrator."""
    _open(tx)
    _open(tx, "p-heping", "heping")
    accounts.note_enabled(tx, "p-heping", at=NOW, by="x")
    people.set_active(tx, "p-heping", False)
    people.add_person(tx, Person("new", "100%新（虚构）", "weijian", active=False), holdings=())
    accounts.add_account(tx, Account("new", "new_1", "", created_at=NOW, created_by="sysadmin"))
    people.add_person(tx, Person("boss", "管（虚构）", "yunxiao"), holdings=(), roles=(Role.AUDIT_ADMIN,))
    _open(tx, "boss", "boss")


@pytest.mark.parametrize(
    ("wanted", "logins"),
    [
        ({}, ["boss", "heping", "huotian", "new_1"]),
        ({"state": AccountState.WAITING}, ["new_1"]),
        ({"state": AccountState.DISABLED}, ["heping"]),
        ({"state": AccountState.ENABLED}, ["boss", "huotian"]),
        ({"role": Role.AUDIT_ADMIN}, ["boss"]),
        ({"organisation_id": "huotian"}, ["huotian"]),
        ({"q": "新"}, ["new_1"]),
        ({"q": "%"}, ["new_1"]),
        ({"q": "_"}, ["new_1"]),
        ({"q": "hu"}, ["huotian"]),
        ({"q": "新", "state": AccountState.ENABLED}, []),
    ],
)
def test_the_list_is_by_login_and_holds_to_what_is_wanted(
    county: Database, wanted: dict[str, Any], logins: list[str]
) -> None:
    with county.begin() as tx:
        _some(tx)
        page = accounts.list_rows(tx, **wanted)
    assert [row.account.login for row in page.items] == logins


def test_a_page_goes_on_where_the_last_one_ended(county: Database) -> None:
    with county.begin() as tx:
        _some(tx)
        first = accounts.list_rows(tx, limit=3)
        second = accounts.list_rows(tx, limit=3, after=first.next)
    assert [row.account.login for row in (*first.items, *second.items)] == ["boss", "heping", "huotian", "new_1"]
    assert second.next is None


def test_states_are_counted(county: Database) -> None:
    with county.begin() as tx:
        assert not accounts.any_account(tx)
        _some(tx)
        assert accounts.any_account(tx)
        assert accounts.count_states(tx) == {
            AccountState.WAITING: 1, AccountState.ENABLED: 2, AccountState.DISABLED: 1,
        }  # fmt: skip


def test_every_change_has_its_version(county: Database) -> None:
    with county.begin() as tx:
        _open(tx)
        assert [accounts.next_version(tx, "p-huotian") for _ in range(3)] == [1, 2, 3]
