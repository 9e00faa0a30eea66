"""The stored state: small, the same bytes for the same story, refused when it is not ours; and nothing of it is Python's."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from service.engine import patches, run
from service.engine.expressions import NO_SCRIPTS
from service.engine.model import STATE_VERSION, Bundle, Complete, EngineError, Start
from service.engine.specs import DrawnSpec
from service.engine.state import digest
from service.engine.tokens import new_case
from tests.engine.case import AT, Case
from tests.engine.diagram import (
    boundary,
    bundle,
    end,
    parallel,
    path,
    start,
    sub,
    timer,
    user,
)


def small() -> Case:
    made = bundle(start(), user("a"), user("b"), end(), path("start", "a", "b", "end"))
    return Case(made, day=date(2026, 1, 2), money=Decimal("1.50"))


def test_it_says_its_version_and_its_digest() -> None:
    case = small()
    assert case.state
    assert case.last
    assert json.loads(case.state)["v"] == STATE_VERSION
    assert case.last.digest == digest(case.state)
    assert len(case.last.digest) == 64


@pytest.mark.parametrize(
    "state", [b"", b"{}", b"[]", b"null", b'{"v":0}', b'{"v":2,"n":0,"rooms":[]}', b"\x80pickle", b'{"v":1}']
)
def test_it_refuses_what_is_not_its_state(state: bytes) -> None:
    case = small()
    for read in (lambda: run.waits(case.bundle, state), lambda: run.apply(case.bundle, state, Complete(2, {}), at=AT)):
        with pytest.raises(EngineError) as refusal:
            read()
        assert refusal.value.code == "state"


def test_it_gives_the_same_bytes_for_the_same_story() -> None:
    stories = []
    for _ in range(2):
        case = small()
        states = [case.state]
        for name in ("a", "b"):
            case.does(name, **{name: {"y": 1, "x": [Decimal("2.0")]}})
            states.append(case.state)
        stories.append(states)
    assert stories[0] == stories[1]


def test_it_does_not_depend_on_the_order_variables_were_given_in() -> None:
    made = small().bundle
    one = run.apply(made, None, Start({"a": 1, "b": {"c": 2, "d": 3}}), at=AT)
    other = run.apply(made, None, Start({"b": {"d": 3, "c": 2}, "a": 1}), at=AT)
    assert one.state == other.state


def test_it_does_not_depend_on_the_time() -> None:
    made = small().bundle
    assert (
        run.apply(made, None, Start({}), at=AT).state
        == run.apply(made, None, Start({}), at=AT.replace(year=2030)).state
    )


def test_it_holds_only_what_is_alive() -> None:
    inner = sub("inner", start("s"), user("deep"), end("e"), path("s", "deep", "e"))
    made = bundle(
        start(), parallel("fork"), inner, user("b"), boundary("late", "b", timer()), parallel("join"), user("last"), end(),
        path("start", "fork", "inner", "join", "last", "end"), path("fork", "b", "join"), path("late", "join2"),
        parallel("join2"), path("join2", "end"),
    )  # fmt: skip
    case = Case(made)
    assert len(json.loads(case.state or b"")["rooms"]) == 2
    case.does("deep").does("b")
    (room,) = json.loads(case.state or b"")["rooms"]
    assert room[4] == [], "no fork is left"
    assert [token[1] for token in room[5]] == ["last"]
    case.does("last")
    assert json.loads(case.state or b"")["rooms"][0][5] == []


def test_it_stays_small() -> None:
    made = bundle(
        start(), parallel("fork"), *(user(f"u{n}") for n in range(10)), parallel("join"), end(), path("start", "fork"),
        path("join", "end"), *(path("fork", f"u{n}", "join") for n in range(10)),
    )  # fmt: skip
    form = {f"field{n}": "五十个字" * 10 for n in range(20)}
    alone = len(json.dumps(form, ensure_ascii=False).encode())
    assert len(Case(made, **form).state or b"") < alone + 6_000


def test_it_reads_only_what_is_looked_at() -> None:
    """A broken value nobody looks at goes through untouched: the step neither read nor wrote it anew."""
    made = bundle(
        start(), parallel("fork"), user("a"), user("b"), end(), end("e2"), path("start", "fork", "a", "end"),
        path("fork", "b", "e2"),
    )  # fmt: skip
    case = Case(made)
    case.does("a", x="given")
    content = json.loads(case.state or b"")
    waiting = next(token for token in content["rooms"][0][5] if token[1] == "b")
    waiting[3] = {"odd": len(content["values"])}
    content["values"].append('{"$":"later version","v":0}')
    stored = json.dumps(content).encode()
    with pytest.raises(EngineError):
        run.waits(made, stored)
    with pytest.raises(EngineError) as refusal:
        run.apply(made, stored, Complete(waiting[0], {}), at=AT)
    assert refusal.value.code == "data"


def test_it_knows_only_the_spiffworkflow_it_was_tried_with(monkeypatch: pytest.MonkeyPatch) -> None:
    patches.check_version()
    monkeypatch.setattr(patches, "SPIFFWORKFLOW", "3.1.0")
    with pytest.raises(RuntimeError, match=r"needs SpiffWorkflow 3\.1\.0, found 3\.2\.0"):
        patches.check_version()


def test_it_lets_nothing_of_spiffworkflow_evaluate_python() -> None:
    compiled = small().bundle.compiled
    room = new_case(compiled.graphs["main"], {}, None)
    assert room.flow.script_engine is NO_SCRIPTS
    ran: list[int] = []
    engine, task = room.flow.script_engine, room.flow.task_tree
    task.data = {"ran": ran}
    ways: list[tuple[Callable[..., object], tuple[object, ...]]] = [
        (engine.environment.evaluate, ("ran.append(1)", task.data)),
        (engine.environment.execute, ("ran.append(1)", task.data)),
        (engine.environment.call_service, (task.data,)),
        (engine.evaluate, (task, "ran.append(1)")),
        (engine.execute, (task, "ran.append(1)")),
    ]
    for way, given in ways:
        with pytest.raises(Exception, match=r"Python is not|services are jobs|Error evaluating"):
            way(*given)
    assert not ran


def test_it_compiles_every_node_to_a_spec_of_its_own() -> None:
    specs = small().bundle.compiled.graphs["main"].spec.task_specs
    assert {name for name, spec in specs.items() if isinstance(spec, DrawnSpec)} == {"start", "a", "b", "end"}


def walked(made: Bundle) -> list[bytes]:
    case = Case(made, day=date(2026, 1, 2), box={"b": 1, "a": 2})
    states = [case.state or b""]
    for name in ("a", "b"):
        states.append(case.does(name, **{name: [name]}).state or b"")
    return states


def test_it_serves_many_threads_with_one_bundle() -> None:
    made = small().bundle
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: walked(made), range(64)))
    assert found == [walked(made)] * 64


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_gives_the_same_bytes_in_every_process(seed: str) -> None:
    """Python mixes the order of sets anew in every process; no state may depend on it."""
    code = "from tests.engine.test_state import *; print(digest(b''.join(walked(small().bundle))))"
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == digest(b"".join(walked(small().bundle)))
