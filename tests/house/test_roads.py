"""How many rooms a road crosses: each is walked once, with every function that is called looked at."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from service.store.session import Database
from service.worker.loop import Worker
from tests.actions.conftest import prepare
from tests.actions.stage import ECHO, SMALL, Stage
from tests.api.desk import Desk
from tests.databases import Folder
from tests.house.source import ROOT

MOST = 5
SERVICE = f"{ROOT / 'service'}/"


@contextmanager
def watched() -> Iterator[set[str]]:
    """The rooms of service/ in which any thread called a function. The gate's files lie in no room."""
    rooms: set[str] = set()

    def look(frame: FrameType, _event: str, _found: object) -> None:
        path = frame.f_code.co_filename
        if path.startswith(SERVICE) and "/" in path[len(SERVICE) :]:
            rooms.add(path[len(SERVICE) :].split("/")[0])

    before = sys.getprofile()
    threading.setprofile(look)
    sys.setprofile(look)
    try:
        yield rooms
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


@pytest.fixture
def stage(folder: Folder) -> Iterator[Stage]:
    url = folder.fresh("stage", prepare)
    database = Database(url)
    yield Stage(database)
    database.close()
    folder.drop(url)


@pytest.fixture
def desk(stage: Stage) -> Iterator[Desk]:
    with Desk(stage) as opened:
        yield opened


def test_completing_a_task_crosses_five(desk: Desk) -> None:
    task = desk.drafted()
    with watched() as rooms:
        answer = desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "第一批"}})
    assert answer.status_code == 200, answer.text
    assert rooms == {"api", "actions", "domain", "engine", "store"}, too_many(rooms)


def test_deploying_a_diagram_crosses_five(desk: Desk) -> None:
    files = [("files", (p.name, p.read_bytes() + b"\n", "text/plain")) for p in sorted(SMALL.iterdir())]
    with watched() as rooms:
        answer = desk.of("sysadmin").post("/definitions", files=files)
    assert answer.status_code == 201, answer.text
    assert rooms == {"api", "actions", "domain", "engine", "store"}, too_many(rooms)


def test_reading_the_history_runs_no_engine(desk: Desk) -> None:
    case = desk.start()["case"]["id"]
    with watched() as rooms:
        answer = desk.of("clerk").get(f"/cases/{case}/events")
    assert answer.status_code == 200, answer.text
    assert rooms <= {"api", "actions", "domain", "store"}, too_many(rooms)


def test_doing_a_job_crosses_five(stage: Stage) -> None:
    stage.do("clerk", stage.open_task(stage.start().case.id).id, {"batch_name": "第一批"})
    worker = Worker(stage.database, lambda tx: stage.surroundings(tx, "system"), {"echo": ECHO})
    with watched() as rooms:
        assert worker.turn() == 1
    assert rooms == {"worker", "actions", "domain", "engine", "store"}, too_many(rooms)


def too_many(rooms: set[str]) -> str:
    return (
        f"this road crosses {', '.join(sorted(rooms))}. At most {MOST} rooms, each asked by the one above it: hand the value "
        "down as an argument instead of walking to the room that has it."
    )
