"""Sessions in browsers."""

from typing import Any

from service.domain.accounts import Standing
from service.domain.people import Person, Role
from service.store import accounts, people, second_factors, sessions
from service.store.second_factors import Factor
from service.store.session import Database, Transaction
from service.store.sessions import Session
from tests.store.county import NOW, later


def _add(tx: Transaction, id: str, person: str = "p-huotian", **more: Any) -> Session:
    plain: dict[str, Any] = {
        "created_at": NOW, "expires_at": later(hours=8), "idle_until": later(minutes=30), "seen_at": NOW,
        "address": "192.0.2.1", "agent": "Firefox",
    }  # fmt: skip
    made = Session(id, f"hash-{id}", person, **plain | more)
    sessions.add_session(tx, made)
    return made


def test_it_is_found_by_its_hash_touched_and_ended_once(county: Database) -> None:
    with county.begin() as tx:
        made = _add(tx, "a")
        assert sessions.session_by_hash(tx, "hash-a") == made
        sessions.touch_session(tx, "hash-a", idle_until=later(hours=1), seen_at=later(minutes=30))
        sessions.end_session(tx, "hash-a", at=later(minutes=1))
        sessions.end_session(tx, "hash-a", at=later(minutes=2))
        found = sessions.session_by_hash(tx, "hash-a")
        assert sessions.session_by_hash(tx, "a") is None
    assert found
    assert (found.idle_until, found.seen_at, found.ended_at) == (later(hours=1), later(minutes=30), later(minutes=1))


def test_it_lives_until_it_is_idle_over_or_ended() -> None:
    live = Session("a", "h", "p", NOW, later(hours=8), later(minutes=30), NOW)
    assert live.live(later(minutes=29))
    assert not live.live(later(minutes=30))
    assert not Session("a", "h", "p", NOW, later(minutes=5), later(minutes=30), NOW).live(later(minutes=6))
    assert not Session("a", "h", "p", NOW, later(hours=8), later(minutes=30), NOW, ended_at=NOW).live(NOW)


def test_the_list_holds_what_lives_latest_seen_first(county: Database) -> None:
    with county.begin() as tx:
        _add(tx, "old", expires_at=later(minutes=1))
        _add(tx, "idle", idle_until=later(minutes=1))
        _add(tx, "a")
        _add(tx, "b", seen_at=later(minutes=1))
        _add(tx, "other", "p-heping")
        sessions.end_session(tx, _add(tx, "ended").token_hash, at=NOW)
        assert [s.id for s in sessions.sessions_of(tx, "p-huotian", now=later(minutes=2))] == ["b", "a"]


def test_all_of_a_person_end_but_one(county: Database) -> None:
    with county.begin() as tx:
        for id in "abc":
            _add(tx, id)
        _add(tx, "d", "p-heping")
        assert sessions.end_sessions(tx, "p-huotian", at=NOW, but="hash-b") == 2
        assert [s.id for s in sessions.sessions_of(tx, "p-huotian", now=NOW)] == ["b"]
        assert not sessions.end_session_of(tx, "d", person_id="p-huotian", at=NOW)
        assert sessions.end_session_of(tx, "d", person_id="p-heping", at=NOW)
        assert not sessions.end_session_of(tx, "d", person_id="p-heping", at=NOW)


def test_it_comes_with_what_decides_whether_it_may_work(county: Database) -> None:
    with county.begin() as tx:
        _add(tx, "bare")
        people.add_person(tx, Person("boss", "管（虚构）", "yunxiao"), holdings=(), roles=(Role.AUDIT_ADMIN,))
        accounts.set_password(tx, "boss", login="b", password_hash="h", at=NOW, one_time_until=later(days=7))
        second_factors.put_factor(tx, Factor("boss", "s", NOW, NOW, 0))
        _add(tx, "full", "boss", method="oidc", second_factor_due=True)
        bare, full = (sessions.session_with_standing(tx, f"hash-{id}") for id in ("bare", "full"))
        assert sessions.session_with_standing(tx, "other") is None
    assert bare
    assert full
    assert bare[1] == Standing(False, False, False, True, False, None)
    assert full[1] == Standing(True, True, True, False, True, NOW)


def test_an_address_is_known_by_a_whole_sign_in(county: Database) -> None:
    with county.begin() as tx:
        _add(tx, "half", address="192.0.2.9", second_factor_due=True)
        _add(tx, "whole")
        known = [
            sessions.signed_in_from(tx, "p-huotian", a, since=NOW) for a in ("192.0.2.9", "192.0.2.1", "192.0.2.8")
        ]
        assert not sessions.signed_in_from(tx, "p-huotian", "192.0.2.1", since=later(seconds=1))
        assert not sessions.signed_in_from(tx, "p-heping", "192.0.2.1", since=NOW)
    assert known == [False, True, False]


def test_those_long_over_are_dropped_and_the_others_stay(county: Database) -> None:
    with county.begin() as tx:
        for n in range(3):
            _add(tx, f"s{n}", expires_at=later(days=n))
        assert sessions.forget_sessions(tx, ended_before=later(days=1)) == 1
        assert [sessions.session_by_hash(tx, f"hash-s{n}") is None for n in range(3)] == [True, False, False]
