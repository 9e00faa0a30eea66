"""Processes that play small cases until they are killed. Each writes down what it was told is done, in a journal of its own."""

import multiprocessing
import os
import random
import signal
import threading
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.domain.cases import Task
from service.domain.errors import OneSealError
from service.domain.people import SYSTEM
from service.domain.permission import visible
from service.store import tasks
from service.store.session import Database
from tests.actions.stage import SMALL
from tests.worker.floor import BUNDLES, Floor, echo, tell_once

LEASE = 0.5  # seconds after which a dead worker's job goes to another
ENOUGH = 12  # open tasks; with fewer the players begin new cases
PLACES = ("after_claim", "after_handler", "before_commit", "after_commit")

# Compiled once in the parent that all players are forked from.
BUNDLES.compile({path.name: path.read_bytes() for path in sorted(SMALL.iterdir())})
FORKS = multiprocessing.get_context("forkserver")
# tests.conftest keeps logs short: hundreds of drawn tracebacks of a killed server would be most of the work.
FORKS.set_forkserver_preload(["tests.conftest", "tests.gate.players", "tests.gate.walk"])


def floor_of(url: str) -> Floor:
    return Floor(Database(url), handlers={"echo": echo(tell_once, lease_seconds=LEASE)})


class People:
    """Clerks and directors who take whatever task is open. ``chance`` decides; ``journal`` keeps what was acknowledged."""

    def __init__(self, floor: Floor, chance: random.Random, journal: Path) -> None:
        self.floor, self.chance = floor, chance
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.stopping = threading.Event()

    def play(self) -> None:
        while not self.stopping.is_set():
            try:
                self._step()
            except OneSealError:
                continue  # another was first

    def _step(self) -> None:
        found = self._open_tasks()
        if len(found) < ENOUGH:
            self._note("started", self.floor.people().start().case.id)
            return
        task = self.chance.choice(found)
        if task.element_id == "draft":
            self._complete("clerk", task, batch_name=self.chance.choice("甲乙丙"))
        elif self.chance.random() < 0.2:
            order = CorrelateMessage("withdrawn", task.case_id, {})
            self.floor.people().act("clerk", correlate_message, order)
            self._note("sent", task.case_id)
        else:
            self._complete("director", task, decision=self.chance.choice(["agree", "refuse"]))

    def _open_tasks(self) -> list[Task]:
        with self.floor.database.read() as tx:
            return tasks.list_tasks(tx, actor=SYSTEM, view="visible", visible=visible(SYSTEM), limit=ENOUGH).items

    def _complete(self, person: str, task: Task, **data: str) -> None:
        stage = self.floor.people()
        if task.assignee_id is None:
            stage.act(person, claim_task, ClaimTask(task.id))
        stage.act(person, complete_task, CompleteTask(task.id, data))
        self._note("completed", task.id)

    def _note(self, what: str, which: str) -> None:
        os.write(self._journal, f"{what} {which}\n".encode())


def people(url: str, seed: int, journal: Path) -> None:
    """One person's process."""
    player = People(floor_of(url), random.Random(seed), journal)
    signal.signal(signal.SIGTERM, lambda *_: player.stopping.set())
    player.play()


def worker(url: str, seed: int, _journal: Path) -> None:
    """A worker's process; some carry the place where they will die."""
    chance = random.Random(seed)
    if chance.random() < 0.4:
        os.environ["ONESEAL_FAILPOINT"] = f"{chance.choice(PLACES)}:{chance.randint(2, 12)}"
    machine = floor_of(url).worker(poll=0.05)
    signal.signal(signal.SIGTERM, lambda *_: machine.stop())
    machine.run()


def service(url: str, seed: int, journal: Path) -> None:
    """People and a worker in one process, as on the embedded database."""
    floor = floor_of(url)
    machine, player = floor.worker(poll=0.05), People(floor, random.Random(seed), journal)

    def stop(*_: object) -> None:
        player.stopping.set()
        machine.stop()

    signal.signal(signal.SIGTERM, stop)
    thread = threading.Thread(target=machine.run)
    thread.start()
    player.play()
    thread.join()


ROLES = {"people": people, "worker": worker, "service": service}


def fork(role: str, url: str, seed: int, journal: Path) -> ForkServerProcess:
    process = FORKS.Process(target=ROLES[role], args=(url, seed, journal), daemon=True)
    process.start()
    return process
