"""Whatever forks, joins, nests or runs beside: what one branch changed is not undone by what another only carried along.

Every task counts itself in two places, a variable of its own and its own entry of ``box``, which all share. It must find its last count
again whenever it comes by, though others copied older ones about; and at the end every count is there.
"""

from collections import Counter
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.engine import codec, run
from service.engine.model import Start, Step, Wait
from tests.engine.blocks import Block, Made, blocks
from tests.engine.case import AT
from tests.engine.test_properties import command_for, small
from tests.engine.test_stock import inner_blocks

TASK: Block = ("task",)


def one_at_a_time(block: Block, *, again: bool = False) -> bool:
    """No task can wait twice at once: what runs beside the main road may still be at work when a loop comes round to it again."""
    if again and block[0] == "beside":
        return False
    again = again or block[0] in ("loop", "multi")
    return all(one_at_a_time(inner, again=again) for inner in inner_blocks(block))


class Counted:
    """A case whose tasks count themselves; instances, which share their names, count nothing."""

    def __init__(self, block: Block, order: Random) -> None:
        self.made, self.order = Made(block), order
        self.counts: Counter[str] = Counter()
        self.seen: list[tuple[Any, str]] = []
        names = [name for name in self.made.expected if not name.endswith("_t")]
        zeros = {f"of_{name}": 0 for name in names}
        self._take(None, Start({**zeros, "box": dict.fromkeys(names, 0), "carried": [1, {"x": 1}]}))
        while waits := run.waits(self.made.bundle, self.step.state):
            self._does(order.choice(waits))

    def _does(self, wait: Wait) -> None:
        own = {} if wait.kind == "timer" or "item" in wait.data else self._counted(wait)
        self._take(self.step.state, command_for(self.made, wait, **own))

    def _counted(self, wait: Wait) -> dict[str, Any]:
        name, box = wait.element, wait.data["box"]
        assert (wait.data[f"of_{name}"], box[name]) == (self.counts[name],) * 2, f"{name} finds an older count"
        self.counts[name] += 1
        return {f"of_{name}": self.counts[name], "box": {**box, name: self.counts[name]}}

    def _take(self, state: bytes | None, command: Any) -> None:
        self.step: Step = run.apply(self.made.bundle, state, command, at=AT)
        told = [*(wait.data for wait in self.step.opened), self.step.variables]
        self.seen += [(data, codec.dumps(data)) for data in told]


def must_be_whole(case: Counted) -> None:
    found = case.step.variables
    assert case.step.status == "completed"
    for name, count in case.counts.items():
        assert (found[f"of_{name}"], found["box"][name]) == (count, count), name
    assert found["carried"] == [1, {"x": 1}]
    for data, text in case.seen:
        assert codec.dumps(data) == text, "what a step told has changed afterwards"


SETTINGS = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))


@SETTINGS
@given(blocks().filter(one_at_a_time).filter(small), st.randoms(use_true_random=False))
def test_no_change_of_any_branch_is_lost_or_undone(block: Block, order: Random) -> None:
    must_be_whole(Counted(block, order))


NESTED = (
    ("and", (("and", (TASK, ("seq", (TASK, TASK)))), ("or", frozenset({0, 1}), (TASK, TASK, TASK)))),
    ("and", (("beside", TASK, ("and", (TASK, TASK))), ("sub", ("and", (TASK, ("call", TASK)))))),
    ("loop", 3, ("and", (("and", (TASK, TASK)), ("loop", 2, TASK)))),
    (
        "or",
        frozenset({0, 1}),
        (("beside", ("and", (TASK, TASK)), TASK), ("multi", 2, False, ("and", (TASK, TASK))), TASK),
    ),
)


@SETTINGS
@given(st.sampled_from(NESTED), st.randoms(use_true_random=False))
def test_nor_in_forks_in_forks_with_a_boundary_beside_them(block: Block, order: Random) -> None:
    must_be_whole(Counted(block, order))
