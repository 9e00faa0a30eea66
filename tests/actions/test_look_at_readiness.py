"""开局检查: what is missing before a township can begin, said before a case gets stuck."""

from collections.abc import Iterable, Iterator

import pytest

from service.actions.look_at_readiness import CHECKS, look_at_readiness
from service.actions.parts.seeding import seed_calendar
from service.domain.errors import NotAllowed
from service.domain.readiness import Check, State, is_ready
from service.store import people
from service.store.session import Database
from service.wiring import House
from tests.actions.bookshelf import described
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.story import Story, prepare_county


def looked(stage: Stage, person: str = "sysadmin") -> dict[str, Check]:
    with stage.frame(person) as frame:
        return {check.key: check for check in look_at_readiness(frame)}


def sentences(checks: Iterable[Check]) -> str:
    return "\n".join(finding.sentence for check in checks for finding in check.findings)


def test_it_says_all_that_is_missing_at_once_and_in_order(stage: Stage) -> None:
    found = looked(stage)
    assert list(found) == list(CHECKS)
    assert not is_ready(tuple(found.values()))
    lacking = {key for key, check in found.items() if check.state is State.LACKING}
    assert {"administrators", "processes", "organisations", "items", "calendar"} <= lacking
    for word in ("安全管理员", "审计管理员"):
        assert word in sentences([found["administrators"]])


def test_what_is_there_is_no_longer_missing(shelf_stage: Stage) -> None:
    before = looked(shelf_stage)
    described(shelf_stage)
    with shelf_stage.frame("system") as frame:
        seed_calendar(frame)
    after = looked(shelf_stage)
    assert (before["items"].state, before["calendar"].state) == (State.LACKING, State.LACKING)
    assert after["items"].state is not State.LACKING
    assert after["calendar"].state is State.OK
    assert after["processes"].state is State.LACKING


def test_looking_changes_nothing(stage: Stage) -> None:
    assert looked(stage) == looked(stage)


@pytest.mark.parametrize("person", ["clerk", "reviewer"])
def test_officers_have_no_use_for_it(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        looked(stage, person)


@pytest.fixture
def house(shelf: Shelf) -> Iterator[House]:
    url = shelf.fresh("county", prepare_county)
    with Story(url) as story:
        yield story.house
    shelf.drop(url)


def _checks(house: House) -> dict[str, Check]:
    with house.database.read() as tx:
        frame = house.frame(tx, channel="cli")
        return {check.key: check for check in look_at_readiness(frame)}


def _leave(database: Database, *names: str) -> None:
    with database.begin() as tx:
        for name in names:
            people.set_active(tx, name, False)


def test_the_example_county_can_begin(house: House) -> None:
    found = _checks(house)
    assert is_ready(tuple(found.values())), sentences(found.values())


def test_a_post_of_the_county_that_nobody_holds_any_more_is_named_with_the_tasks_that_wait(house: House) -> None:
    with house.database.read() as tx:
        reviewers = [p for p, h in people.all_holdings(tx) if h.post == "reform_reviewer"]
    _leave(house.database, *reviewers)
    posts = _checks(house)["posts"]
    assert posts.state is State.LACKING
    assert "审改办审核" in sentences([posts])
    assert "县审改办审核" in sentences([posts])


def test_a_township_without_a_director_is_only_told_while_another_is_whole(house: House) -> None:
    with house.database.read() as tx:
        directors = {p: h.organisation_id for p, h in people.all_holdings(tx) if h.post == "center_director"}
    first, *others = directors
    _leave(house.database, first)
    before = _checks(house)["posts"]
    assert "便民服务中心主任" in sentences([before])
    assert before.state is State.DOUBTFUL
    _leave(house.database, *others)
    assert _checks(house)["posts"].state is State.LACKING


def test_looking_leaves_no_event(house: House) -> None:
    with house.database.read() as tx:
        before = tx.connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    _checks(house)
    with house.database.read() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one() == before
