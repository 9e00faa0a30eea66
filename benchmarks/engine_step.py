"""One step of the engine, from stored bytes to stored bytes, against stock SpiffWorkflow doing the same: load JSON, run, dump JSON.

Both play one small process with the same variables, drawn once; the main process of the county (公章向专用章授权), which the stock
engine cannot run, is measured beside them. CPU of this thread, milliseconds a step.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks._rounds import STEPS, Measure, by_turns, ratios, show
from service.engine import run
from service.engine.model import Bundle, Command, Complete, Start
from tests.engine.batches import BIRTH, CARD, LOGGING, judged, prepared, reviewed, signed
from tests.engine.diagram import bundle, diagram, end, flow, parallel, path, process, start, user, xor
from tests.engine.shipped import AT, Walk

DATA: dict[str, Any] = {"items": [{"item_id": f"item-{n}", "name": f"事项{n}", "volume": n} for n in range(30)], "n": 2}
ANSWER = {"n": 2, "opinion": "同意。"}


def drawn(when: str) -> tuple[str, ...]:
    """A choice, then two branches and their join: five tasks of persons."""
    people = [user(id) for id in ("draft", "check", "legal", "county", "sign")]
    gates = (xor("choice", "merge"), xor("merge"), parallel("fork"), parallel("join"))
    main = ("start", "draft", "choice", "merge", "fork", "legal", "join", "sign", "end")
    flows = (path(*main), path("fork", "county", "join"), flow("choice", "check", when), path("check", "merge"))
    return (start(), *people, *gates, end(), *flows)


@dataclass
class Played:
    """Steps done and the CPU they took; ``size`` of the largest state."""

    steps: int = 0
    seconds: float = 0.0
    size: int = 0

    def step(self, do: Callable[[], bytes]) -> bytes:
        begin = time.thread_time()
        state = do()
        self.seconds += time.thread_time() - begin
        self.steps, self.size = self.steps + 1, max(self.size, len(state))
        return state


def main() -> None:
    made = bundle(*drawn("= n > 1"))
    measures: list[Measure] = [
        partial(turn, "OneSeal", Ours(made).play),
        partial(turn, "stock", Stock().play),
        partial(turn, "main process", Main().play),
    ]
    rows = by_turns(measures)
    rows["ratio OneSeal/stock"] = ratios(rows, "OneSeal CPU ms", "stock CPU ms")
    rows["ratio main process/stock"] = ratios(rows, "main process CPU ms", "stock CPU ms")
    show(f"engine_step, at least {STEPS} steps a turn", rows)


def turn(name: str, play: Callable[[Played], None]) -> Mapping[str, float]:
    played = Played()
    while played.steps < STEPS:
        play(played)
    return {f"{name} CPU ms": played.seconds * 1000 / played.steps, f"{name} state bytes": played.size}


@dataclass
class Ours:
    bundle: Bundle

    def play(self, played: Played) -> None:
        """One case, every task of it."""
        state = run.apply(self.bundle, None, Start(DATA), at=AT).state
        while waits := run.waits(self.bundle, state):
            command = Complete(waits[0].number, ANSWER)
            state = played.step(partial(_applied, self.bundle, state, command))


def _applied(made: Bundle, state: bytes, command: Command) -> bytes:
    return run.apply(made, state, command, at=AT).state


class Stock:
    def __init__(self) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(diagram(process("main", *drawn("n > 1")))))
        self._spec = parser.get_spec("main")
        self._serializer = BpmnWorkflowSerializer()

    def play(self, played: Played) -> None:
        workflow = BpmnWorkflow(self._spec)
        workflow.get_next_task(state=TaskState.READY).data.update(DATA)
        workflow.do_engine_steps()
        state: bytes = self._serializer.serialize_json(workflow).encode()
        while not workflow.completed:
            state = played.step(partial(self._step, state))
            workflow = self._serializer.deserialize_json(state.decode())

    def _step(self, state: bytes) -> bytes:
        workflow = self._serializer.deserialize_json(state.decode())
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        task.data.update(ANSWER)
        task.run()
        workflow.do_engine_steps()
        dumped: str = self._serializer.serialize_json(workflow)
        return dumped.encode()


@dataclass
class Main:
    """Steps at four places of the county's process."""

    places: list[tuple[Walk, Command]] = field(
        default_factory=lambda: [
            _at(judged(BIRTH, LOGGING, CARD), "director_review", director_decision="agree"),
            _at(reviewed(), "assess_capacity"),
            _at(prepared(), "collective_study", meeting_decision="passed"),
            _at(signed().handles("check_seal", seal_ready=True, seal_id="s", seal_name="n"), "issue_notice"),
        ]
    )

    def play(self, played: Played) -> None:
        for walk, command in self.places:
            played.step(partial(_applied, walk.bundle, walk.state or b"", command))


def _at(walk: Walk, element: str, **data: Any) -> tuple[Walk, Command]:
    return walk, Complete(walk.wait(element).number, data)


if __name__ == "__main__":
    main()
