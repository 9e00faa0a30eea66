"""Whatever is drawn out of blocks, and in whatever order people work: every task is done as often as the structure says."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any, Protocol

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.engine import run
from service.engine.branches import Branches
from service.engine.model import Command, Complete, FinishJob, Return, Start, Step, Wait, WakeTimer
from tests.engine.blocks import Block, Made, blocks
from tests.engine.case import AT

MOST = 120


def small(block: Block) -> bool:
    return sum(Made(block).expected.values()) <= MOST


class Answering(Protocol):
    """Whoever knows what a task is completed with."""

    def answer(self, wait: Wait, /) -> dict[str, Any]: ...


def command_for(made: Answering, wait: Wait, **own: Any) -> Command:
    if wait.kind == "timer":
        return WakeTimer(wait.number)
    return (FinishJob if wait.kind == "job" else Complete)(wait.number, made.answer(wait) | own)


def chosen(order: Random, waits: Sequence[Wait]) -> Wait:
    """Any wait; timers first, so that what they start beside the main road is done for sure."""
    return order.choice([w for w in waits if w.kind == "timer"] or list(waits))


class Play:
    """A case played to its end: each step goes through the stored bytes, as every step of the service does."""

    def __init__(self, made: Made, order: Random) -> None:
        self.made, self.order = made, order
        self.done: Counter[str] = Counter()
        self.commands: list[Command] = []
        self.states: list[bytes] = []
        self.waits: dict[int, Wait] = {}
        self._step(Start({}), None)
        while self.waits:
            wait = chosen(order, [w for _, w in sorted(self.waits.items())])
            self.done[wait.element] += 1
            self._step(command_for(made, wait), self.states[-1])

    def _step(self, command: Command, state: bytes | None) -> None:
        self.last: Step = run.apply(self.made.bundle, state, command, at=AT)
        self.commands.append(command)
        self.states.append(self.last.state)
        for closed in self.last.closed:
            del self.waits[closed.number]
        self.waits |= {wait.number: wait for wait in self.last.opened}
        assert run.waits(self.made.bundle, self.last.state) == tuple(w for _, w in sorted(self.waits.items()))


SETTINGS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@SETTINGS
@given(blocks().filter(small), st.randoms(use_true_random=False))
def test_it_does_every_task_as_often_as_the_structure_says(block: Block, order: Random) -> None:
    play = Play(Made(block), order)
    assert +play.done == +play.made.expected
    assert play.last.status == "completed"
    assert run.waits(play.made.bundle, play.last.state) == ()


@SETTINGS
@given(blocks().filter(small), st.randoms(use_true_random=False))
def test_it_gives_the_same_states_when_its_commands_are_played_again(block: Block, order: Random) -> None:
    play = Play(Made(block), order)
    again, state = Made(block).bundle, None
    for command, expected in zip(play.commands, play.states, strict=True):
        state = run.apply(again, state, command, at=AT).state
        assert state == expected


@SETTINGS
@given(blocks().filter(small), st.randoms(use_true_random=False), st.integers(0, 10**6))
def test_it_loses_no_variable_of_any_branch(block: Block, order: Random, seed: int) -> None:
    """Every task outside a multi-instance leaves a variable of its own; at the end all of them are there."""
    made = Made(block)
    mine: dict[str, Any] = {}
    step = run.apply(made.bundle, None, Start({"start": seed}), at=AT)
    while step.status == "active":
        wait = chosen(order, run.waits(made.bundle, step.state))
        own = {} if "item" in wait.data or wait.kind == "timer" else {f"of_{wait.element}": seed}
        mine |= own
        step = run.apply(made.bundle, step.state, command_for(made, wait, **own), at=AT)
    assert {"start": seed, **mine}.items() <= step.variables.items()


def targets(made: Made, wait: Wait) -> list[str]:
    """Where the deploy rule would let this task return to: what comes before it, in its own branch."""
    found, scope, here = [], made.bundle.compiled.graphs, wait.element
    while True:
        around = next(graph.scope for graph in scope.values() if here in graph.scope.nodes)
        branches = Branches(around)
        for node in around.nodes.values():
            if node.kind in ("userTask", "serviceTask", "subProcess") and branches.may_go(here, node.id):
                found += [node.id] if here in branches.ahead(node.id) else []
        if around.id == around.process:
            return found
        here = around.id


@SETTINGS
@given(blocks().filter(small), st.randoms(use_true_random=False))
def test_it_comes_to_its_end_after_any_return(block: Block, order: Random) -> None:
    made = Made(block)
    returns = 3
    step = run.apply(made.bundle, None, Start({}), at=AT)
    while step.status == "active":
        wait = chosen(order, run.waits(made.bundle, step.state))
        command = command_for(made, wait)
        where = targets(made, wait) if wait.kind == "user" and returns and order.random() < 0.5 else []
        if where:
            returns -= 1
            command = Return(wait.number, order.choice(where))
        step = run.apply(made.bundle, step.state, command, at=AT)
    assert step.status == "completed"
