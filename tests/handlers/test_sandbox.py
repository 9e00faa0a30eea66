"""The sandbox: whatever the bytes make the function do, the caller gets an answer or a reason, in time and unharmed."""

import errno
import os
import resource
import time
from collections.abc import Callable
from typing import Any

import pytest
from handlers.sandbox import Unreadable, run_apart

from service.domain.texts import TEXTS
from tests.handlers import hostile


def reason(function: Callable[[bytes], Any], *, cpu: int = 1, wall: float = 20, memory: int = 256) -> str:
    with pytest.raises(Unreadable) as refused:
        run_apart(function, b"x", cpu=cpu, wall=wall, memory=memory)
    assert str(refused.value) in TEXTS
    return str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\r\n", os.urandom(300_000)])
def test_it_gives_the_function_the_exact_bytes_and_its_answer_back(content: bytes) -> None:
    assert run_apart(hostile.echo, content) == list(content)


def test_the_child_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONESEAL_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    found = run_apart(hostile.environment, b"")
    assert [name for name in found["names"] if name != "LC_CTYPE"] == []
    assert (found["cwd"], found["isolated"]) == ("/", 1)
    assert found["pid"] != os.getpid()


def test_a_reason_of_the_function_comes_through() -> None:
    with pytest.raises(Unreadable, match=r"form_file\.bomb"):
        run_apart(hostile.refuse, b"form_file.bomb")


def test_a_fault_of_the_parser_is_a_reason_too_and_keeps_its_cause() -> None:
    with pytest.raises(Unreadable, match=r"sandbox\.died") as refused:
        run_apart(hostile.stumble, b"")
    assert "a fault of the parser" in str(refused.value.__cause__)


@pytest.mark.parametrize("burner", [hostile.burn, hostile.burn_deaf])
def test_it_stops_a_cpu_burner(burner: Callable[[bytes], int]) -> None:
    assert reason(burner) == "sandbox.time"


def test_it_stops_a_sleeper_who_burns_nothing() -> None:
    begin = time.monotonic()
    assert reason(hostile.sleep, wall=0.5) == "sandbox.time"
    assert time.monotonic() - begin < 15


def test_it_stops_a_memory_eater() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(hostile.eat, cpu=10) == "sandbox.memory"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


@pytest.mark.parametrize("function", [hostile.recurse, hostile.die, hostile.babble, hostile.lie])
def test_it_survives_whatever_else_goes_wrong(function: Callable[[bytes], Any]) -> None:
    assert reason(function, cpu=10, memory=512) == "sandbox.died"


@pytest.mark.parametrize("function", [hostile.reach_out, hostile.read_disk, hostile.start_program])
def test_there_is_no_network_no_disk_and_no_other_program(function: Callable[[bytes], str]) -> None:
    answer = run_apart(function, b"")
    assert answer.endswith((f" {errno.EMFILE}", f" {errno.EAGAIN}")), answer
