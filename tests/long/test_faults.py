"""The kill gate for much longer, on a database server that is killed too: what was acknowledged is on the disk."""

import random
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from tests.actions.conftest import prepare
from tests.databases import Server
from tests.gate.test_kill_gate import Gate, must_balance
from tests.long.conftest import Tell
from tests.long.lengths import FAULTS_SHARE, fuzz_seed, share
from tools import fetch
from tools.postgres import Cluster, binaries, cluster

pytestmark = [pytest.mark.faults, pytest.mark.timeout(7200)]
STEPS, KILLS = share(10_000, FAULTS_SHARE), share(500, FAULTS_SHARE)
SERVER_KILLS = share(8, FAULTS_SHARE, least=5)
LONGEST = 6000.0
ROLES = ("people", "people", "worker", "worker")


@pytest.fixture
def durable() -> Iterator[Cluster]:
    """A server of our own that waits for the disk, as in service."""
    if lacking := fetch.postgres():
        pytest.fail(lacking)
    found = binaries()
    if found is None:
        pytest.skip(
            "the server must be a child of the test to be killed: it needs PostgreSQL's binaries on this machine"
        )
    with cluster(found) as running:
        yield running


class ServerKiller:
    """Kills the database server each time another share of the steps is done, and starts it again."""

    def __init__(self, server: Cluster, tell: Tell) -> None:
        self.server, self.tell = server, tell
        self.kills = 0

    def __call__(self, gate: Gate) -> None:
        done = gate.steps()
        if done < STEPS * (self.kills + 1) / (SERVER_KILLS + 1):
            return
        begin = monotonic()
        self.server.kill()
        self.server.start()
        self.kills += 1
        gate.unsure += len(gate.roles)  # a commit may be kept and its answer lost, once a process
        self.tell(
            f"{done} steps, {gate.kills} kills, the server killed {self.kills} times, up again in {monotonic() - begin:.1f} s"
        )


def test_after_kills_of_people_workers_and_the_server_the_books_balance(
    durable: Cluster, tmp_path: Path, tell: Tell
) -> None:
    seed = fuzz_seed()
    tell(f"ONESEAL_FUZZ_SEED={seed}, {STEPS} steps, {KILLS} kills, {SERVER_KILLS} of the server")
    shelf = Server(durable.url)
    killer = ServerKiller(durable, tell)
    gate = Gate(shelf.fresh("stage", prepare), tmp_path, ROLES, random.Random(seed), also=killer)
    gate.play(steps=STEPS, kills=KILLS, longest=LONGEST)
    assert killer.kills >= SERVER_KILLS
    assert (gate.steps() >= STEPS, gate.kills >= KILLS) == (True, True)
    must_balance(gate)
