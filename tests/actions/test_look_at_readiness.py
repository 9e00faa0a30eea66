"""开局检查 on the small stage and on the example county."""

from collections.abc import Iterator

import pytest

from service.actions.look_at_readiness import look_at_readiness
from service.domain.errors import NotAllowed
from service.domain.readiness import Check, State, is_ready
from service.store import people
from service.store.session import Database
from service.wiring import House
from tests.actions.stage import Stage
from tests.databases import Shelf
from tests.story import Story, prepare_county


def look(stage: Stage, person: str = "sysadmin") -> dict[str, Check]:
    with stage.frame(person) as frame:
        return {check.key: check for check in look_at_readiness(frame)}


def sentences(check: Check) -> str:
    return "\n".join(f"{finding.state} {finding.sentence}" for finding in check.findings)


def test_a_stage_without_the_main_processes_is_told_what_it_lacks(stage: Stage) -> None:
    found = look(stage)
    assert not is_ready(tuple(found.values()))
    assert found["processes"].state is State.LACKING
    assert "公章向专用章授权" in sentences(found["processes"])
    assert found["items"].state is State.LACKING


def test_it_is_for_administrators(stage: Stage) -> None:
    for person in ("clerk", "leader"):
        with pytest.raises(NotAllowed):
            look(stage, person)


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
    assert is_ready(tuple(found.values())), [sentences(check) for check in found.values()]


def test_a_post_of_the_county_that_nobody_holds_any_more_is_named_with_the_tasks_that_wait(house: House) -> None:
    with house.database.read() as tx:
        reviewers = [p for p, h in people.all_holdings(tx) if h.post == "reform_reviewer"]
    _leave(house.database, *reviewers)
    posts = _checks(house)["posts"]
    assert posts.state is State.LACKING
    assert "审改办审核" in sentences(posts)
    assert "县审改办审核" in sentences(posts)


def test_a_township_without_a_director_is_only_told_while_another_is_whole(house: House) -> None:
    with house.database.read() as tx:
        directors = {p: h.organisation_id for p, h in people.all_holdings(tx) if h.post == "center_director"}
    first, *others = directors
    _leave(house.database, first)
    before = _checks(house)["posts"]
    assert "便民服务中心主任" in sentences(before)
    assert before.state is State.DOUBTFUL
    _leave(house.database, *others)
    assert _checks(house)["posts"].state is State.LACKING


def test_looking_changes_nothing(house: House) -> None:
    with house.database.read() as tx:
        before = tx.connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    _checks(house)
    with house.database.read() as tx:
        assert tx.connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one() == before
