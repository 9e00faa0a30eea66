"""A message from outside."""

import pytest

from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.domain.cases import CaseStatus
from service.domain.errors import NotFound
from tests.actions.stage import Stage


def _at_review(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    return case.id


def test_it_reaches_the_case_that_waits(stage: Stage) -> None:
    case_id = _at_review(stage)
    (job,) = stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", case_id, {"why": "材料有误"}))
    assert job
    stage.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED


def test_it_reaches_only_the_key_it_names(stage: Stage) -> None:
    first, second = _at_review(stage), _at_review(stage)
    stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", first, {}))
    stage.work()
    assert stage.case(second).status is CaseStatus.ACTIVE


def test_it_says_when_nobody_waits(stage: Stage) -> None:
    with pytest.raises(NotFound, match="withdrawn"):
        stage.act("clerk", correlate_message, CorrelateMessage("withdrawn", stage.start().case.id, {}))


def test_it_does_not_tell_another_township_that_the_case_exists(stage: Stage) -> None:
    case_id = _at_review(stage)
    with pytest.raises(NotFound):
        stage.act("heping-director", correlate_message, CorrelateMessage("withdrawn", case_id, {}))
    stage.work()
    assert stage.case(case_id).status is CaseStatus.ACTIVE
