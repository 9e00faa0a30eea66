"""Completing a task, the whole action, against a bare transaction of the driver with the same kind of writes.

On SQLite (synchronous=FULL) by one thread and by four threads of one process, on PostgreSQL (fsync on) by one process and by four.
"""

import multiprocessing
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from typing import Any

from benchmarks._bare import STATEMENTS, Bare, Sizes
from benchmarks._cases import Cases, complete, databases
from benchmarks._rounds import ROUNDS, STEPS, Measure, Watch, by_turns, ratios, show
from service.store.session import Database
from tests.actions.test_statement_count import statements
from tests.worker.floor import Floor

MANY = 4
Do = Callable[[str], tuple[float, float]]  # "action" or "bare" -> (wall, CPU) seconds of STEPS steps
SPAWN = multiprocessing.get_context("spawn")


def main() -> None:
    with databases() as urls:
        for name, url in urls.items():
            measured(name, url)


def measured(name: str, url: str) -> None:
    cases = Cases(url, STEPS)
    for task_id in cases.claimed():
        complete(cases.stage, task_id)
    sizes = Sizes(cases.database)
    bare = Bare(url, sizes)
    bare.make_tables(STEPS)
    with Many(url, sizes) as many:
        crowd = "threads" if name == "sqlite" else "processes"
        kinds: dict[str, Do] = {"1": partial(alone, cases, bare), str(MANY): many.together(cases)}
        measures: list[Measure] = [
            partial(turn, kind, what, do) for kind, do in kinds.items() for what in ("action", "bare")
        ]
        rows = by_turns(measures)
    for kind in kinds:
        for unit in ("steps/s", "CPU ms"):
            rows[f"{kind} ratio action/bare {unit}"] = ratios(rows, f"{kind} action {unit}", f"{kind} bare {unit}")
    show(f"complete_task on {name}, 1 and {MANY} {crowd}, {STEPS} steps a turn, state {len(sizes.state)} bytes", rows)
    print(f"statements per step: {_statements(cases)}; bare {len(STATEMENTS)}; {ROUNDS * STEPS * 2} steps measured")
    bare.close()
    cases.close()


def turn(kind: str, what: str, do: Do) -> Mapping[str, float]:
    wall, cpu = do(what)
    return {f"{kind} {what} steps/s": STEPS / wall, f"{kind} {what} CPU ms": cpu * 1000 / STEPS}


def alone(cases: Cases, bare: Bare, what: str) -> tuple[float, float]:
    """One after the other."""
    todo = cases.claimed() if what == "action" else _bare_ids()
    with Watch() as watch:
        for id in todo:
            if what == "action":
                complete(cases.stage, id)
            else:
                bare.step(id)
    return watch.wall, watch.cpu


class Many:
    """Four at once: threads that share a database, or processes with one each."""

    def __init__(self, url: str, sizes: Sizes) -> None:
        self._url, self._sizes = url, sizes
        self._processes: Pool | None = None
        if not url.startswith("sqlite"):
            self._processes = SPAWN.Pool(MANY, _enter, (url, sizes, SPAWN.Barrier(MANY)))

    def together(self, cases: Cases) -> Do:
        return partial(self._in_processes if self._processes else self._in_threads, cases)

    def _in_processes(self, cases: Cases, what: str) -> tuple[float, float]:
        assert self._processes
        found = self._processes.starmap(_work, [(what, part) for part in _parts(cases, what)], chunksize=1)
        return max(end for _, end, _ in found) - min(begin for begin, _, _ in found), sum(cpu for _, _, cpu in found)

    def _in_threads(self, cases: Cases, what: str) -> tuple[float, float]:
        parts, lock = _parts(cases, what), threading.Lock()
        workers = [_Place(cases.database, Bare(self._url, self._sizes, lock)) for _ in parts]
        with Watch() as watch, ThreadPoolExecutor(MANY) as pool:
            for done in [pool.submit(worker.work, what, part) for worker, part in zip(workers, parts, strict=True)]:
                done.result()
        for worker in workers:
            worker.bare.close()
        return watch.wall, watch.cpu

    def __enter__(self) -> "Many":
        return self

    def __exit__(self, *_: object) -> None:
        if self._processes:
            self._processes.terminate()
            self._processes.join()


class _Place:
    """Where one of the four works."""

    def __init__(self, database: Database, bare: Bare) -> None:
        self.stage, self.bare = Floor(database).people(), bare

    def work(self, what: str, ids: Sequence[str]) -> None:
        for id in ids:
            if what == "action":
                complete(self.stage, id)
            else:
                self.bare.step(id)


def _bare_ids() -> list[str]:
    return [f"case-{number}" for number in range(STEPS)]


def _parts(cases: Cases, what: str) -> list[list[str]]:
    todo = cases.claimed() if what == "action" else _bare_ids()
    return [todo[n::MANY] for n in range(MANY)]


_HERE: dict[str, Any] = {}


def _enter(url: str, sizes: Sizes, barrier: Barrier) -> None:
    """Once in each process."""
    _HERE.update(place=_Place(Database(url), Bare(url, sizes)), barrier=barrier)


def _work(what: str, ids: list[str]) -> tuple[float, float, float]:
    """(begin, end, CPU seconds); all four begin together, so none does two parts."""
    _HERE["barrier"].wait(60)
    begin, cpu = time.monotonic(), time.process_time()
    _HERE["place"].work(what, ids)
    return begin, time.monotonic(), time.process_time() - cpu


def _statements(cases: Cases) -> int:
    """Of one step that opens another task, the reading of who acts included."""
    task_id = cases.claimed()[0]
    with statements() as sent:
        complete(cases.stage, task_id)
    return len(sent)


if __name__ == "__main__":
    main()
