"""Claiming a task."""

from dataclasses import replace

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.people import Holding
from service.store import people
from tests.actions.stage import Stage


def test_it_makes_the_person_the_assignee_once(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    claimed = stage.act("clerk", claim_task, ClaimTask(task.id))
    assert (claimed.assignee_id, claimed.version) == ("clerk", 2)
    assert stage.act("clerk", claim_task, ClaimTask(task.id)) == claimed


def test_it_says_who_has_it(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    with pytest.raises(Conflict, match="clerk（虚构）"):
        stage.act("clerk2", claim_task, ClaimTask(task.id))


def test_it_refuses_a_post_that_is_not_asked(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    with pytest.raises(NotAllowed, match="不在任务"):
        stage.act("director", claim_task, ClaimTask(task.id))


def test_it_refuses_the_drafter_as_reviewer(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    with stage.database.begin() as tx:
        from service.domain.people import Holding, Person
        from service.store import people

        both = Person("both", "两岗（虚构）", "huotian-center", fictional=True)
        posts = (Holding("center_clerk", "huotian-center"), Holding("center_director", "huotian-center"))
        people.add_person(tx, both, holdings=posts)
    second = stage.start("both").case
    stage.do("both", stage.open_task(second.id).id, {"batch_name": "x"})
    stage.work()
    with pytest.raises(NotAllowed, match=r"职责分离.*拟清单"):
        stage.act("both", claim_task, ClaimTask(stage.open_task(second.id).id))
    assert stage.act("both", claim_task, ClaimTask(stage.open_task(case.id).id)).assignee_id == "both"


@pytest.mark.parametrize("id", ["", "x", "x.1", "0.0.0", "nobody.99999999999999999999"])
def test_it_does_not_know_a_made_up_task(stage: Stage, id: str) -> None:
    with pytest.raises(NotFound):
        stage.act("clerk", claim_task, ClaimTask(id))


def _give_posts(stage: Stage, person: str, *holdings: Holding, active: bool = True) -> None:
    with stage.database.begin() as tx:
        known = people.get_person(tx, person)
        assert known
        people.add_person(tx, replace(known, active=active), holdings=holdings)


def test_who_lost_the_post_can_no_longer_do_what_was_claimed_and_a_colleague_goes_on(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    _give_posts(stage, "clerk")
    with pytest.raises(NotAllowed, match="办理岗位"):
        stage.act("clerk", complete_task, CompleteTask(task.id, {"batch_name": "x"}))
    assert stage.act("clerk2", claim_task, ClaimTask(task.id)).assignee_id == "clerk2"
    assert stage.act("clerk2", complete_task, CompleteTask(task.id, {"batch_name": "x"}))


def test_who_left_holds_nothing(stage: Stage) -> None:
    task = stage.open_task(stage.start().case.id)
    stage.act("clerk", claim_task, ClaimTask(task.id))
    _give_posts(stage, "clerk", Holding("center_clerk", "huotian-center"), active=False)
    assert stage.act("clerk2", claim_task, ClaimTask(task.id)).assignee_id == "clerk2"
