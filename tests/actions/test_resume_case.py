"""恢复."""

import pytest

from service.actions.resume_case import ResumeCase, resume_case
from service.actions.suspend_case import SuspendCase, suspend_case
from service.domain.errors import Conflict
from tests.actions.stage import Stage


def test_the_waiting_job_runs_after_it(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.act("reviewer", suspend_case, SuspendCase(case.id, "x"))
    stage.act("reviewer", resume_case, ResumeCase(case.id, "依据已明确"))
    assert stage.work() == 1
    assert stage.open_task(case.id).element_id == "review"


def test_it_refuses_a_case_that_runs(stage: Stage) -> None:
    with pytest.raises(Conflict, match="办理中"):
        stage.act("reviewer", resume_case, ResumeCase(stage.start().case.id, "x"))
