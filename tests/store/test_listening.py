"""Hearing that there is work. Long waits in these tests never run their time: they end by being told."""

import threading
import time

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from service.store.counters import next_number
from service.store.listening import Listener
from service.store.session import Database, notify_work
from tests.store.together import at_once, until

LONG = 60.0


def tell(database: Database) -> None:
    with database.begin() as tx:
        notify_work(tx)


def told_soon(listener: Listener) -> bool:
    """It is told long before its time is over."""
    begin = time.monotonic()
    return listener.wait(LONG) and time.monotonic() - begin < LONG / 4


def test_a_waiter_is_told_when_the_transaction_commits(database: Database) -> None:
    with database.listening() as listener:
        teller = threading.Thread(target=tell, args=(database,))
        teller.start()
        assert told_soon(listener)
        teller.join()


def test_what_is_told_while_nobody_waits_is_heard_at_the_next_wait(database: Database) -> None:
    with database.listening() as listener:
        tell(database)
        assert told_soon(listener)
        assert not listener.wait(0.05)


def test_many_tellings_are_one_reason_to_look(database: Database) -> None:
    with database.listening() as listener:
        for _ in range(20):
            tell(database)
        assert until(lambda: listener.wait(LONG))
        heard = 0
        while listener.wait(0.1):
            heard += 1
        assert heard < 20


def test_every_listener_is_told(database: Database) -> None:
    with database.listening() as one, database.listening() as two:
        tell(database)
        assert at_once([lambda: one.wait(LONG), lambda: two.wait(LONG)]) == [True, True]


def test_a_rollback_tells_nobody(database: Database) -> None:
    with database.listening() as listener:
        try:
            with database.begin() as tx:
                notify_work(tx)
                raise RuntimeError
        except RuntimeError:
            pass
        assert not listener.wait(0.1)


def test_a_transaction_without_work_tells_nobody(database: Database) -> None:
    with database.listening() as listener:
        with database.begin() as tx:
            next_number(tx, "a")
        assert not listener.wait(0.1)


def test_ringing_ends_the_wait_at_once(database: Database) -> None:
    with database.listening() as listener:
        threading.Timer(0, listener.ring).start()
        assert told_soon(listener)
    listener.ring()  # after the end: nothing happens


def test_a_lost_connection_is_opened_again_and_nothing_told_meanwhile_is_missed(database: Database) -> None:
    with database.listening() as listener:
        if database.dialect == "postgresql":
            engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
            kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            with engine.connect() as connection:
                until(lambda: connection.execute(text(f"{kill} AND query LIKE 'LISTEN%'")).all())
        tell(database)
        assert told_soon(listener)  # the loss itself is a reason to look
        listener.wait(0.5)  # opened again
        tell(database)
        assert told_soon(listener)


def test_without_a_server_it_waits_and_does_not_fail() -> None:
    nobody = Database("postgresql://oneseal@127.0.0.1:1/none")
    with nobody.listening() as listener:
        begin = time.monotonic()
        assert not listener.wait(0.2)
        assert time.monotonic() - begin >= 0.2
        threading.Timer(0, listener.ring).start()
        assert told_soon(listener)
    nobody.close()
