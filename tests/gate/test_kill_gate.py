"""The kill gate: processes play small cases and are killed at random, again and again; afterwards the books must balance.

Every step a process was told is done is in the history exactly once, every chain holds, and every case's history gives its very
state. A kill may come between a commit and the note about it, so the history may hold a little more than the journals, never less.
The seed is printed; ONESEAL_GATE_SEED plays one again (the machine's timing stays its own).
"""

import json
import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import func, select, text

from service.actions.retry_incident import RetryIncident, retry_incident
from service.domain.cases import CaseStatus
from service.domain.texts import say
from service.engine import run
from service.store import cases, events, tasks
from service.store.session import Database
from service.store.tables import event
from tests.actions.conftest import prepare
from tests.databases import Shelf
from tests.gate.players import floor_of, fork
from tests.worker.floor import BUNDLES, Floor

pytestmark = [pytest.mark.gate, pytest.mark.timeout(420)]
LONGEST = 240.0  # seconds; about 40 on two idle cores, a machine that needs more than this is too slow for the gate
STEPS = ("case.started", "task.completed", "job.finished", "message.delivered", "timer.fired")
Told = dict[str, list[dict[str, Any]]]  # case -> bodies of its events


@dataclass
class Gate:
    """``roles``: one process each, always as many alive. Killing goes on until ``steps`` and ``kills`` are reached.

    ``also`` is called again and again meanwhile; ``unsure`` counts the steps whose answer it may have kept from people.
    """

    url: str
    folder: Path
    roles: tuple[str, ...]
    chance: random.Random
    also: Callable[["Gate"], None] = lambda _: None
    kills: int = 0
    forks: int = 0
    unsure: int = 0
    alive: list[tuple[str, ForkServerProcess]] = field(default_factory=list)

    def play(self, *, steps: int, kills: int, longest: float = LONGEST) -> None:
        for role in self.roles:
            self._fork(role)
        begin = monotonic()
        while self.kills < kills or self.steps() < steps:
            assert monotonic() - begin < longest, f"only {self.steps()} steps and {self.kills} kills"
            self._wait_and_replace(kill=self.kills < kills)
            self.also(self)
        for _, process in self.alive:
            process.terminate()
        for role, process in self.alive:
            process.join(30)
            assert process.exitcode is not None, f"a {role} did not stop"
        print(f"{self.steps()} steps, {self.kills} kills, {monotonic() - begin:.0f} s")

    def steps(self) -> int:
        """Steps of the engine so far, by people and by the machine."""
        database = Database(self.url)
        with database.read() as tx:
            found = tx.connection.execute(select(func.count()).where(event.c.type.in_(STEPS))).scalar_one()
        database.close()
        return int(found)

    def _wait_and_replace(self, *, kill: bool) -> None:
        """For a moment of chance; then somebody dies, besides those who died at their failpoints; all are replaced."""
        wait([process.sentinel for _, process in self.alive], self.chance.uniform(0.05, 0.9))
        if kill:
            victim = self.chance.choice(self.alive)[1]
            victim.kill()
            victim.join(30)
        dead = [player for player in self.alive if player[1].exitcode is not None]
        self.alive = [player for player in self.alive if player not in dead]
        for role, process in dead:
            assert process.exitcode == -signal.SIGKILL, f"a {role} ended by itself: {process.exitcode}"
            self.kills += 1
            self._fork(role)

    def _fork(self, role: str) -> None:
        self.forks += 1
        journal = self.folder / f"{self.forks}.journal"
        self.alive.append((role, fork(role, self.url, self.chance.randrange(10**9), journal)))

    def acknowledged(self) -> Counter[str]:
        """Every line of every journal."""
        return Counter(
            line for journal in self.folder.glob("*.journal") for line in journal.read_text("utf-8").splitlines()
        )


@pytest.mark.parametrize(
    ("roles", "kind", "steps", "kills"),
    [
        (("people", "people", "worker", "worker"), "server", 1000, 60),
        (("service",), "folder", 300, 20),
    ],
)
def test_after_any_number_of_kills_the_books_balance(
    request: pytest.FixtureRequest, tmp_path: Path, roles: tuple[str, ...], kind: str, steps: int, kills: int
) -> None:
    seed = int(os.environ.get("ONESEAL_GATE_SEED") or random.SystemRandom().randrange(1, 10**6))
    print(f"ONESEAL_GATE_SEED={seed}")
    shelf: Shelf = request.getfixturevalue(kind)
    url = shelf.fresh("stage", prepare)
    gate = Gate(url, tmp_path, roles, random.Random(seed))
    gate.play(steps=steps, kills=kills)
    must_balance(gate)
    shelf.drop(url)


def must_balance(gate: Gate) -> None:
    """Nothing lost, nothing twice, every history holds and gives its case's state, nothing adrift."""
    floor = floor_of(gate.url)
    finish(floor)
    ids = floor.cases()
    told = {case_id: history(floor, case_id) for case_id in ids}
    nothing_lost(gate, told)
    nothing_twice(floor, told)
    floor.must_hold(*ids)
    nothing_adrift(floor, ids)
    floor.database.close()


def finish(floor: Floor) -> None:
    """Dead workers' leases end, jobs that lost all their workers are begun again by hand, trials end."""
    for days in (0, 31):
        floor.ahead = timedelta(days=days, minutes=1)
        floor.work()
        found = [incident for case_id in floor.cases() for incident in floor.incidents_of(case_id)]
        assert {incident.message for incident in found} <= {say("worker.lost", tries=2)}
        print(f"{len(found)} jobs lost their worker twice")
        for incident in found:
            floor.people().act("sysadmin", retry_incident, RetryIncident(incident.id, "重新执行"))
        floor.work()


def history(floor: Floor, case_id: str) -> list[dict[str, Any]]:
    with floor.database.read() as tx:
        return [json.loads(sealed.body) for sealed in events.read_chain(tx, f"case/{case_id}")]


def nothing_lost(gate: Gate, told: Told) -> None:
    done = Counter(line for bodies in told.values() for body in bodies if (line := journal_line(body)))
    acknowledged = gate.acknowledged()
    lost = acknowledged - done
    assert not lost, f"acknowledged, and not in the history: {lost}"
    unknown = done - acknowledged
    assert sum(unknown.values()) <= gate.kills + gate.unsure, "more than one step a kill was done and not acknowledged"
    assert sum(acknowledged.values()) > gate.kills


def journal_line(body: dict[str, Any]) -> str:
    """What a person's journal says about this event; empty when no person did it."""
    case = body["case"]
    lines = {
        "case.started": f"started {case}",
        "task.completed": f"completed {case}.{body.get('number')}",
        "message.sent": f"sent {case}",
    }
    return lines.get(body["type"], "")


def nothing_twice(floor: Floor, told: Told) -> None:
    for case_id, bodies in told.items():
        steps = Counter((body["type"], body.get("number", 0)) for body in bodies if "command" in body)
        assert set(steps.values()) <= {1}, f"done twice in {case_id}: {steps}"
        finished = sum(body["type"] == "job.finished" for body in bodies)
        with floor.database.read() as tx:
            count = "SELECT count(*) FROM notification WHERE case_id = :id AND kind = 'notice'"
            notices = tx.connection.execute(text(count), {"id": case_id}).scalar_one()
        assert (finished, notices) in ((0, 0), (1, 1)), f"{case_id}: {finished} jobs finished, {notices} notices"


def nothing_adrift(floor: Floor, ids: list[str]) -> None:
    """Open tasks are what the state waits for, a case that ended waits for nothing, and no case stands still."""
    for case_id in ids:
        with floor.database.read() as tx:
            case = cases.case_with_state(tx, case_id)
            assert case
            bundle = BUNDLES.get(tx, case.bundle_digest)
            open_ = {task.number for task in tasks.tasks_of_case(tx, case_id, open_only=True)}
        active = case.status is CaseStatus.ACTIVE
        waits = run.waits(bundle, case.state) if active else ()
        assert open_ == {wait.number for wait in waits if wait.kind == "user"}, case_id
        assert bool(open_) == active, f"{case_id} is active and waits for nobody"
        assert floor.incidents_of(case_id) == []
