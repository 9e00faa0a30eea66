"""SpiffWorkflow as it comes and our engine, on the same drawings in the same order of work, wait for the same after every step.

Only where the library is right: ``KNOWN`` names what it does otherwise. Each of these is shown below too, so that a library that does
it right one day is noticed. Its joins lose what branches changed (its issue 440 and what is left of it, see ``test_patches``), so no two
branches change one variable here.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from SpiffWorkflow.exceptions import WorkflowException

from service.engine import run
from service.engine.model import Start, Wait
from tests.engine.blocks import Block, Made, blocks
from tests.engine.case import AT
from tests.engine.diagram import (
    boundary,
    deploy,
    diagram,
    end,
    parallel,
    path,
    process,
    service,
    start,
    sub,
    timer,
    user,
)
from tests.engine.stock import Stock
from tests.engine.test_properties import chosen, command_for, small

TASK: Block = ("task",)
KNOWN: dict[str, tuple[str, Block, str]] = {
    "join-in-a-loop": (
        "its issue 341: from the second round on a join does not wait for all branches",
        ("loop", 3, ("and", (TASK, TASK))),
        "again4",
    ),
    "inclusive-join-in-a-loop": (
        "its issue 341, the same for inclusive gateways",
        ("loop", 3, ("or", frozenset({0, 1}), (TASK, TASK, TASK))),
        "again4",
    ),
    "instances-beside": (
        "not reported yet: a multi-instance activity behind a boundary event cannot begin, for its children were not predicted",
        ("beside", TASK, ("multi", 2, True, TASK)),
        "non-predicted child",
    ),
}


def inner_blocks(block: Block) -> list[Block]:
    """The blocks a block is made of."""
    parts = [part for part in block[1:] if isinstance(part, tuple)]
    return [inner for part in parts for inner in ([part] if part and isinstance(part[0], str) else part)]


def stock_is_right(block: Block, *, looped: bool = False, beside: bool = False) -> bool:
    """``looped``: around it is a loop of the same process; ``beside``: it begins behind a boundary event, in the same process."""
    kind = block[0]
    if (looped and kind in ("and", "or")) or (beside and kind == "multi"):
        return False
    if kind == "beside":
        return stock_is_right(block[1]) and stock_is_right(block[2], looped=looped, beside=True)
    own = kind in ("sub", "call", "multi")
    return all(
        stock_is_right(inner, looped=not own and (looped or kind == "loop"), beside=not own and beside)
        for inner in inner_blocks(block)
    )


def told_apart(block: Block) -> bool:
    """Instances at once are alike only while each waits for one thing; else which of them somebody works on would be a guess."""
    one_by_one = block[0] != "multi" or block[2] or block[3][0] in ("task", "job")
    return one_by_one and all(told_apart(inner) for inner in inner_blocks(block))


class Drawn:
    """A drawing that is not made of blocks; nobody answers anything."""

    def __init__(self, *parts: str) -> None:
        self.xml = diagram(process("main", *parts))
        self.bundle = deploy({"main.bpmn": self.xml})

    def answer(self, _wait: Wait) -> dict[str, Any]:
        return {}


class Both:
    """One case of each, step by step."""

    def __init__(self, made: Made | Drawn) -> None:
        self.made = made
        self.stock = Stock(self.made.xml)
        self.step = run.apply(self.made.bundle, None, Start({}), at=AT)
        self.done: list[str] = []

    @property
    def waits(self) -> tuple[Wait, ...]:
        return run.waits(self.made.bundle, self.step.state)

    def does(self, wait: Wait) -> None:
        self.done.append(wait.element)
        data: dict[str, Any] = {} if wait.kind == "timer" else self.made.answer(wait)
        self.stock.does(wait.element, data)
        self.step = run.apply(self.made.bundle, self.step.state, command_for(self.made, wait), at=AT)

    def agree(self) -> None:
        ours = Counter(wait.element for wait in self.waits)
        assert (ours, self.step.status != "active") == (self.stock.waits, self.stock.ended), f"after {self.done}"

    def play(self, order: Random, *, choose: Callable[[Random, Sequence[Wait]], Wait] = chosen) -> None:
        self.agree()
        while self.waits:
            element = choose(order, self.waits).element
            self.does(min((w for w in self.waits if w.element == element), key=lambda w: w.number))
            self.agree()


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(blocks().filter(stock_is_right).filter(told_apart).filter(small), st.randoms(use_true_random=False))
def test_it_waits_for_the_same_as_the_library_after_every_step(block: Block, order: Random) -> None:
    made = Made(block)
    both = Both(made)
    both.play(order)
    assert Counter(both.done) == +made.expected


@pytest.mark.parametrize("name", KNOWN)
def test_what_the_library_does_otherwise_it_still_does_otherwise(name: str) -> None:
    _, block, words = KNOWN[name]
    assert not stock_is_right(block)
    found = []
    for seed in range(20):
        both = Both(Made(block))
        try:
            both.play(Random(seed))
        except (AssertionError, WorkflowException) as difference:
            found.append(str(difference))
    assert found, f"{name} is mended in this SpiffWorkflow: take it out of KNOWN and compare it too"
    assert any(words in difference for difference in found), found[0]


@pytest.mark.parametrize("inner", [("and", (TASK, TASK)), ("multi", 2, True, TASK)], ids=lambda b: str(b[0]))
@pytest.mark.parametrize("around", ["sub", "call"])
def test_in_a_process_of_its_own_it_does_the_same(around: str, inner: Block) -> None:
    """What it does otherwise it does so in one process only, so behind a border it is compared."""
    block = (around, inner)
    for whole in (("loop", 3, block), ("beside", TASK, block)):
        assert stock_is_right(whole)
        for seed in range(5):
            Both(Made(whole)).play(Random(seed))


INNER = (start("s"), user("deep"), user("deeper"), end("e"), path("s", "deep", "deeper", "e"))
CUT = {
    "task": (user("a"),),
    "subprocess": (sub("a", *INNER),),
    "subprocess-with-branches": (
        sub("a", start("s"), parallel("f"), user("l"), service("r"), parallel("j"), end("e"),
            path("s", "f", "l", "j", "e"), path("f", "r", "j")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("host", CUT)
@pytest.mark.parametrize("interrupting", [True, False])
def test_boundary_timers_at_any_moment_do_the_same(host: str, interrupting: bool) -> None:
    """The timer is one of the things that may happen next, beside a branch that goes on meanwhile."""
    drawn = Drawn(
        start(), parallel("fork"), *CUT[host], boundary("t", "a", timer(), interrupting=interrupting), user("late"), end("e3"),
        user("other"), user("last"), end(), end("e2"), path("start", "fork", "a", "last", "end"), path("fork", "other", "e2"),
        path("t", "late", "e3"),
    )  # fmt: skip
    for seed in range(25):
        Both(drawn).play(Random(seed), choose=lambda order, waits: order.choice(list(waits)))
