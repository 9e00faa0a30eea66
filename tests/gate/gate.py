"""Processes of people and workers that are killed at random, and started anew."""

import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic

from sqlalchemy import func, select

from service.store.session import Database
from service.store.tables import event
from tests.gate.players import fork

LONGEST = 240.0  # seconds; about 40 on two idle cores, a machine that needs more than this is too slow for the gate
STEPS = ("case.started", "task.completed", "job.finished", "message.delivered", "timer.fired")


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
