"""Diagrams with their structure damaged: refused with reasons or run as drawn, in less than two seconds; never anything else.

Some thousands here; ``make fuzz`` tries as many as its time allows (ONESEAL_FUZZ_SECONDS). ONESEAL_FUZZ_SEED plays one again.
"""

import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice, takewhile
from time import monotonic, thread_time

import pytest

from tests.engine.diagram import FORM, diagram, process
from tests.engine.random_blocks import block_files
from tests.engine.shipped import NAMES, files_of
from tests.engine.test_compare import CALLED, PARTS
from tests.engine.test_stored_states import FOLDER
from tests.long.lengths import FUZZ_SECONDS, fuzz_seed
from tests.long.playing import accepted, play, within
from tests.long.structure import restructured

CASES = 2_500
CPU = 30.0  # of all of them together: a busy or slow machine tries fewer
EVERYTHING = {"main.bpmn": diagram(process("main", *PARTS), process("called", *CALLED)), "form.form": FORM}
STORED = tuple({"main.bpmn": path.read_bytes(), "form.form": FORM} for path in sorted(FOLDER.glob("*.bpmn")))


def tried(number: int) -> tuple[str, int]:
    """Whether it was accepted, and how many steps it went."""
    chance = random.Random(number)
    files = dict(given(number, chance))
    name = chance.choice([name for name in sorted(files) if name.endswith(".bpmn")])
    files[name], told = restructured(files[name], chance)
    try:
        bundle = within(accepted, files)
        return ("accepted", play(bundle, chance)) if bundle else ("refused", 0)
    except BaseException as error:
        raise AssertionError(f"ONESEAL_FUZZ_SEED={number}: {name}: {told}") from error


def given(number: int, chance: random.Random) -> dict[str, bytes]:
    """Shipped ones are large and so seldom."""
    if number % 20 == 0:
        return files_of(chance.choice(NAMES))
    if number % 2:
        return block_files(chance)
    return dict(chance.choice((EVERYTHING, *STORED)))


def run(numbers: Iterator[int]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for number in numbers:
        word, steps = tried(number)
        seen[word] += 1
        seen["steps"] += steps
    return seen


def until(first: int, *, cpu: float) -> Iterator[int]:
    end = thread_time() + cpu
    return takewhile(lambda _: thread_time() < end, islice(count(first), CASES))


def test_a_restructured_diagram_is_refused_or_runs_as_it_is_drawn() -> None:
    first = fuzz_seed()
    print(f"ONESEAL_FUZZ_SEED={first}")
    seen = run(until(first, cpu=CPU))
    print(dict(seen))
    if "ONESEAL_FUZZ_SEED" not in os.environ:
        assert min(seen["accepted"], seen["refused"]) > 20, seen


@pytest.mark.fuzz
@pytest.mark.timeout(7200)
def test_it_holds_for_as_many_as_the_time_allows() -> None:
    first, end = fuzz_seed(), monotonic() + FUZZ_SECONDS * 0.4
    print(f"ONESEAL_FUZZ_SEED={first}", flush=True)
    print(dict(run(takewhile(lambda number: number == first or monotonic() < end, count(first)))))
