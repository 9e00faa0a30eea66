"""Each place where we go round SpiffWorkflow: what the library does there as it comes, and what the case does instead."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.exceptions import WorkflowException

from service.engine.patches import ROUND
from service.engine.tokens import new_case
from tests.engine.case import Case
from tests.engine.diagram import (
    boundary,
    bundle,
    diagram,
    end,
    flow,
    line,
    parallel,
    path,
    problems_of,
    process,
    start,
    task,
    timer,
    user,
    xor,
)
from tests.engine.stock import Stock

ROOT_FOLDER = Path(__file__).parents[2]


def drawn(*parts: str) -> bytes:
    return diagram(process("main", *parts))


def blocks_in_a_row(count: int) -> tuple[str, ...]:
    """A user task, then so many parallel blocks of two plain tasks."""
    parts = [start(), user("a"), path("start", "a", "fork0")]
    for n in range(count):
        parts += [parallel(f"fork{n}"), task(f"x{n}"), task(f"y{n}"), parallel(f"join{n}")]
        parts += [path(f"fork{n}", f"x{n}", f"join{n}"), path(f"fork{n}", f"y{n}", f"join{n}")]
        parts.append(path(f"join{n}", f"fork{n + 1}" if n < count - 1 else "end"))
    return (*parts, end())


def test_prediction() -> None:
    few, more = (len(Stock(drawn(*blocks_in_a_row(count))).flow.tasks) for count in (4, 6))
    assert more > 3 * few, "four times as many tasks for two blocks more"
    case = Case(bundle(*blocks_in_a_row(17)))
    (room,) = json.loads(case.state or b"")["rooms"]
    assert [token[1] for token in room[5]] == ["a"]
    assert case.does("a").status == "completed"


ROUND_AND_ROUND = (
    start(), xor("again"), user("a"), xor("more", "end"), end(), path("start", "again", "a", "more"),
    flow("more", "again", "= more"), flow("more", "end"),
)  # fmt: skip


def test_depth() -> None:
    """Beyond 1,000 levels of its tree the library finds no task any more, and takes the case for completed."""
    stock = Stock(drawn(*ROUND_AND_ROUND))
    rounds = 0
    while not stock.ended and rounds < 600:
        stock.does("a", {"more": True})
        rounds += 1
    assert rounds < 600
    case = Case(bundle(*ROUND_AND_ROUND))
    for _ in range(1_200):
        case.does("a", more=True)
    assert case.open == ["a"]
    assert case.does("a", more=False).status == "completed"


TWO_BRANCHES = (
    start(), user("first"), parallel("fork"), user("a"), user("b"), parallel("join"), user("last"), end(),
    path("start", "first", "fork", "a", "join", "last", "end"), path("fork", "b", "join"),
)  # fmt: skip


def test_joins() -> None:
    stock, case = Stock(drawn(*TWO_BRANCHES)), Case(bundle(*TWO_BRANCHES))
    given: list[tuple[str, dict[str, Any]]] = [("first", {"keep": 1}), ("a", {"keep": 99}), ("b", {"other": 2})]
    for element, data in given:
        stock.does(element, data)
        case.does(element, **data)
    (last,) = stock.flow.get_tasks(spec_name="last")
    assert last.data["keep"] == 1, "it forgets what a changed"
    assert case.wait("last").data == {"keep": 99, "other": 2}


BLOCK_IN_A_LOOP = (
    start(), xor("again"), parallel("fork"), user("a"), user("b"), parallel("join"), user("ask"), xor("more", "end"), end(),
    path("start", "again", "fork", "a", "join", "ask", "more"), path("fork", "b", "join"), flow("more", "again", "= more"),
    flow("more", "end"),
)  # fmt: skip


def test_loops() -> None:
    stock, case = Stock(drawn(*BLOCK_IN_A_LOOP)), Case(bundle(*BLOCK_IN_A_LOOP))
    early = False
    for element in ("a", "b", "ask", "b", "a", "ask", "b"):
        stock.does(element, {"more": True})
        case.does(element, more=True)
        early = early or dict(stock.waits) != dict.fromkeys(case.open, 1)
    assert early, "it asks though one branch is still at work"
    assert case.open == ["a"]


def test_events() -> None:
    assert TimerEventDefinition.parse_iso_duration("-PT5M") == {"minutes": 5}, "five minutes back are ahead"
    (refused,) = problems_of(
        drawn(start(), user("a"), boundary("late", "a", timer("-PT5M")), end(), end("e2"), path("start", "a", "end"), path("late", "e2"))
    )  # fmt: skip
    assert refused.element == "late"
    compiled = line(user("a")).compiled
    assert not new_case(compiled.graphs["main"], {}, None).flow.event_manager.tasks


def test_python(tmp_path: Path) -> None:
    """A condition of a diagram makes a folder; to us it is not even an expression."""
    mark = tmp_path / "mark"
    code = f"__import__('os').mkdir({str(mark)!r})"
    parts = (
        start(), user("a"), xor("which", "end"), end(), end("e2"), path("start", "a", "which"), flow("which", "e2", f"= {code}"),
        flow("which", "end"),
    )  # fmt: skip
    Stock(drawn(*parts)).does("a", {})
    assert mark.exists()
    assert problems_of(drawn(*parts))


def test_parser() -> None:
    alone = drawn(start(), user("a"), end(), user("lost"), path("start", "a", "end"))
    assert "lost" not in Stock(alone).flow.spec.task_specs
    assert [p.element for p in problems_of(alone) if p.element == "lost"]
    ids = [f"t{n}" for n in range(900)]
    chain = (start(), *(task(id) for id in ids), end(), path("start", *ids, "end"))
    with pytest.raises(ValidationException, match="RecursionError"):
        Stock(drawn(*chain))
    assert Case(bundle(*chain)).status == "completed"


def test_check() -> None:
    found = line(user("a")).compiled.graphs["main"].spec.task_specs["start"]
    with pytest.raises(WorkflowException):
        super(type(found), found).test()
    found.test()


def test_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="spiff.task")
    Stock(drawn(start(), user("a"), end(), path("start", "a", "end")))
    assert any(record.message == "State changed to READY" for record in caplog.records)
    caplog.clear()
    assert Case(line(user("a"))).does("a").status == "completed"
    assert not [record.message for record in caplog.records if record.message.startswith("State changed")]


def test_state() -> None:
    stock = Stock(drawn(start(), user("a"), user("b"), end(), path("start", "a", "b", "end")))
    stock.does("a", {"kind": {"typename": "印章类型"}})
    keeper = BpmnWorkflowSerializer()
    with pytest.raises((TypeError, AssertionError)):
        assert keeper.deserialize_json(keeper.serialize_json(stock.flow)).get_tasks(spec_name="b")[0].data == {
            "kind": {"typename": "印章类型"}
        }
    case = Case(line(user("a"), user("b"))).does("a", kind={"typename": "印章类型"})
    assert case.wait("b").data == {"kind": {"typename": "印章类型"}}
    assert b"task_specs" not in (case.state or b"")


def test_there_is_one_test_for_each_place() -> None:
    for name, place in ROUND.items():
        assert f"test_{name}" in globals(), f"{place.ours}: write test_{name}"


@pytest.fixture
def another_version(tmp_path: Path) -> dict[str, str]:
    """An environment in which the installed SpiffWorkflow says it is 3.3.0."""
    told = tmp_path / "SpiffWorkflow-3.3.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: SpiffWorkflow\nVersion: 3.3.0\n")
    given = {k: v for k, v in os.environ.items() if not k.startswith("ONESEAL_")}
    return given | {
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT_FOLDER}",
        "ONESEAL_DATABASE_URL": f"sqlite:///{tmp_path}/x.db",
    }


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_no_door_opens_on_another_version(another_version: dict[str, str], tmp_path: Path, command: str) -> None:
    oneseal = Path(sys.executable).parent / "oneseal"
    done = subprocess.run(
        [oneseal, command], env=another_version, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "RuntimeError: OneSeal needs SpiffWorkflow 3.2.0, found 3.3.0"
    assert not (tmp_path / "x.db").exists()
