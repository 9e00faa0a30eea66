"""Rule ``ids``: there once, and no names the engine keeps for itself."""

import pytest

from tests.engine.diagram import (
    HEAD,
    diagram,
    end,
    path,
    problems,
    problems_of,
    process,
    start,
    sub,
    user,
)


def named(id: str) -> list[str]:
    found = problems(start(), user(id), end(), path("start", id, "end"), rule="ids")
    return [p.message for p in found]


@pytest.mark.parametrize("id", ["a", "Ende", "start_it", "_93c466ab", "sid-1", "审核", "a.End"])
def test_it_lets_ordinary_names_be(id: str) -> None:
    assert named(id) == []


@pytest.mark.parametrize(
    "id", ["Start", "End", "Root", "main.EndJoin", "x.BoundaryEventSplit", "x.BoundaryEventJoin", "__class__"]
)
def test_it_refuses_names_the_engine_keeps(id: str) -> None:
    assert named(id) == [f"编号“{id}”是引擎保留名，请改名。"]


def test_it_refuses_an_id_that_stands_twice_and_tells_where_first() -> None:
    inner = sub("inner", start("s"), user("a"), end("e"), path("s", "a", "e"))
    found = problems(start(), user("a"), inner, end(), path("start", "a", "inner", "end"), rule="ids")
    assert [(p.element, p.message) for p in found] == [("a", "编号“a”重复，第一次出现在main.bpmn:1。")]


def test_it_refuses_an_id_that_stands_in_two_files() -> None:
    one = diagram(process("main", start(), end(), path("start", "end")))
    other = diagram(process("other", start(), end("e"), path("start", "e"), executable=False))
    found = [p for p in problems_of({"a.bpmn": one, "b.bpmn": other}) if p.rule == "ids"]
    assert {(p.file, p.element) for p in found} == {("b.bpmn", "start")}
    assert all("a.bpmn:1" in p.message for p in found)


def test_it_refuses_nodes_and_flows_without_an_id() -> None:
    body = '<process id="main" isExecutable="true"><startEvent/><task id="t"/><sequenceFlow sourceRef="t" targetRef="t"/></process>'
    found = [p for p in problems_of(f"{HEAD}{body}</definitions>".encode()) if p.rule == "ids"]
    assert {p.message for p in found} == {
        "“startEvent”没有编号，或编号超过200字。",
        "“sequenceFlow”没有编号，或编号超过200字。",
    }


def test_it_refuses_an_endless_id() -> None:
    assert named("a" * 200) == []
    assert named("a" * 201) == ["“userTask”没有编号，或编号超过200字。"]
