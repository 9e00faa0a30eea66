"""撤销."""

import pytest

from service.actions.cancel_case import CancelCase, cancel_case
from service.actions.verify_history import verify_history
from service.domain.cases import CaseStatus
from service.domain.errors import Conflict, NotAllowed, NotFound, Stale
from service.store import jobs, messages, tasks
from tests.actions.stage import Stage


def test_it_leaves_nothing_open_and_keeps_the_history(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    ended = stage.act("clerk", cancel_case, CancelCase(case.id, "重复发起"))
    assert ended.status is CaseStatus.CANCELLED
    with stage.database.read() as tx:
        assert tasks.tasks_of_case(tx, case.id, open_only=True) == []
        assert messages.waits_of_case(tx, case.id) == []
        assert jobs.next_due(tx, stage.now) is None
        assert verify_history(tx).breaks == ()


def test_it_is_for_the_initiator_or_the_coordinating_office(stage: Stage) -> None:
    case = stage.start().case
    with pytest.raises(NotAllowed):
        stage.act("clerk2", cancel_case, CancelCase(case.id, "x"))
    with pytest.raises(NotFound):
        stage.act("heping-clerk", cancel_case, CancelCase(case.id, "x"))
    stage.act("reviewer", cancel_case, CancelCase(case.id, "x"))


def test_it_is_done_once_and_not_on_an_old_version(stage: Stage) -> None:
    case = stage.start().case
    with pytest.raises(Stale):
        stage.act("clerk", cancel_case, CancelCase(case.id, "x", if_match=case.version + 7))
    stage.act("clerk", cancel_case, CancelCase(case.id, "x"))
    with pytest.raises(Conflict):
        stage.act("clerk", cancel_case, CancelCase(case.id, "x"))
