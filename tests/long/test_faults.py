"""The kill gate for much longer, on a database server that is killed too: what was acknowledged is on the disk."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.failpoints import PLACES
from tests.actions.conftest import prepare
from tests.databases import Server
from tests.gate.books import must_balance
from tests.gate.gate import Gate
from tests.gate.servers import ServerKiller, durable_server
from tests.gate.test_failpoints import books_balance, die_everywhere
from tests.long.conftest import Tell
from tests.long.lengths import FAULTS_SHARE, fuzz_seed, share
from tools.postgres import Cluster

pytestmark = [pytest.mark.faults, pytest.mark.timeout(7200)]
STEPS, KILLS = share(10_000, FAULTS_SHARE), share(500, FAULTS_SHARE)
SERVER_KILLS = share(8, FAULTS_SHARE, least=5)
LONGEST = 6000.0
ROLES = ("people", "people", "worker", "worker")


@pytest.fixture
def durable() -> Iterator[Cluster]:
    """On the disk."""
    with durable_server() as running:
        yield running


def test_after_kills_of_people_workers_and_the_server_the_books_balance(
    durable: Cluster, tmp_path: Path, tell: Tell
) -> None:
    seed = fuzz_seed()
    tell(f"ONESEAL_FUZZ_SEED={seed}, {STEPS} steps, {KILLS} kills, {SERVER_KILLS} of the server")
    shelf = Server(durable.url)
    killer = ServerKiller(durable, steps=STEPS, times=SERVER_KILLS, tell=tell)
    gate = Gate(shelf.fresh("stage", prepare), tmp_path, ROLES, random.Random(seed), also=killer)
    gate.play(steps=STEPS, kills=KILLS, longest=LONGEST)
    assert killer.kills >= SERVER_KILLS
    assert (gate.steps() >= STEPS, gate.kills >= KILLS) == (True, True)
    must_balance(gate)


def test_processes_die_at_every_named_place_again_and_again(durable: Cluster, tmp_path: Path, tell: Tell) -> None:
    """The first time each place is come by, the second, the third ...: on the server's database."""
    rounds = share(8, FAULTS_SHARE, least=2)
    url = Server(durable.url).fresh("stage", prepare)
    deaths = die_everywhere(url, tmp_path, rounds=rounds)
    tell(f"{deaths} deaths at {len(PLACES)} places in {rounds} rounds")
    assert deaths >= len(PLACES)
    books_balance(url, tmp_path)
