"""Connections and transactions."""

from contextlib import nullcontext
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from service.domain.errors import Invalid, Unavailable
from service.domain.items import Authorisation, AuthorisationStatus
from service.store import cases, counters, events, ledger
from service.store.session import Database, normal_url
from service.store.tables import counter, idempotency, job
from tests.databases import Folder
from tests.store.county import NOW, add_cases, make_case
from tests.store.together import at_once


def test_it_commits_at_the_end_of_the_block(database: Database) -> None:
    with database.begin() as tx:
        counters.next_number(tx, "a")
    with database.read() as tx:
        assert tx.connection.execute(select(counter.c.value)).scalar() == 1


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt, SystemExit])
def test_it_rolls_back_on_any_exception(database: Database, failure: type[BaseException]) -> None:
    def stumble() -> None:
        with database.begin() as tx:
            counters.next_number(tx, "a")
            raise failure

    with pytest.raises(failure):
        stumble()
    with database.read() as tx:
        assert tx.connection.execute(select(counter)).all() == []


def test_a_rehearsal_sees_what_it_does_and_keeps_nothing(database: Database) -> None:
    with database.rehearse() as tx:
        counters.next_number(tx, "a")
        assert tx.connection.execute(select(counter.c.value)).scalar() == 1
    with database.read() as tx:
        assert tx.connection.execute(select(counter)).all() == []
    with pytest.raises(ZeroDivisionError), database.rehearse():
        raise ZeroDivisionError


def test_it_knows_its_size_and_that_nobody_else_is_there(database: Database) -> None:
    with database.begin() as tx:
        counters.next_number(tx, "a")
    assert 100_000 < database.size() < 1 << 30
    assert database.others() == []
    with database.read() as tx:
        assert tx.connection.execute(select(counter.c.value)).scalar() == 1, "it can be used again after that"


def test_what_is_done_while_reading_is_never_kept(database: Database) -> None:
    refused = pytest.raises(DBAPIError, match="read-only") if database.dialect == "postgresql" else nullcontext()
    with refused, database.read() as tx:
        tx.connection.execute(insert(counter).values(name="a", value=1))
    with database.read() as tx:
        assert tx.connection.execute(select(counter)).all() == []


def test_sqlite_survives_power_cuts_and_checks_its_foreign_keys(folder: Folder) -> None:
    """WAL, synchronous=FULL (2), foreign keys: on every connection of the pool, for writing and for reading."""
    database = Database(folder.fresh())

    def pragmas(number: int) -> list[list[Any]]:
        if number == 0:
            return []
        with database.read() as tx:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            mine = [tx.connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
            return [mine, *pragmas(number - 1)]

    assert pragmas(4) == [["wal", 2, 1, 30_000]] * 4
    with database.begin() as tx:
        assert tx.connection.execute(text("PRAGMA synchronous")).scalar() == 2
        assert tx.connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
    database.close()


def test_a_row_without_its_parent_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        add_cases(tx, "orphan")


def test_a_writer_does_not_wait_for_readers_nor_readers_for_it(database: Database) -> None:
    with database.read() as reading:
        assert reading.connection.execute(select(counter)).all() == []
        with database.begin() as writing:
            counters.next_number(writing, "a")
            with database.read() as other:
                assert other.connection.execute(select(counter)).all() == []


def test_a_reader_sees_one_moment_however_many_statements_it_takes(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
    with county.read() as tx:
        before = events.chains(tx)
        with county.begin() as writing:
            add_cases(writing, "b")
            events.chain_head(writing, "definition/x")
        assert events.chains(tx) == before
        assert cases.get_case(tx, "b") is None


def test_writers_take_turns_and_lose_nothing(database: Database) -> None:
    def count() -> int:
        with database.begin() as tx:
            return counters.next_number(tx, "a")

    assert sorted(at_once([count] * 8)) == list(range(1, 9))


def test_ping_raises_when_nobody_answers() -> None:
    gone = Database("postgresql://oneseal@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        gone.ping()
    gone.close()


def test_what_the_database_cannot_hold_is_refused_with_a_reason(many_writers: Database) -> None:
    """SQLite holds anything; PostgreSQL must not answer with an accident."""
    for unfit in ("a\0", "x" * 300):
        with pytest.raises(Invalid), many_writers.begin() as tx:
            add_cases(tx, "a", business_key=unfit)
    with pytest.raises(Invalid), many_writers.read() as tx:
        cases.get_case(tx, "a\0")


@pytest.mark.parametrize("head", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_it_understands_every_way_to_write_the_url(head: str) -> None:
    assert normal_url(f"{head}u@h/d") == "postgresql+psycopg://u@h/d"
    assert normal_url("sqlite:////tmp/x.db") == "sqlite:////tmp/x.db"


def test_moments_come_back_exact_and_in_utc(county: Database) -> None:
    shanghai = timezone(timedelta(hours=8))
    with county.begin() as tx:
        add_cases(tx, "a", started_at=datetime(2022, 10, 14, 9, 0, 0, 1, tzinfo=shanghai))
    with county.read() as tx:
        found = cases.get_case(tx, "a")
    assert found
    assert found.started_at.isoformat() == "2022-10-14T01:00:00.000001+00:00"


def test_a_moment_without_a_zone_is_refused(county: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"), county.begin() as tx:
        cases.add_case(tx, make_case("a", started_at=datetime(2022, 10, 14)))


HARD = {"大": 1e16, "a": 0.1, "neg": -0.0, "z": [1, True, None, {"b": "é\u2028"}], "A": "\\u0000", "n": 10**30}


def test_json_is_kept_as_the_exact_text_that_was_written(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
        tx.connection.execute(
            insert(job).values(
                id="j", case_id="a", kind="handler", number=1, element_id="e", handler="h", payload=HARD, due_at=NOW,
                status="due", attempts=0, max_attempts=1, fence=0, last_error="", created_at=NOW,
            )
        )  # fmt: skip
    with county.read() as tx:
        stored = tx.connection.execute(text("SELECT payload FROM job")).scalar()
        assert tx.connection.execute(select(job.c.payload)).scalar() == HARD
    assert stored == (
        '{"A":"\\\\u0000","a":0.1,"n":1000000000000000000000000000000,"neg":-0.0,"z":[1,true,null,{"b":"é\u2028"}],'
        '"大":1e+16}'
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_json_without_a_meaning_is_refused(database: Database, number: float) -> None:
    row = {"actor_id": "p", "key": "k", "request_hash": "", "status": 1, "body": "", "created_at": NOW}
    with pytest.raises(StatementError, match="JSON compliant"), database.begin() as tx:
        tx.connection.execute(insert(idempotency).values(headers={"n": number}, **row))


def test_an_enumeration_reads_back_as_itself(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
        ledger.put_authorisation(
            tx,
            Authorisation(
                "x", "huotian", "i", 1, "n", "E1", "decide", AuthorisationStatus.TRIAL, "a", "", None, "", "", NOW, None,
                None, None,
            ),
        )  # fmt: skip
        (found,) = ledger.list_authorisations(tx).items
    assert found.status is AuthorisationStatus.TRIAL
