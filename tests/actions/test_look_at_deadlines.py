"""The register as it stands on a day, and how words are read."""

from collections.abc import Iterator
from datetime import date

import pytest

from service.actions.look_at_deadlines import (
    LookAtDeadlines,
    Placed,
    look_at_deadline,
    look_at_deadlines,
    look_at_words,
)
from service.domain.deadlines import Conflict, State, Strength
from service.domain.errors import Invalid, NotFound
from service.settings import Settings
from service.store.session import Database
from service.wiring import House, build
from tests.actions.stage import Stage
from tests.actions.targets import SECTION, put
from tests.county import fresh_county
from tests.databases import Shelf


@pytest.fixture
def county(shelf: Shelf) -> Iterator[House]:
    """云霄 with what the notice asks of its townships."""
    for url in fresh_county(shelf):
        house = build(Settings(database_url=url, demo=True))
        yield house
        house.close()


def rows(house: House, day: str, **wanted: str) -> dict[str, Placed]:
    with house.database.read() as tx:
        order = LookAtDeadlines(date.fromisoformat(day), **wanted)
        return {placed.deadline.id: placed for placed in look_at_deadlines(house.frame(tx, channel="api"), order)}


def test_a_deferred_target_is_not_red_and_a_hard_one_is(county: House) -> None:
    """On 2022-11-30 云陵镇's 市场监管所 may wait: no red, no deduction. 马铺乡's is overdue, and a deduction may be proposed."""
    found = rows(county, "2022-11-30")
    deferred, hard = found["shichang-jinzhu-yunling"], found["shichang-jinzhu-mapu"]
    assert (deferred.standing.state, deferred.standing.overdue, deferred.standing.deductible) == (
        State.DEFERRED, False, False,
    )  # fmt: skip
    assert "体量大" in deferred.deadline.reason
    assert (hard.standing.state, hard.standing.overdue, hard.standing.deductible) == (State.OVERDUE, True, True)
    assert (hard.standing.due, hard.standing.last_workday) == (date(2022, 11, 20), date(2022, 11, 18))


def test_a_clause_that_names_the_township_goes_before_the_section_and_the_conflict_is_shown(county: House) -> None:
    """On 2022-11-25 东厦镇's 公安派出所 is not overdue under 今年内; the contradiction with 11月中旬 is shown."""
    for township in ("dongxia", "chendai"):
        found = rows(county, "2022-11-25")[f"gongan-jinzhu-{township}"]
        assert (found.deadline.conflict, found.standing.overdue) == (Conflict.OPEN, False)
        assert (found.deadline.clause.words, found.standing.due) == ("今年内", date(2022, 12, 31))
        assert found.standing.last_workday == date(2022, 12, 30)
        assert {clause.words for clause in found.deadline.clauses} == {"今年内", "2022年11月中旬"}
    late = rows(county, "2023-01-01")["gongan-jinzhu-dongxia"].standing
    assert late.overdue


def test_the_baseline_is_that_of_the_notice(county: House) -> None:
    found = rows(county, "2022-10-14")
    states = [(id.rpartition("-")[0], placed.standing.state.value) for id, placed in found.items()]
    assert {state: states.count(("gongan-jinzhu", state)) for state in ("done", "running", "soft")} == {
        "done": 3, "running": 2, "soft": 5,
    }  # fmt: skip
    assert {state: states.count(("shichang-jinzhu", state)) for state in ("done", "running", "deferred", "unclear")} == {
        "done": 2, "running": 5, "deferred": 2, "unclear": 1,
    }  # fmt: skip
    assert all(placed.deadline.example for placed in found.values())


def test_it_can_be_filtered(county: House) -> None:
    assert set(rows(county, "2022-11-25", conflict="open")) == {"gongan-jinzhu-dongxia", "gongan-jinzhu-chendai"}
    assert len(rows(county, "2022-11-25", state="deferred")) == 2
    assert {
        placed.deadline.organisation_id for placed in rows(county, "2022-11-25", organisation_id="mapu").values()
    } == {"mapu"}
    assert all(p.deadline.strength is Strength.SOFT for p in rows(county, "2022-11-25", strength="soft").values())


def test_today_is_the_day_when_none_is_given(stage: Stage) -> None:
    put(stage, clauses=[SECTION])
    with stage.frame("clerk") as frame:
        assert look_at_deadline(frame, "gongan-huotian").day == date(2022, 10, 14)
        with pytest.raises(NotFound):
            look_at_deadline(frame, "nothing")


def test_words_are_read_with_the_last_working_day(stage: Stage) -> None:
    with stage.frame("clerk") as frame:
        found = look_at_words(frame, "2022年11月中旬", base=date(2022, 10, 13))
        assert (found.due, found.last_workday, found.provisional) == (date(2022, 11, 20), date(2022, 11, 18), True)
        with pytest.raises(Invalid, match="抓紧"):
            look_at_words(frame, "抓紧", base=date(2022, 10, 13))


def test_an_empty_county_has_no_deadlines(database: Database) -> None:
    with database.read() as tx:
        assert look_at_deadlines(Stage(database).surroundings(tx, "system"), LookAtDeadlines()) == ()
