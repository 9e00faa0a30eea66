"""A database server of the test's own that can be killed, and whoever kills it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from tests.gate.gate import Gate
from tools import fetch
from tools.postgres import Cluster, binaries, cluster


@contextmanager
def durable_server(place: str | None = None) -> Iterator[Cluster]:
    """It waits for the disk, as in service; ``place``: a folder that may lie in memory, which a kill of processes does not touch."""
    if lacking := fetch.postgres():
        pytest.fail(lacking)
    found = binaries()
    if found is None:
        pytest.skip(
            "the server must be a child of the test to be killed: it needs PostgreSQL's binaries on this machine"
        )
    with cluster(found, place=place) as running:
        yield running


class ServerKiller:
    """Kills the database server each time another share of the steps is done, and starts it again."""

    def __init__(self, server: Cluster, *, steps: int, times: int, tell: Callable[[str], None] = print) -> None:
        self.server, self.steps, self.times, self.tell = server, steps, times, tell
        self.kills = 0

    def __call__(self, gate: Gate) -> None:
        if self.kills >= self.times:
            return
        done = gate.steps()
        if done < self.steps * (self.kills + 1) / (self.times + 1):
            return
        begin = monotonic()
        self.server.kill()
        self.server.start()
        self.kills += 1
        gate.unsure += len(gate.roles)  # a commit may be kept and its answer lost, once a process
        self.tell(
            f"{done} steps, {gate.kills} kills, the server killed {self.kills} times, up again in {monotonic() - begin:.1f} s"
        )
