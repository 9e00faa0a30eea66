"""县政府办 settles which clause counts."""

from datetime import date

import pytest

from service.actions.put_deadline import ClauseGiven
from service.actions.settle_deadline import SettleDeadline, settle_deadline
from service.domain.deadlines import Conflict as Contradiction
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from tests.actions.calendars import history
from tests.actions.stage import Stage
from tests.actions.targets import NAMED, SECTION, county_office, put

ID = "gongan-huotian"


@pytest.fixture
def entered(stage: Stage) -> Stage:
    county_office(stage)
    put(stage)
    return stage


def test_the_clause_chosen_counts_and_the_history_says_who_and_why(entered: Stage) -> None:
    settled = entered.act("office", settle_deadline, SettleDeadline(ID, 2, "示例：以完成时限为准"))
    assert (settled.clause.due, settled.conflict, settled.version) == (date(2022, 11, 20), Contradiction.SETTLED, 2)
    (event,) = history(entered, f"deadline/{ID}", "deadline.settled")
    assert '"actor":"office"' in event.body
    assert "以完成时限为准" in (event.payload or "")


def test_it_is_settled_once_and_names_who_did_it(entered: Stage) -> None:
    entered.act("office", settle_deadline, SettleDeadline(ID, 1, "示例"))
    with pytest.raises(Conflict, match="office（虚构）于2022-10-14"):
        entered.act("office2", settle_deadline, SettleDeadline(ID, 2, "示例"))


def test_other_clauses_open_it_again(entered: Stage) -> None:
    entered.act("office", settle_deadline, SettleDeadline(ID, 1, "示例"))
    assert put(entered, subject="改名").conflict is Contradiction.SETTLED
    assert put(entered, clauses=[NAMED, ClauseGiven("二", "11月底前")]).conflict is Contradiction.OPEN


@pytest.mark.parametrize("person", ["clerk", "leader", "reviewer", "sysadmin"])
def test_nobody_else_settles_it(entered: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        entered.act(person, settle_deadline, SettleDeadline(ID, 1, "示例"))


def test_it_needs_a_reason_a_clause_with_a_day_and_a_conflict(entered: Stage) -> None:
    for clause, reason in ((1, " "), (3, "示例"), (0, "示例")):
        with pytest.raises(Invalid):
            entered.act("office", settle_deadline, SettleDeadline(ID, clause, reason))
    put(entered, id="other", clauses=[SECTION])
    with pytest.raises(Conflict, match="没有日期冲突"):
        entered.act("office", settle_deadline, SettleDeadline("other", 1, "示例"))
    with pytest.raises(NotFound):
        entered.act("office", settle_deadline, SettleDeadline("nothing", 1, "示例"))
    with pytest.raises(Stale):
        entered.act("office", settle_deadline, SettleDeadline(ID, 1, "示例", if_match=7))
