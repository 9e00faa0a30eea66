"""What we hold of SpiffWorkflow, in one place: the version our contract tests were run against, and every place where we go round it.

We change none of its code. Where its behaviour does not suit us, a class of ours overrides a method of its, or we do without: ``ROUND``
names each such place, what the library would do there, and the upstream issue. ``tests/engine/test_patches.py`` holds one test for each,
which shows the library's own behaviour beside ours: when a newer version is mended, that test fails and the place may go.
"""

from dataclasses import dataclass
from importlib.metadata import version

SPIFFWORKFLOW = "3.2.0"


@dataclass(frozen=True, slots=True)
class Round:
    """``ours``: where. ``theirs``: what the library would do. ``upstream``: issues of sartography/SpiffWorkflow, empty when none is known."""

    ours: str
    theirs: str
    upstream: tuple[int, ...] = ()


ROUND = {
    "prediction": Round(
        "specs.DrawnSpec._predict",
        "foretells every task behind a parallel split, once for each branch: exponential over blocks in a row",
        (127,),
    ),
    "depth": Round(
        "tokens.Room.tokens and tokens._Shallow",
        "walks the tree of all tasks ever made and stops at depth 1000: a case gone round often stands still and counts as completed",
        (424, 441),
    ),
    "joins": Round(
        "joins and merge",
        "copies the whole data of each branch over the others' as they arrive: what one branch changed is lost",
        (440,),
    ),
    "loops": Round(
        "joins.arrive_parallel and arrive_inclusive",
        "does not wait for all branches of a join once the block is gone through again in a loop",
        (341,),
    ),
    "events": Round(
        "waits, boundaries and arming",
        "keeps due times in its own event manager, and reads a duration of -PT5M as five minutes ahead",
        (418,),
    ),
    "python": Round(
        "expressions.NoPython",
        "evaluates conditions, durations and scripts as Python in its own process",
    ),
    "parser": Round(
        "drawing and specs.build",
        "drops nodes no flow leads to without a word, and ends a chain of a thousand tasks with RecursionError",
    ),
    "check": Round(
        "specs.DrawnSpec.test",
        "finds fault with a start event, which has no inputs; the rules of the house have checked the drawing",
    ),
    "log": Round(
        "tokens.Token._set_state",
        "writes a log record for every change of a task's state, a third of a step's time",
    ),
    "state": Round(
        "state.dump and state.load",
        "stores the whole specification in every case, and takes a user's field named typename for one of its own objects",
    ),
}


def check_version() -> None:
    """Refuse to start on another SpiffWorkflow: its internals change between minor versions without notice."""
    found = version("SpiffWorkflow")
    if found != SPIFFWORKFLOW:
        raise RuntimeError(f"OneSeal needs SpiffWorkflow {SPIFFWORKFLOW}, found {found}")
