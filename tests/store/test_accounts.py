"""Passwords, sessions and API tokens."""

from service.store import accounts
from service.store.accounts import Account
from service.store.session import Database
from tests.store.county import NOW, later
from tests.store.together import at_once


def open_account(database: Database) -> None:
    with database.begin() as tx:
        accounts.set_password(tx, "p-huotian", login="huotian", password_hash="hash")


def test_a_new_password_starts_without_failures(county: Database) -> None:
    open_account(county)
    with county.begin() as tx:
        accounts.save_failures(tx, "p-huotian", failures=4, locked_until=later(minutes=5))
        assert accounts.account_by_login(tx, "huotian") == Account("p-huotian", "huotian", "hash", 4, later(minutes=5))
        accounts.set_password(tx, "p-huotian", login="huotian", password_hash="new")
        assert accounts.account_by_login(tx, "huotian") == Account("p-huotian", "huotian", "new", 0, None)
        assert accounts.account_by_login(tx, "HUOTIAN") is None


def test_failures_of_simultaneous_tries_all_count(county: Database) -> None:
    open_account(county)

    def fail() -> None:
        with county.begin() as tx:
            account = accounts.account_by_login(tx, "huotian")
            assert account
            accounts.save_failures(tx, account.person_id, failures=account.failures + 1, locked_until=None)

    at_once([fail] * 8)
    with county.begin() as tx:
        account = accounts.account_by_login(tx, "huotian")
    assert account
    assert account.failures == 8


def test_a_session_is_found_by_its_hash_touched_and_ended_once(county: Database) -> None:
    with county.begin() as tx:
        accounts.add_session(
            tx, token_hash="h", person_id="p-huotian", created_at=NOW, expires_at=later(hours=8),
            idle_until=later(minutes=30),
        )  # fmt: skip
        accounts.touch_session(tx, "h", idle_until=later(hours=1))
        accounts.end_session(tx, "h", at=later(minutes=1))
        accounts.end_session(tx, "h", at=later(minutes=2))
        found = accounts.session_by_hash(tx, "h")
        assert accounts.session_by_hash(tx, "other") is None
    assert found
    assert (found.idle_until, found.ended_at) == (later(hours=1), later(minutes=1))


def test_sessions_long_over_are_dropped_and_the_others_stay(county: Database) -> None:
    with county.begin() as tx:
        for n in range(3):
            accounts.add_session(
                tx, token_hash=f"h{n}", person_id="p-huotian", created_at=NOW, expires_at=later(days=n),
                idle_until=later(days=n),
            )  # fmt: skip
        assert accounts.forget_sessions(tx, ended_before=later(days=1)) == 1
        assert [accounts.session_by_hash(tx, f"h{n}") is None for n in range(3)] == [True, False, False]


def test_a_token_is_revoked_by_its_owner_only_and_once(county: Database) -> None:
    with county.begin() as tx:
        accounts.add_api_token(
            tx, id="t", token_hash="h", person_id="p-huotian", name="脚本", scopes=("read", "write"), created_at=NOW,
            expires_at=later(days=30),
        )  # fmt: skip
        assert not accounts.revoke_api_token(tx, "t", person_id="p-heping", at=NOW)
        live = accounts.api_token_by_hash(tx, "h")
        assert accounts.revoke_api_token(tx, "t", person_id="p-huotian", at=NOW)
        assert not accounts.revoke_api_token(tx, "t", person_id="p-huotian", at=later(days=1))
        revoked = accounts.api_token_by_hash(tx, "h")
        assert accounts.api_token_by_hash(tx, "other") is None
    assert live
    assert revoked
    assert (live.scopes, live.revoked_at, revoked.revoked_at) == (("read", "write"), None, NOW)
