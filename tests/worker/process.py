"""Processes of their own for tests that kill them: forked from a parent that has everything loaded, so that they start at once."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing.context import ForkServerProcess

from service.store.session import Database
from tests.worker.floor import Floor, echo, tell_once

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.worker.process"])


def work(url: str, days: int) -> None:
    """A worker until somebody stops or kills it, on a clock so many days ahead."""
    worker = _floor(url, days).worker(poll=0.05)
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    worker.run()


def begin_cases(url: str, count: int) -> None:
    """So many cases up to their first job."""
    floor = _floor(url)
    for _ in range(count):
        floor.begin()
    floor.database.close()


ROLES = {"work": work, "begin_cases": begin_cases}


def start(url: str, role: str, count: int = 0, *, failpoint: str = "") -> ForkServerProcess:
    """A process in that role; ``failpoint`` as ONESEAL_FAILPOINT says."""
    process = _FORKS.Process(target=_main, args=(url, role, count, failpoint), daemon=True)
    process.start()
    return process


@contextmanager
def playing(url: str, role: str, count: int = 0) -> Iterator[ForkServerProcess]:
    """The process while the block runs; asked to stop at the end, and it must."""
    process = start(url, role, count)
    try:
        yield process
    finally:
        process.terminate()
        process.join(30)
    assert process.exitcode in (0, -signal.SIGTERM), process.exitcode


def _main(url: str, role: str, count: int, failpoint: str) -> None:
    if failpoint:
        os.environ["ONESEAL_FAILPOINT"] = failpoint
    ROLES[role](url, count)


def _floor(url: str, days: int = 0) -> Floor:
    return Floor(Database(url), ahead=timedelta(days=days), handlers={"echo": echo(tell_once)})
