"""An administrator enters what an order asks by when."""

from datetime import date, timedelta

import pytest

from service.actions.put_deadline import ClauseGiven, put_deadline
from service.domain.deadlines import Conflict, Strength
from service.domain.errors import Invalid, NotAllowed, Stale
from service.store import deadlines
from tests.actions.calendars import history
from tests.actions.stage import Stage
from tests.actions.targets import NAMED, POLICE, SECTION, put


def test_words_are_kept_and_the_days_read_from_them(stage: Stage) -> None:
    made = put(stage)
    assert [(c.words, c.due) for c in made.clauses] == [
        ("今年内", date(2022, 12, 31)), ("2022年11月中旬", date(2022, 11, 20)),
    ]  # fmt: skip
    assert (made.clause.words, made.conflict, made.version) == ("今年内", Conflict.OPEN, 1)
    with stage.database.read() as tx:
        assert deadlines.get_deadline(tx, made.id) == made
    (event,) = history(stage, f"deadline/{made.id}", "deadline.put")
    assert '"actor":"sysadmin"' in event.body
    assert '"due":"2022-12-31"' in event.body


def test_the_same_again_changes_nothing_and_another_is_a_new_version(stage: Stage) -> None:
    put(stage)
    assert put(stage).version == 1
    assert put(stage, subject="另一名称", if_match=1).version == 2
    assert len(history(stage, "deadline/gongan-huotian")) == 2
    with pytest.raises(Stale):
        put(stage, subject="再一名称", if_match=1)


def test_words_without_a_day_are_kept_for_soft_targets(stage: Stage) -> None:
    made = put(stage, strength=Strength.SOFT, clauses=[ClauseGiven("二（一）1", "因地制宜，加快推进", dated=False)])
    assert (made.clause.due, made.conflict) == (None, Conflict.NONE)


def test_everything_wrong_is_told_at_once(stage: Stage) -> None:
    with pytest.raises(Invalid) as refused:
        put(
            stage, id="公安", subject=" ", organisation_id="nobody", strength=Strength.DEFERRED,
            clauses=[ClauseGiven("二", "尽快")], done_on=stage.now.date() + timedelta(days=2),
        )  # fmt: skip
    fields = [fault.where["field"] for fault in refused.value.faults]
    assert fields == ["id", "subject", "organisation", "reason", "done_on", "clauses.1"]
    assert "尽快" in refused.value.faults[-1].message
    assert history(stage, "deadline/公安") == []


@pytest.mark.parametrize(
    "clauses", [[], [SECTION] * 6, [ClauseGiven("二", "加快推进", dated=False)], [ClauseGiven("", "今年内")]]
)
def test_a_hard_one_needs_a_clause_with_a_day(stage: Stage, clauses: list[ClauseGiven]) -> None:
    with pytest.raises(Invalid):
        put(stage, clauses=clauses)


@pytest.mark.parametrize("person", ["clerk", "reviewer"])
def test_only_the_system_administrator_enters_one(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed, match="系统管理员"):
        stage.act(person, put_deadline, POLICE)


def test_done_is_entered_with_its_day(stage: Stage) -> None:
    put(stage, clauses=[NAMED])
    made = put(stage, clauses=[NAMED], done_on=date(2022, 10, 14), done_note="示例：已进驻")
    assert (made.done_on, made.version) == (date(2022, 10, 14), 2)
