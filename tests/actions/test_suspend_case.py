"""挂起."""

from datetime import timedelta

import pytest

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.cases import CaseStatus
from service.domain.errors import Conflict, Invalid, NotAllowed
from tests.actions.stage import Stage


def test_it_stops_people_and_jobs(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stopped = stage.act("reviewer", suspend_case, SuspendCase(case.id, "依据待核"))
    assert stopped.status is CaseStatus.SUSPENDED
    assert stage.work() == 0
    stage.later(timedelta(days=400))
    assert stage.work() == 0


def test_it_refuses_work_on_its_tasks(stage: Stage) -> None:
    case = stage.start().case
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "依据待核"))
    with pytest.raises(NotAllowed, match="已挂起"):
        stage.act("clerk", claim_task, ClaimTask(stage.open_task(case.id).id))


def test_it_wants_a_reason_and_the_coordinating_post(stage: Stage) -> None:
    case = stage.start().case
    with pytest.raises(Invalid):
        stage.act("reviewer", suspend_case, SuspendCase(case.id, "  "))
    with pytest.raises(NotAllowed):
        stage.act("clerk", suspend_case, SuspendCase(case.id, "x"))


def test_it_is_done_once(stage: Stage) -> None:
    case = stage.start().case
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    with pytest.raises(Conflict):
        stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
