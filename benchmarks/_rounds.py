"""Rounds by turns, and the table they become."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from statistics import median

ROUNDS = int(os.environ.get("ONESEAL_BENCH_ROUNDS", "5"))
STEPS = int(os.environ.get("ONESEAL_BENCH_STEPS", "200"))
Measure = Callable[[], Mapping[str, float]]  # one turn: row -> number


def by_turns(measures: list[Measure]) -> dict[str, list[float]]:
    """Row -> one number for each round; every other round goes backwards, so that nobody always comes first.

    The first turn of everybody only warms up.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for measure in measures:
        measure()
    for number in range(ROUNDS):
        for measure in measures if number % 2 else reversed(measures):
            for row, value in measure().items():
                found[row].append(value)
    return dict(found)


def ratios(rows: Mapping[str, list[float]], one: str, other: str) -> list[float]:
    """``one`` through ``other``, round by round."""
    return [a / b for a, b in zip(rows[one], rows[other], strict=True)]


def show(title: str, rows: Mapping[str, list[float]]) -> None:
    load = " ".join(f"{number:.1f}" for number in os.getloadavg())
    print(f"\n{title}   ({ROUNDS} rounds, {os.cpu_count()} cores, load {load})")
    width = max(map(len, rows))
    print(f"{'':{width}} {'min':>10} {'median':>10} {'max':>10}")
    for row, values in sorted(rows.items()):
        print(f"{row:{width}} {min(values):10.3f} {median(values):10.3f} {max(values):10.3f}", flush=True)


class Watch:
    """Wall and CPU seconds of a block, the CPU of the whole process."""

    def __enter__(self) -> "Watch":
        self._wall, self._cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self._wall, time.process_time() - self._cpu
