"""What a diagram computes for its waits: times and people that cannot be are refused, and the case stays as it was."""

import pytest

from service.actions.deploy import Deploy, deploy
from service.actions.parts.record import Moved
from service.actions.start_case import StartCase, start_case
from service.domain.errors import StepFailed
from tests.actions.stage import Stage
from tests.engine.diagram import FORM, catch, diagram, end, message, path, process, start, timer, user

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


def tasks_for(stage: Stage, assignee: str) -> Moved:
    return begun(stage, user("x", camunda__candidateGroups="", camunda__assignee=assignee))


@pytest.mark.parametrize("assignee", ['= "nobody"', '= "sysadmin"', "= null", "= 5", '= ""', "= [1]"])
def test_it_refuses_a_task_for_somebody_who_could_never_do_it(stage: Stage, assignee: str) -> None:
    with pytest.raises(StepFailed, match="办理人") as refusal:
        tasks_for(stage, assignee)
    assert refusal.value.values["element"] == "x"


def test_it_opens_a_task_for_a_person_named(stage: Stage) -> None:
    moved = tasks_for(stage, "= initiator")
    assert stage.open_task(moved.case.id).assignee_id == "clerk"


@pytest.mark.parametrize("key", ["= [1]", "= true", "= {a: 1}", '= date("2026-01-01")', f'= "{"k" * 401}"'])
def test_it_refuses_a_correlation_key_that_nobody_could_send(stage: Stage, key: str) -> None:
    with pytest.raises(StepFailed, match="关联键"):
        begun(stage, catch("x", message(), oneseal__correlationKey=key))


@pytest.mark.parametrize("key", ["= 5", '= "a"', f'= "{"k" * 400}"'])
def test_it_waits_by_a_text_or_a_number(stage: Stage, key: str) -> None:
    assert begun(stage, catch("x", message(), oneseal__correlationKey=key)).opened


def test_it_skips_numbers_that_another_process_has_taken(stage: Stage) -> None:
    """``Z1{seq:1}`` writes Z11 first; ``Z{seq:1}`` comes to it eleventh."""
    for id, rule in (("one", "Z1{seq:1}"), ("other", "Z{seq:1}")):
        given = STARTERS | {"oneseal__numbering": rule}
        made = diagram(process(id, start(), user("x"), end(), path("start", "x", "end"), **given))
        stage.act("sysadmin", deploy, Deploy({f"{id}.bpmn": made, "form.form": FORM}))
    stage.act("clerk", start_case, StartCase("one", {}, township_id="huotian"))
    keys = [
        stage.act("clerk", start_case, StartCase("other", {}, township_id="huotian")).case.business_key
        for _ in range(11)
    ]
    assert keys == [f"Z{n}" for n in (*range(1, 11), 12)]
