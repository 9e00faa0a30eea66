"""Runs the tests part by part: a heading for each, a table at the end, one server of PostgreSQL for all.

python -m tools.run_tests [PART ...]     all parts, or the named ones
python -m tools.run_tests --quick        the parts that need no database
python -m tools.run_tests --marked MARK  the tests that take longer: fuzz, faults, long

What cannot be had is skipped loudly; when CI is set it fails.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools import fetch
from tools.postgres import binaries, started

ROOT = Path(__file__).parents[1]
BUDGET = 90
MARKS = ("fuzz", "faults", "long")
APART = ("gate", "browser", "road")
NO_TESTS = 5
USUAL = f"not ({' or '.join(MARKS + APART)})"


@dataclass(frozen=True)
class Part:
    """``needs`` answers why the part cannot run here, or ""."""

    name: str
    command: tuple[str, ...]
    quick: bool = False
    needs: Callable[[], str] = lambda: ""


@dataclass(frozen=True)
class Result:
    name: str
    seconds: float
    outcome: str
    note: str = ""


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(Path(sys.executable).parent / name), *arguments)


def pytest_on(*folders: str, marked: str = USUAL, workers: int = 0, named: str = "") -> tuple[str, ...]:
    parallel = ("-n", str(workers)) if workers else ()
    chosen = ("-k", named) if named else ()
    where = (f"tests/{folder}" for folder in folders)
    return (sys.executable, "-m", "pytest", "-q", "-m", marked, *chosen, *parallel, *where)


def on_each_database(folder: str) -> tuple["Part", "Part"]:
    """A part for SQLite with what needs no database, and one for PostgreSQL: together they would be over the budget."""
    return (
        Part(folder, pytest_on(folder, workers=2, named="not postgresql")),
        Part(f"{folder}-postgresql", pytest_on(folder, workers=2, named="postgresql")),
    )


def apart(mark: str) -> str:
    return f"{mark} and not ({' or '.join(m for m in MARKS + APART if m != mark)})"


PARTS = (
    Part("format", tool("ruff", "format", "--check", "."), quick=True),
    Part("lint", tool("ruff", "check", "."), quick=True),
    Part("types", tool("mypy"), quick=True),
    Part("fences", tool("lint-imports"), quick=True),
    Part("house", pytest_on("house"), quick=True),
    Part("domain", pytest_on("domain", "engine", workers=2, named="not fuzz_structure"), quick=True),
    Part("structure", pytest_on("engine", named="fuzz_structure")),
    Part("handlers", pytest_on("handlers")),
    Part("sheets", pytest_on("sheets", workers=2)),
    Part("store", pytest_on("store", workers=2)),
    *on_each_database("actions"),
    *on_each_database("api"),
    *on_each_database("pages"),
    Part("worker", pytest_on("worker", workers=2)),
    Part("demo", pytest_on("demo", workers=2)),
    Part("tour", pytest_on("demo", marked=apart("road"), workers=2)),
    Part("roads", pytest_on("roads", marked=apart("road"), workers=2)),
    Part("commands", pytest_on("commands", marked=apart("road"), workers=2, named="not backup")),
    Part("backup", pytest_on("commands", marked=apart("road"), workers=2, named="backup")),
    Part("upgrade", pytest_on("upgrade", marked=apart("road"), workers=2)),
    Part("containers", pytest_on("containers", marked=apart("road"))),
    Part("replicas", pytest_on("replicas", marked=apart("road")), needs=fetch.proxy),
    Part("manual", pytest_on("manual", marked=apart("road")), needs=fetch.browser),
    Part(
        "browser",
        pytest_on("", marked=apart("browser"), workers=2, named="not (walks or replica)"),
        needs=fetch.browser,
    ),
    Part("walks", pytest_on("", marked=apart("browser"), workers=2, named="walks or replica"), needs=fetch.browser),
    Part("gate", pytest_on("gate", marked=apart("gate"), named="kill_gate and not embedded")),
    Part("gate-sqlite", pytest_on("gate", marked=apart("gate"), named="kill_gate and embedded")),
    Part("failpoints", pytest_on("gate", marked=apart("gate"), named="not kill_gate")),
)


def main() -> int:
    chosen = _chosen(_arguments())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    began = time.monotonic()
    with server(wanted=any(not part.quick for part in chosen)) as (url, lacking):
        environment = {**os.environ, **({"ONESEAL_TEST_POSTGRES": url} if url else {})}
        results = [run(part, environment) for part in chosen]
    if lacking:
        results.append(Result("postgresql", 0, "failed" if os.environ.get("CI") else "skipped", lacking))
    return report(results, time.monotonic() - began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tools.run_tests", description="Run the tests part by part.")
    parser.add_argument("parts", nargs="*", choices=[[], *(part.name for part in PARTS)], metavar="PART")
    parser.add_argument("--quick", action="store_true", help="the parts that need no database")
    parser.add_argument("--marked", choices=MARKS, help="the tests with this mark")
    return parser.parse_args()


def _chosen(arguments: argparse.Namespace) -> list[Part]:
    if arguments.marked:
        return [Part(arguments.marked, (*pytest_on("", marked=arguments.marked), "--timeout", "3600"))]
    named = [part for part in PARTS if part.name in arguments.parts] if arguments.parts else list(PARTS)
    return [part for part in named if part.quick or not arguments.quick]


@contextmanager
def server(*, wanted: bool) -> Iterator[tuple[str, str]]:
    """One PostgreSQL server for all parts: its URL and "", or "" and why there is none."""
    given = os.environ.get("ONESEAL_TEST_POSTGRES", "")
    lacking = fetch.postgres() if wanted and not given else ""
    found = binaries()
    if given or lacking or not wanted or not found:
        yield given, lacking
        return
    with started(found) as url:
        print(f"PostgreSQL of {found} at {url}", flush=True)
        yield url, ""


def run(part: Part, environment: dict[str, str]) -> Result:
    print(f"\n=== {part.name} " + "=" * max(3, 90 - len(part.name)), flush=True)
    began = time.monotonic()
    if lacking := part.needs():
        print(f"NOT RUN: {lacking}", flush=True)
        return Result(part.name, time.monotonic() - began, "failed" if os.environ.get("CI") else "skipped", lacking)
    code = _call(part.command, environment)
    seconds = time.monotonic() - began
    if code == NO_TESTS and "pytest" in part.command:
        outcome = "failed" if os.environ.get("CI") else "skipped"
        return Result(part.name, seconds, outcome, "there is no test in this part")
    note = f"over the budget of {BUDGET} s" if seconds > BUDGET and part in PARTS else ""
    return Result(part.name, seconds, "failed" if code else "passed", note)


def _call(command: tuple[str, ...], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(30)


def report(results: list[Result], seconds: float) -> int:
    """The table, and last the line that counts; answers the exit code."""
    print("\n" + "=" * 96)
    for result in results:
        print(f"{result.name:12} {result.seconds:7.1f} s  {result.outcome:8} {result.note}".rstrip())
    print(f"{'all':12} {seconds:7.1f} s")
    counted = {outcome: sum(r.outcome == outcome for r in results) for outcome in ("passed", "failed", "skipped")}
    skipped = f", {counted['skipped']} skipped" if counted["skipped"] else ""
    print(f"{counted['passed']} passed, {counted['failed']} failed{skipped}", flush=True)
    return 1 if counted["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
