"""Runs a function on bytes from outside in a child process: little memory, little time, no files, no network.

A wall against faults of parsers: a hostile file can exhaust or kill the child, never the worker. The child is a fresh interpreter
(``-I``, empty environment) that imports the function, then gives up the right to open anything, and answers with JSON.
"""

import importlib
import json
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

CPU_SECONDS = 10
WALL_SECONDS = 20
MEMORY_MB = 512
ANSWER_MB = 16
ROOT = Path(__file__).resolve().parents[1]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from handlers.sandbox import answer; answer(*sys.argv[2:])"
# Codecs that readers look up by name: after the walls are up no module can be imported any more.
_CODECS = ("utf-8", "utf-16", "utf-32", "latin-1", "cp437", "ascii", "gb18030")


class Unreadable(ValueError):
    """The bytes cannot be read; the argument is a key of the text catalogue."""


def run_apart(
    function: Callable[[bytes], Any], content: bytes, *, cpu: int = CPU_SECONDS, wall: float = WALL_SECONDS,
    memory: int = MEMORY_MB,
) -> Any:  # fmt: skip
    """What ``function(content)`` gives, by way of JSON. Unreadable when it says so, takes too long, too much, or dies.

    ``function`` stands at the top of a module, whose ``prepare()``, where there is one, is called before the walls go up; ``cpu`` and ``wall`` are seconds, ``memory`` is in megabytes of address space.
    """
    names = [function.__module__, function.__qualname__, str(cpu), str(memory)]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answered:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 - our own words only
                [sys.executable, "-I", "-c", _START, str(ROOT), *names], stdin=given, stdout=answered,
                stderr=subprocess.DEVNULL, timeout=wall, env={}, cwd="/", start_new_session=True, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Unreadable("sandbox.time") from error
        return _read(answered, done.returncode)


def _read(answered: BinaryIO, status: int) -> Any:
    answered.seek(0)
    try:
        found = json.loads(answered.read())
    except (ValueError, RecursionError) as error:
        # The limit of CPU sends SIGXCPU; whoever ignores that gets SIGKILL one second later.
        late = status in (-signal.SIGXCPU, -signal.SIGKILL)
        raise Unreadable("sandbox.time" if late else "sandbox.died") from error
    if "failed" in found:
        raise Unreadable("sandbox.died") from RuntimeError(found["failed"])
    if "unreadable" in found:
        raise Unreadable(found["unreadable"])
    return found["value"]


def answer(module: str, name: str, cpu: str, memory: str) -> None:
    """The child's side: everything that must be imported is, then the walls go up, then the bytes are looked at."""
    home = importlib.import_module(module)
    function = getattr(home, name)
    getattr(home, "prepare", lambda: None)()
    for codec in _CODECS:
        "".encode(codec)
    content = sys.stdin.buffer.read()
    _wall_in(int(cpu), int(memory) * 1024 * 1024)
    try:
        found = {"value": function(content)}
    except Unreadable as error:
        found = {"unreadable": str(error)}
    except MemoryError:
        found = {"unreadable": "sandbox.memory"}
    except Exception as error:
        found = {"failed": f"{type(error).__name__}: {error}"[:1000]}
    sys.stdout.write(json.dumps(found))


def _wall_in(cpu: int, memory: int) -> None:
    """No new file descriptor means no file and no socket, for Python and for C code alike."""
    limits = {
        resource.RLIMIT_CPU: (cpu, cpu + 1),
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_FSIZE: (ANSWER_MB * 1024 * 1024,) * 2,
        resource.RLIMIT_NPROC: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
        resource.RLIMIT_NOFILE: (0, 0),
    }
    for which, (soft, hard) in limits.items():
        resource.setrlimit(which, (soft, hard))
