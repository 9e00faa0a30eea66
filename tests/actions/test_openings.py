"""What a diagram computes for its waits: times and people that cannot be are refused, and the case stays as it was."""

import pytest

from service.actions.deploy import Deploy, deploy
from service.actions.parts.record import Moved
from service.actions.start_case import StartCase, start_case
from service.domain.errors import StepFailed
from tests.actions.stage import Stage
from tests.engine.diagram import FORM, catch, diagram, end, path, process, start, timer

STARTERS = {"camunda__candidateStarterGroups": "center_clerk@center"}


def begun(stage: Stage, node: str) -> Moved:
    made = diagram(process("tried", start(), node, end(), path("start", "x", "end"), **STARTERS))
    stage.act("sysadmin", deploy, Deploy({"tried.bpmn": made, "form.form": FORM}))
    return stage.act("clerk", start_case, StartCase("tried", {}, township_id="huotian"))


@pytest.mark.parametrize(
    "text",
    ['= date("0001-01-01")', '= date("9999-12-31")', '= date and time("9999-12-31T23:59:59-14:00")', '= date("1899-01-01")'],
)  # fmt: skip
def test_it_refuses_a_timer_at_the_ends_of_the_calendar(stage: Stage, text: str) -> None:
    with pytest.raises(StepFailed, match="定时器"):
        begun(stage, catch("x", timer(text, "timeDate")))


def test_it_takes_a_timer_of_a_day_gone_by(stage: Stage) -> None:
    assert begun(stage, catch("x", timer('= date("2000-01-01")', "timeDate"))).opened[0].due_at
    stage.work()
