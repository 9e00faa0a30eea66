"""Setting up and running the tests: locks in step, every test in a part, failures counted, servers stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import APART
from tests.house.source import ROOT
from tools import run_tests
from tools.postgres import binaries, started

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
NAME = re.compile(r"^([A-Za-z0-9._-]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text().lower(), re.MULTILINE))


def wanted(requirements: list[Any]) -> set[str]:
    return {match[1].lower() for text in requirements if isinstance(text, str) and (match := NAME.match(text))}


def test_the_locks_hold_what_the_project_asks_for() -> None:
    groups = PROJECT["dependency-groups"]
    assert wanted(PROJECT["project"]["dependencies"] + groups["build"]) <= set(pins("requirements.lock")), "make lock"
    assert wanted(groups["dev"]) <= set(pins("requirements-dev.lock")), "make lock"
    for alone in ("postgres", "node"):
        assert wanted(groups[alone]) <= set(pins(f"requirements-{alone}.lock")), "make lock"


def test_the_tests_run_with_the_pins_of_the_service() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


@pytest.mark.parametrize("lock", [path.name for path in ROOT.glob("requirements*.lock")])
def test_every_pin_has_its_hash(lock: str) -> None:
    for block in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        assert re.match(r"[a-zA-Z0-9._-]+(\[.*?\])?==", block), block
        assert "--hash=sha256:" in block, block


def test_the_engine_is_pinned_where_it_is_asked_for() -> None:
    assert "SpiffWorkflow==3.2.0" in PROJECT["project"]["dependencies"]
    assert pins("requirements.lock")["spiffworkflow"] == "3.2.0"


def test_every_folder_of_tests_is_in_a_part() -> None:
    named = {argument for part in run_tests.PARTS for argument in part.command if argument.startswith("tests/")}
    apart = {f"tests/{folder}" for folder in APART}
    folders = {f"tests/{path.parent.name}" for path in (ROOT / "tests").glob("*/test_*.py")}
    assert folders - {"tests/long"} <= named | apart, "add the folder to a part in tools/run_tests.py"
    for path in (ROOT / "tests/long").glob("test_*.py"):
        marked = any(f"pytestmark = [pytest.mark.{mark}," in path.read_text() for mark in run_tests.MARKS)
        assert marked, f"{path.name}: only make fuzz, faults and long look into this folder"


def test_marks_that_are_parts_are_declared() -> None:
    declared = {text.partition(":")[0] for text in PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
    assert declared == set(run_tests.MARKS + run_tests.APART)


def test_nothing_that_is_used_is_ignored_by_git() -> None:
    command = ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "service", "handlers", "bpmn", "tests"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    built = "service/pages/static/dist/"  # by tools/build_web.py
    left = [name for name in done.stdout.split() if not name.endswith(".pyc") and not name.startswith(built)]
    assert left == [], "a fresh clone lacks these: narrow the pattern in .gitignore"


def test_continuous_integration_runs_the_tests_and_nothing_else() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert "make test" in script.read_text()


def test_make_knows_its_targets() -> None:
    for target in ("run", "tour", "setup", "web", "test", "check", "bench", "fuzz", "faults", "long", "lock"):
        done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_a_failing_part_is_counted_and_the_others_still_run(capfd: pytest.CaptureFixture[str]) -> None:
    bad = run_tests.Part("bad", (sys.executable, "-c", "raise SystemExit(3)"))
    good = run_tests.Part("good", (sys.executable, "-c", "print('walked')"))
    results = [run_tests.run(part, dict(os.environ)) for part in (bad, good)]
    assert run_tests.report(results, 1.0) == 1
    printed = capfd.readouterr().out
    assert "walked" in printed
    assert printed.splitlines()[-1] == "1 passed, 1 failed"


@pytest.mark.parametrize(("ci", "outcome", "code"), [("", "skipped", 0), ("true", "failed", 1)])
def test_what_cannot_be_had_is_skipped_here_and_fails_where_it_counts(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    part = run_tests.Part("eyes", ("never", "called"), needs=lambda: "no Chromium")
    result = run_tests.run(part, {})
    assert (result.outcome, result.note) == (outcome, "no Chromium")
    assert run_tests.report([result], 0.0) == code


def test_a_part_without_a_test_does_not_pass(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CI", "true")
    (tmp_path / "test_nothing.py").write_text("")
    empty = run_tests.Part("empty", (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)))
    assert run_tests.run(empty, dict(os.environ)).outcome == "failed"


def test_the_server_is_gone_after_a_failure() -> None:
    found = binaries()
    if not found:
        pytest.skip("no PostgreSQL binaries: `make test` fetches them")
    ports: list[int] = []
    with pytest.raises(ZeroDivisionError):
        _fail_beside_a_server(found, ports)
    assert not _listening(ports[0])


def _fail_beside_a_server(found: Path, ports: list[int]) -> None:
    with started(found) as url:
        ports.append(int(url.rstrip("/").rpartition(":")[2]))
        assert _listening(ports[0])
        raise ZeroDivisionError


def test_a_run_that_is_ended_takes_its_server_along(tmp_path: Path) -> None:
    found = binaries()
    if not found:
        pytest.skip("no PostgreSQL binaries: `make test` fetches them")
    script = (
        "import signal, sys, time\nfrom pathlib import Path\nfrom tools.run_tests import server\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))\n"
        "with server(wanted=True) as (url, _):\n    print(url, flush=True)\n    time.sleep(60)\n"
    )
    environment = {k: v for k, v in os.environ.items() if k != "ONESEAL_TEST_POSTGRES"}
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    lines = iter(process.stdout)
    url = next(line for line in lines if line.startswith("postgresql://")).strip()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 143
    process.stdout.close()
    assert not _listening(int(url.rstrip("/").rpartition(":")[2]))


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
