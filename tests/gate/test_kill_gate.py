"""The kill gate: processes play small cases and are killed at random, again and again; afterwards the books must balance.

Every step a process was told is done is in the history exactly once, every chain holds, and every case's history gives its very
state. A kill may come between a commit and the note about it, so the history may hold a little more than the journals, never less.
The seed is printed; ONESEAL_GATE_SEED plays one again (the machine's timing stays its own).
"""

import os
import random
from pathlib import Path

import pytest

from tests.actions.conftest import prepare
from tests.databases import Folder, Server
from tests.gate.books import must_balance
from tests.gate.gate import Gate
from tests.gate.servers import ServerKiller, durable_server
from tools.postgres import fast_folder

pytestmark = [pytest.mark.gate, pytest.mark.timeout(420)]


def seed() -> int:
    found = int(os.environ.get("ONESEAL_GATE_SEED") or random.SystemRandom().randrange(1, 10**6))
    print(f"ONESEAL_GATE_SEED={found}")
    return found


def test_after_any_number_of_kills_of_people_workers_and_the_server_the_books_balance(tmp_path: Path) -> None:
    with durable_server(fast_folder()) as server:
        killer = ServerKiller(server, steps=2_000, times=2)
        url = Server(server.url).fresh("stage", prepare)
        gate = Gate(url, tmp_path, ("people", "people", "worker", "worker"), random.Random(seed()), also=killer)
        gate.play(steps=2_000, kills=100)
        assert killer.kills == 2
        must_balance(gate)


def test_after_kills_on_the_embedded_database_the_books_balance(folder: Folder, tmp_path: Path) -> None:
    url = folder.fresh("stage", prepare)
    gate = Gate(url, tmp_path, ("service",), random.Random(seed()))
    gate.play(steps=2_000, kills=100)
    must_balance(gate)
    folder.drop(url)
