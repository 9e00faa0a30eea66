"""kill -9 of the service in the middle of the tour: it is started again, the tour goes on, nothing is lost and nothing done twice."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from service.demo.cases import WATCHER
from service.demo.client import Client
from service.demo.county import DEMO_PASSWORD
from service.demo.reader import STEPS
from service.demo.telling import Event, StepDone
from service.demo.tour import play_story
from service.settings import Settings
from service.touring import prepare
from service.wiring import build

pytestmark = [pytest.mark.road, pytest.mark.timeout(600)]
KILLS = (3, 45)  # steps after which the service dies: while it starts the form checks, and before a sign-off
STARTING = 60.0


class Service:
    """``oneseal serve`` as a process of its own on a fixed port."""

    def __init__(self, database_url: str, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = {"ONESEAL_DATABASE_URL": database_url, "ONESEAL_DEMO": "true", "ONESEAL_PORT": str(self.port)}
        self._environment, self._log = os.environ | settings, log
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        command = [str(Path(sys.executable).with_name("oneseal")), "serve"]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        until = time.monotonic() + STARTING
        while not self._answers():
            assert self.process.poll() is None, self._log.read_text("utf-8")[-2000:]
            assert time.monotonic() < until, "the service does not come up"
            time.sleep(0.05)
        return self.process

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture
def service(sqlite_url: str, tmp_path: Path) -> Iterator[Service]:
    house = build(Settings(database_url=sqlite_url, demo=True, log_level="error"))
    prepare(house)
    house.close()
    running = Service(sqlite_url, tmp_path / "service.log")
    yield running
    running.kill()


def test_it_goes_on_after_every_kill_and_does_nothing_twice(service: Service) -> None:
    def listen(event: Event) -> None:
        if isinstance(event, StepDone) and event.number in KILLS:
            service.kill()
            service.start()

    with Client(service.url, DEMO_PASSWORD) as client:
        result = play_story(client, pace=0.0, on_event=listen)
        acts = Counter(event["type"] for event in client.pages(WATCHER, "/events"))
    assert result.failed == ()
    assert result.steps == STEPS
    assert acts["task.completed"] == STEPS
