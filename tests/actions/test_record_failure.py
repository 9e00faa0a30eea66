"""A person's step that failed in the engine."""

from service.actions.record_failure import FailedStep, record_failure
from service.store import incidents
from tests.actions.stage import Stage


def test_the_same_failure_is_one_incident(stage: Stage) -> None:
    case = stage.start().case
    failed = FailedStep(case.id, "变量 decision 不存在", "decide", f"{case.id}.1", "decision")
    first = stage.act("clerk", record_failure, failed)
    assert first
    again = stage.act("clerk", record_failure, failed)
    assert again
    assert (again.id, again.times) == (first.id, 2)
    with stage.database.read() as tx:
        assert incidents.open_incidents(tx, case.id) == [again]


def test_a_case_that_is_gone_has_none(stage: Stage) -> None:
    assert stage.act("clerk", record_failure, FailedStep("nobody", "x")) is None
