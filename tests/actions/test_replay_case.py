"""Doing the history again."""

from dataclasses import replace

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.replay_case import replay_case
from service.actions.return_task import ReturnTask, return_task
from service.domain.cases import Act
from service.domain.errors import NotFound
from service.store import cases
from tests.actions.stage import Stage


def test_every_command_again_gives_the_stored_state(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x", "yearly_count": 3.5, "typename": "t"})
    stage.work()
    task = stage.open_task(case.id)
    stage.act("director", claim_task, ClaimTask(task.id))
    stage.act("director", return_task, ReturnTask(task.id, "draft", Act(opinion="补充")))
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "y"})
    stage.work()
    with stage.database.read() as tx:
        replayed = replay_case(tx, case.id, bundles=stage.bundles)
    assert replayed.same, replayed
    assert replayed.steps == 6


def test_a_state_changed_behind_its_back_shows(stage: Stage) -> None:
    kept = stage.case(stage.start().case.id)
    with stage.database.begin() as tx:
        cases.save_step(tx, replace(kept, state=kept.state + b" "), expected_version=kept.version)
    with stage.database.read() as tx:
        assert not replay_case(tx, kept.id, bundles=stage.bundles).same


def test_it_does_not_know_a_made_up_case(stage: Stage) -> None:
    with stage.database.read() as tx, pytest.raises(NotFound):
        replay_case(tx, "nobody", bundles=stage.bundles)
