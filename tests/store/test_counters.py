"""Gapless counters."""

from functools import partial

import pytest

from service.store.counters import lock_name, next_number
from service.store.session import Database
from tests.store.together import at_once


def take(database: Database, name: str) -> int:
    with database.begin() as tx:
        return next_number(tx, name)


def test_it_counts_from_one_and_every_name_on_its_own(database: Database) -> None:
    assert [take(database, "a"), take(database, "a"), take(database, "b"), take(database, "a")] == [1, 2, 1, 3]


def test_a_rollback_leaves_no_gap(database: Database) -> None:
    def give_up() -> None:
        with database.begin() as tx:
            next_number(tx, "a")
            raise RuntimeError

    take(database, "a")
    with pytest.raises(RuntimeError):
        give_up()
    assert take(database, "a") == 2


def test_many_at_once_get_every_number_once_though_some_give_up(database: Database) -> None:
    def work(n: int) -> int:
        try:
            with database.begin() as tx:
                number = next_number(tx, "a")
                if n % 3 == 0:
                    raise RuntimeError
                return number
        except RuntimeError:
            return 0

    numbers = at_once([partial(work, n) for n in range(12)])
    assert sorted(n for n in numbers if n) == list(range(1, 9))


def test_a_locked_name_is_begun_by_one_at_a_time(database: Database) -> None:
    begun: list[str] = []

    def begin_once() -> None:
        with database.begin() as tx:
            lock_name(tx, "case/x")
            if not begun:
                begun.append("x")

    at_once([begin_once] * 6)
    assert begun == ["x"]
