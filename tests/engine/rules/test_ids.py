"""Rule ``ids``: there once, and no names the engine keeps for itself."""

import pytest

from tests.engine.diagram import (
    HEAD,
    catch,
    diagram,
    end,
    message,
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


def process_named(id: str) -> list[str]:
    found = problems_of(diagram(process(id, start(), end(), path("start", "end"))))
    return [p.message for p in found if p.rule == "ids"]


@pytest.mark.parametrize("id", ["main", "_a", "Seal.batch-2", "a" * 100])
def test_it_accepts_processes_that_can_stand_in_an_address(id: str) -> None:
    assert process_named(id) == []


@pytest.mark.parametrize("id", ["流程", "..", ".a", "a/b", "a b", "a%2Fb", "1a", "-a", "a" * 101, "a?b", "é", "a#b"])
def test_it_refuses_processes_that_cannot(id: str) -> None:
    text = f"流程编号“{id[:100]}”只能用英文字母、数字和 . _ -，以字母或 _ 开头，不超过100字。"
    assert process_named(id) == [text]


def test_it_refuses_a_message_of_a_very_long_name() -> None:
    def found(length: int) -> list[str]:
        wait = catch("wait", message("m" * length), oneseal__correlationKey="= case_id")
        return [p.message for p in problems(start(), wait, end(), path("start", "wait", "end"), rule="ids")]

    assert found(200) == []
    assert found(201) == ["消息、信号或错误的名称超过200字。"]
