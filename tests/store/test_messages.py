"""Waits, and messages kept for those who will wait later."""

import threading
from functools import partial

from service.domain.cases import MessageWait
from service.store import messages
from service.store.session import Database
from tests.store.county import NOW, add_cases, later
from tests.store.together import at_once, until


def wait(case_id: str, number: int, *, kind: str = "message", name: str = "done", key: str = "k") -> MessageWait:
    return MessageWait(case_id, number, "catch", kind=kind, name=name, key=key, created_at=NOW)


def test_waits_are_found_by_kind_name_key_and_case_in_the_order_of_cases(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        made = [
            wait("b", 1),
            wait("a", 2),
            wait("a", 1, key="other"),
            wait("a", 3, kind="signal"),
            wait("b", 2, name="n"),
        ]
        messages.add_waits(tx, made)
        messages.add_waits(tx, [])

        def found(**more: str) -> list[tuple[str, int]]:
            waits = messages.waits_for(
                tx, kind=more.pop("kind", "message"), name="done", key=more.get("key"), case_id=more.get("case_id")
            )
            return [(w.case_id, w.number) for w in waits]

        assert found() == [("a", 1), ("a", 2), ("b", 1)]
        assert found(key="k") == [("a", 2), ("b", 1)]
        assert found(key="k", case_id="b") == [("b", 1)]
        assert found(key="") == []
        assert found(kind="signal") == [("a", 3)]
        assert messages.waits_of_case(tx, "a")[1] == wait("a", 2)


def test_closed_waits_are_gone_and_others_stay(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        messages.add_waits(tx, [wait("a", 1), wait("a", 2), wait("b", 1)])
        messages.close_waits(tx, "a", [1, 9])
        messages.close_waits(tx, "a", [])
        assert [w.number for w in messages.waits_of_case(tx, "a")] == [2]
        assert [w.number for w in messages.waits_of_case(tx, "b")] == [1]


def test_the_last_message_is_kept_word_for_word(database: Database) -> None:
    with database.begin() as tx:
        assert messages.retained_message(tx, "done", "k") is None
        messages.retain_message(tx, "done", "k", '{"大":1}', at=NOW)
        messages.retain_message(tx, "done", "k", '{"n": 1e16}', at=later(days=1))
    with database.begin() as tx:
        assert messages.retained_message(tx, "done", "k") == '{"n": 1e16}'
        assert messages.retained_message(tx, "done", "other") is None


def test_thrower_and_waiter_never_miss_each_other(county: Database) -> None:
    """Whoever comes second sees the first: either the wait finds the message kept, or the thrower finds the wait."""
    keys = [f"k{n}" for n in range(12)]
    with county.begin() as tx:
        add_cases(tx, "a")
    met: list[str] = []

    def throw(key: str) -> None:
        with county.begin() as tx:
            messages.retain_message(tx, "done", key, "{}", at=NOW)
            met.extend(f"{key} by thrower" for _ in messages.waits_for(tx, kind="message", name="done", key=key))

    def listen(key: str, number: int) -> None:
        with county.begin() as tx:
            messages.add_waits(tx, [wait("a", number, key=key)])
            if messages.retained_message(tx, "done", key) is not None:
                met.append(f"{key} by waiter")

    for number, key in enumerate(keys):
        at_once([partial(throw, key), partial(listen, key, number)])
    assert sorted(word.partition(" ")[0] for word in met) == sorted(keys)


def test_the_second_waits_for_the_first_to_commit(many_writers: Database) -> None:
    found: list[str | None] = []

    def listen() -> None:
        with many_writers.begin() as tx:
            found.append(messages.retained_message(tx, "done", "k"))

    waiter = threading.Thread(target=listen)
    with many_writers.begin() as tx:
        messages.retain_message(tx, "done", "k", "{}", at=NOW)
        waiter.start()
        waiter.join(0.3)
        assert found == []
    until(lambda: found)
    waiter.join()
    assert found == ["{}"]
