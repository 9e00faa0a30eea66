"""Cases to be measured: a process of five tasks in a row with some KB of variables, on a durable database of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.actions.claim_task import ClaimTask, claim_task
from service.actions.complete_task import CompleteTask, complete_task
from service.actions.deploy import Deploy, deploy
from service.actions.start_case import StartCase, start_case
from service.domain.cases import CaseStatus
from service.store.schema import migrate
from service.store.session import Database
from tests.actions.stage import Stage, set_up
from tests.databases import Server
from tests.engine.diagram import FORM, diagram, end, path, process, start, user
from tests.worker.floor import Floor
from tools import fetch
from tools.postgres import binaries, cluster

TASKS = ("one", "two", "three", "four", "five")
SUBJECT = {
    "subject": [{"item_id": f"item-{n}", "name": f"事项{n}", "opinion": "材料齐全，符合规定。"} for n in range(30)]
}
STARTERS = {"camunda__candidateStarterGroups": "center_clerk@center"}
FILES = {
    "bench.bpmn": diagram(
        process("bench", start(), *map(user, TASKS), end(), path("start", *TASKS, "end"), **STARTERS),
    ),
    "form.form": FORM,
}


def prepare(url: str) -> None:
    """The people of the tests, and the process."""
    migrate(url)
    database = Database(url)
    set_up(database).act("sysadmin", deploy, Deploy(FILES))
    database.close()


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """Name -> URL of a prepared database that waits for the disk; PostgreSQL when it can be had."""
    folder = Path(tempfile.mkdtemp(prefix="oneseal-bench-"))
    try:
        urls = {"sqlite": f"sqlite:///{folder / 'bench.db'}"}
        prepare(urls["sqlite"])
        lacking, found = fetch.postgres(), binaries()
        if lacking or not found:
            print(f"PostgreSQL NOT MEASURED: {lacking or 'the server must be started here'}")
            yield urls
            return
        with cluster(found) as server:
            urls["postgresql"] = Server(server.url).fresh("bench", prepare)
            yield urls
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cases:
    """Open cases; ``claimed`` gives the tasks to be completed next, each claimed by the clerk."""

    def __init__(self, url: str, count: int) -> None:
        self.database = Database(url)
        self.stage: Stage = Floor(self.database).people()
        self._ids = [self._begin() for _ in range(count)]

    def _begin(self) -> str:
        return self.stage.act("clerk", start_case, StartCase("bench", SUBJECT, township_id="huotian")).case.id

    def claimed(self) -> list[str]:
        found = []
        for place, case_id in enumerate(self._ids):
            if self.stage.case(case_id).status is not CaseStatus.ACTIVE:
                self._ids[place] = case_id = self._begin()
            task = self.stage.open_task(case_id)
            self.stage.act("clerk", claim_task, ClaimTask(task.id))
            found.append(task.id)
        return found

    def close(self) -> None:
        self.database.close()


def complete(stage: Stage, task_id: str) -> None:
    stage.act("clerk", complete_task, CompleteTask(task_id, {}))
