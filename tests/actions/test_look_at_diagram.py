"""Looking at a diagram: how far a case is, and who may know."""

from datetime import timedelta

import pytest

from service.actions.cancel_case import CancelCase, cancel_case
from service.actions.claim_task import ClaimTask, claim_task
from service.actions.deploy import Deploy, deploy
from service.actions.look_at_diagram import look_at_definition, look_at_diagram
from service.actions.parts.pictures import Diagram, draw, marks_seen
from service.actions.return_task import ReturnTask, return_task
from service.domain.cases import Act
from service.domain.errors import NotFound
from tests.actions.stage import SMALL, Stage
from tests.databases import forge

FILES = {p.name: p.read_bytes() for p in sorted(SMALL.iterdir())}


def seen(stage: Stage, case_id: str, person: str = "clerk") -> Diagram:
    with stage.frame(person) as frame:
        return look_at_diagram(frame, case_id)


def states(found: Diagram) -> dict[str, str]:
    return {step.element: step.state for step in found.steps}


def at_review(stage: Stage) -> str:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    return case.id


def test_it_tells_what_is_done_and_what_is_active(stage: Stage) -> None:
    case = stage.start().case
    assert states(seen(stage, case.id)) == {"begin": "done", "draft": "active"}
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    assert states(seen(stage, case.id)) == {"begin": "done", "draft": "done", "check": "active"}
    stage.work()
    found = seen(stage, case.id)
    assert states(found) == {"begin": "done", "draft": "done", "check": "done", "review": "active"}
    assert "withdrawn_event" not in states(found), "what only listens is no step"
    assert found.steps[0].name == "主任审核"
    svg = draw(found)
    assert 'data-element-id="review" data-state="active"' in svg
    assert "正在办理：主任审核" in svg


def test_what_came_back_is_active_again_and_counted(stage: Stage) -> None:
    case_id = at_review(stage)
    stage.later(timedelta(hours=1))
    task = stage.open_task(case_id)
    stage.act("director", claim_task, ClaimTask(task.id))
    stage.act("director", return_task, ReturnTask(task.id, "draft", Act(opinion="请补充")))
    found = {step.element: step for step in seen(stage, case_id).steps}
    assert (found["draft"].state, found["draft"].times) == ("active", 1)
    assert "review" not in found, "it was sent back, not done"


def test_what_stands_still_is_marked_and_then_no_more(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "坏"})
    for _ in range(3):
        stage.work()
        stage.later(timedelta(minutes=11))
    found = seen(stage, case.id)
    assert (found.steps[0].element, found.steps[0].state) == ("check", "incident")
    assert 'data-element-id="check" data-state="incident"' in draw(found)


def test_a_case_that_ended_has_nothing_active(stage: Stage) -> None:
    case_id = at_review(stage)
    stage.act("clerk", cancel_case, CancelCase(case_id, "填错了"))
    assert set(states(seen(stage, case_id)).values()) == {"done"}


@pytest.mark.parametrize("person", ["heping-clerk", "sysadmin"])
def test_it_is_hidden_from_who_may_not_know_of_the_case(stage: Stage, person: str) -> None:
    case_id = at_review(stage)
    with pytest.raises(NotFound):
        seen(stage, case_id, person)
    with pytest.raises(NotFound):
        seen(stage, "nothing")


def test_a_case_keeps_the_diagram_it_began_with(stage: Stage) -> None:
    case_id = at_review(stage)
    changed = FILES | {"small.bpmn": FILES["small.bpmn"].replace("主任审核".encode(), "主任复核".encode())}
    stage.act("sysadmin", deploy, Deploy(changed))
    assert "主任复核" not in draw(seen(stage, case_id))
    with stage.frame("clerk") as frame:
        assert "主任复核" in draw(look_at_definition(frame, "small", 2))
        assert "主任审核" in draw(look_at_definition(frame, "small", 1))


def test_a_version_or_process_that_is_not_there_is_named(stage: Stage) -> None:
    with stage.frame("clerk") as frame:
        for given in (("small", 9, ""), ("nothing", 1, ""), ("small", 1, "nothing")):
            with pytest.raises(NotFound):
                look_at_definition(frame, *given)


def test_a_diagram_without_a_drawing_says_why_there_is_no_picture(stage: Stage) -> None:
    text = FILES["small.bpmn"].decode()
    bare = text.partition("  <bpmndi:BPMNDiagram")[0] + "</bpmn:definitions>"
    stage.act("sysadmin", deploy, Deploy(FILES | {"small.bpmn": bare.encode()}))
    with stage.frame("clerk") as frame:
        found = look_at_definition(frame, "small", 2)
    for way in (draw, marks_seen):
        with pytest.raises(NotFound, match="没有图形"):
            way(found)


def test_a_damaged_history_still_shows_what_can_be_known(stage: Stage) -> None:
    case_id = at_review(stage)
    change = "UPDATE event SET body = 'broken' WHERE chain = :chain AND seq = 1"
    forge(stage.database, change, chain=f"case/{case_id}")
    found = states(seen(stage, case_id))
    assert (found["review"], found["draft"]) == ("active", "done")
    assert "begin" not in found
