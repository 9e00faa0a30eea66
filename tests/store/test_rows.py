"""Pages and their cursors."""

from datetime import datetime, timedelta, timezone

import pytest

from service.domain.errors import Invalid
from service.domain.paging import write_cursor
from service.domain.permission import Visible
from service.store import cases, events
from service.store.rows import insert_new, put
from service.store.session import Database
from service.store.tables import counter
from tests.store.county import NOW, add_cases

ALL = Visible(everything=True, organisations=frozenset(), person_id="")


@pytest.mark.parametrize(
    "values",
    [
        ["2022-10-14", "a"],
        [1, "a"],
        [NOW, 7],
        [NOW, "a", 1],
        [NOW],
        [datetime(2022, 10, 14), "a"],
        [NOW, "a\0"],
        [datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))), "a"],
        [datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-14))), "a"],
        [NOW, "\ud800"],
        [True, "a"],
    ],
)
def test_a_cursor_of_another_list_or_another_hand_is_refused_and_not_an_accident(
    county: Database, values: list[object]
) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
        with pytest.raises(Invalid):
            cases.list_cases(tx, visible=ALL, after=write_cursor(values))


@pytest.mark.parametrize("cursor", ["x", "§", "AAAA", "bnVsbA", "MQ", "W1tdXQ", "e30"])
def test_a_cursor_nobody_wrote_is_refused(county: Database, cursor: str) -> None:
    with county.read() as tx, pytest.raises(Invalid):
        cases.list_cases(tx, visible=ALL, after=cursor)


@pytest.mark.parametrize("number", [2**31, -(2**31), 10**30])
def test_a_number_no_column_can_hold_is_refused(database: Database, number: int) -> None:
    with database.read() as tx, pytest.raises(Invalid):
        events.list_events(tx, after=write_cursor([NOW, "c", number]))


def test_the_last_page_has_no_cursor_and_an_exact_page_neither(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        assert cases.list_cases(tx, visible=ALL, limit=2).next is None
        assert cases.list_cases(tx, visible=ALL, limit=3).next is None
        assert cases.list_cases(tx, visible=ALL, limit=1).next is not None


def test_inserting_what_is_new_tells_how_many_were(database: Database) -> None:
    with database.begin() as tx:
        assert insert_new(tx, counter, [{"name": "a", "value": 1}, {"name": "b", "value": 1}]) == 2
        assert insert_new(tx, counter, [{"name": "b", "value": 9}, {"name": "c", "value": 1}]) == 1
        assert insert_new(tx, counter, []) == 0


def test_putting_replaces_the_row_with_the_same_key(database: Database) -> None:
    with database.begin() as tx:
        put(tx, counter, {"name": "a", "value": 1})
        put(tx, counter, {"name": "a", "value": 5})
        assert insert_new(tx, counter, [{"name": "a", "value": 9}]) == 0
