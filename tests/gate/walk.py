"""One walk past every named place where the service may die: people at the API, a worker, reminders, timers, a message, a failing
handler, and the upkeep of the database.

It is taken again and again on one database, each time until the process dies at another place. ``journal`` keeps what was acknowledged.
"""

import os
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import httpx

from service.actions.deploy import Deploy, deploy
from service.store.session import Database
from tests.actions.stage import SMALL
from tests.api.desk import Desk
from tests.gate.players import FORKS
from tests.gate.upkeep import Upkeep
from tests.worker.floor import Floor, new_id


class Walk:
    """Notes each thing that was acknowledged."""

    def __init__(self, url: str, journal: Path) -> None:
        self.floor = Floor(Database(url))
        self.upkeep = Upkeep(self.floor, journal, self._note)
        self._journal = os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.desk = Desk(self.floor.people())

    def take(self) -> None:
        with self.desk:
            self._deploy()
            case = self._drafted("告知", with_file=True)
            self._work()
            self._post("director", f"/tasks/{self._open(case)}/claim")
            self._complete("director", self._open(case), {"decision": "agree"})
            withdrawn = self._drafted("乙")
            self._work()
            self._post("clerk", "/messages", {"name": "withdrawn", "key": withdrawn, "data": {}})
            self._work()
            self._drafted("坏")
            for minutes in (1, 12, 24):
                self._later(timedelta(minutes=minutes))
            self._later(timedelta(days=40))
            self.upkeep.take()
        self.floor.database.close()

    def _deploy(self) -> None:
        """The same process with another name each time, so that there is a version to write."""
        files = {
            path.name: path.read_bytes().replace("小流程".encode(), f"小流程{new_id()[:6]}".encode())
            for path in SMALL.iterdir()
        }
        self.floor.people().act("sysadmin", deploy, Deploy(files))

    def _drafted(self, batch: str, *, with_file: bool = False) -> str:
        case: str = self._post("clerk", "/cases", {"process": "small", "township": "huotian"})["case"]["id"]
        self._note(f"started {case}")
        if with_file:
            content = {"file": ("说明.pdf", f"%PDF-1.7 {new_id()}".encode(), "application/pdf")}
            answer = self.desk.of("clerk").post("/files", files=content)
            assert answer.status_code == 201, answer.text
            self._note(f"kept {answer.json()['sha256']}")
        self._post("clerk", f"/tasks/{self._open(case)}/claim")
        self._complete("clerk", self._open(case), {"batch_name": batch})
        return case

    def _complete(self, person: str, task: str, data: dict[str, Any]) -> None:
        self._post(person, f"/tasks/{task}/complete", {"data": data})
        self._note(f"completed {task}")

    def _post(self, person: str, path: str, body: Any = None) -> Any:
        answer: httpx.Response = self.desk.of(person).post(path, json=body, headers={"Idempotency-Key": new_id()})
        assert answer.status_code < 300, (path, answer.text)
        return answer.json() if answer.content else None

    def _open(self, case: str) -> str:
        return self.floor.people().open_task(case).id

    def _later(self, span: timedelta) -> None:
        self.floor.ahead += span
        self._work()

    def _work(self) -> None:
        self.floor.work()

    def _note(self, line: str) -> None:
        os.write(self._journal, f"{line}\n".encode())


def walk(url: str, failpoint: str, journal: Path) -> None:
    """In a process of its own: until the place, or to the end."""
    if failpoint:
        os.environ["ONESEAL_FAILPOINT"] = failpoint
    Walk(url, journal).take()


def fork(url: str, failpoint: str, journal: Path) -> ForkServerProcess:
    process = FORKS.Process(target=walk, args=(url, failpoint, journal), daemon=True)
    process.start()
    return process
