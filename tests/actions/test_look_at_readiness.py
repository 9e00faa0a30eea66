"""开局检查: what is missing before a township can begin, said before a case gets stuck."""

from collections.abc import Iterable

import pytest

from service.actions.look_at_readiness import CHECKS, look_at_readiness
from service.actions.parts.seeding import seed_calendar
from service.domain.errors import NotAllowed
from service.domain.readiness import Check, State, is_ready
from tests.actions.bookshelf import described
from tests.actions.stage import Stage


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
