"""One delivery to one case."""

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.domain.cases import CaseStatus
from tests.actions.stage import Stage


def test_it_does_nothing_when_the_case_went_on_before_it_came(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    task = stage.open_task(case.id)
    stage.act("director", claim_task, ClaimTask(task.id))
    stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case.id, {}))
    stage.act("director", complete_task, CompleteTask(task.id, {"decision": "agree"}))
    version = stage.case(case.id).version
    stage.work()
    assert (stage.case(case.id).version, stage.case(case.id).status) == (version, CaseStatus.ACTIVE)


def test_two_copies_move_the_case_once(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    for _ in range(2):
        stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case.id, {}))
    stage.work()
    assert stage.case(case.id).status is CaseStatus.COMPLETED
