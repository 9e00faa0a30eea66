"""Two services and two workers on one PostgreSQL behind the proxy: one of them dies by SIGKILL, and nobody loses or repeats anything."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from service.demo.cases import WATCHER
from service.demo.client import Client
from service.demo.county import DEMO_PASSWORD
from service.demo.reader import STEPS
from service.demo.telling import Event, StepDone
from service.demo.tour import play_story
from tests.commands.service import run
from tests.replicas.town import Hand, Replica, Town, town
from tests.store.together import until
from tests.story import batch_of

pytestmark = pytest.mark.timeout(600)
# After which step of the story who dies.
DEATHS: dict[int, Callable[[Town], Replica | Hand]] = {
    3: lambda town: town.replicas[0],
    15: lambda town: town.hands[0],
    30: lambda town: town.replicas[1],
    45: lambda town: town.hands[1],
    60: lambda town: town.replicas[0],
}
DRAFT = {"data": batch_of("shengyu-dengji"), "act": {}}


@pytest.fixture
def running(county_url: str, folder: Path) -> Iterator[Town]:
    with town(county_url, folder) as found:
        yield found


def begin(client: httpx.Client) -> tuple[str, str]:
    """A case and its first task, claimed."""
    answer = client.post("/api/v1/cases", json={"process": "seal_authorisation", "township": "huotian"})
    assert answer.status_code == 201, answer.text
    case = answer.json()["case"]["id"]
    task = f"{case}.{answer.json()['opened'][0]['number']}"
    assert client.post(f"/api/v1/tasks/{task}/claim").status_code == 200
    return case, task


def test_a_session_goes_on_when_its_replica_dies(running: Town) -> None:
    """No sign-in, no error: the session lies in the database, and the proxy asks the one that is left."""
    with running.signed_in() as client:
        for victim, other in ((0, 1), (1, 0)):
            running.replicas[victim].kill()
            statuses = Counter(client.get("/api/v1/me").status_code for _ in range(20))
            assert statuses == {200: 20}
            case, task = begin(client)
            done = client.post(f"/api/v1/tasks/{task}/complete", json=DRAFT)
            assert done.status_code == 200, done.text
            assert len(running.events(case, "task.completed")) == 1
            running.replicas[victim].start()
            until(lambda: _asked(running, client, victim))  # noqa: B023
            assert running.replicas[other].alive
    must_balance(running)


def _asked(running: Town, client: httpx.Client, number: int) -> bool:
    """Whether the proxy sends requests to this replica again."""
    client.get("/api/v1/me")
    return str(running.proxy.log()[-1]["replica"]).endswith(f":{running.replicas[number].port}")


@contextmanager
def under_way(client: httpx.Client, path: str, **headers: str) -> Iterator["Future[httpx.Response]"]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(client.post, path, json=DRAFT, headers=headers)


@pytest.mark.parametrize("key", ["k-1", ""])
def test_completing_while_the_replica_dies_is_done_once_or_clearly_not_done(running: Town, key: str) -> None:
    """It dies in the middle of the transaction, which we hold up. With a key the other replica does it; without one nothing is done,
    the answer says that it may be so or so, and doing it again is what a person would do.
    """
    headers = {"Idempotency-Key": key} if key else {}
    with running.signed_in() as client:
        case, task = begin(client)
        path = f"/api/v1/tasks/{task}/complete"
        with running.held(case) as let_go, under_way(client, path, **headers) as answering:
            (pid,) = until(running.waiting)
            running.replica_of(pid).kill()
            if not key:
                assert answering.result(60).status_code == 502
            else:
                until(lambda: [p for p in running.waiting() if p != pid])
            let_go()
            answer = answering.result(60)
        if key:
            assert answer.status_code == 200, answer.text
        else:
            assert answer.json()["code"] == "unavailable"
            until(lambda: pid not in running.waiting())
            assert running.events(case, "task.completed") == []
            assert client.post(path, json=DRAFT).status_code == 200
        assert len(running.events(case, "task.completed")) == 1
        assert client.post(path, json=DRAFT).status_code == 409
    must_balance(running)


def test_the_answer_that_was_lost_is_given_by_the_other_replica(running: Town) -> None:
    """It dies between the commit and the answer, where it notes that the session is alive, which we hold up."""
    with running.signed_in() as client:
        case, task = begin(client)
        path = f"/api/v1/tasks/{task}/complete"
        with running.held_session() as let_go, under_way(client, path, **{"Idempotency-Key": "k"}) as answering:
            (pid,) = until(running.waiting)
            assert len(running.events(case, "task.completed")) == 1, "committed, and nobody was told"
            running.replica_of(pid).kill()
            until(lambda: [p for p in running.waiting() if p != pid])
            let_go()
            answer = answering.result(60)
        assert (answer.status_code, answer.headers["idempotent-replayed"]) == (200, "true"), answer.text
        assert len(running.events(case, "task.completed")) == 1
    must_balance(running)


@pytest.mark.long
def test_the_whole_story_is_played_while_services_and_workers_are_killed(running: Town) -> None:
    """74 human steps in 15 cases, for minutes (``make long``); whenever somebody dies the next step still succeeds, and nothing is done twice."""
    returning: list[threading.Thread] = []

    def listen(event: Event) -> None:
        if isinstance(event, StepDone) and event.number in DEATHS:
            for thread in returning:
                thread.join()  # one dies at a time
            victim = DEATHS[event.number](running)
            victim.kill()
            returning.append(threading.Thread(target=victim.start))
            returning[-1].start()

    with Client(running.proxy.url, DEMO_PASSWORD, verify=running.proxy.trust) as client:
        result = play_story(client, pace=0.0, on_event=listen)
        acts = Counter(event["type"] for event in client.pages(WATCHER, "/events"))
    for thread in returning:
        thread.join()
    assert len(returning) == len(DEATHS)
    assert result.failed == ()
    assert result.steps == acts["task.completed"] == STEPS
    must_balance(running)


def test_both_workers_work_and_when_one_dies_the_other_takes_its_jobs(running: Town) -> None:
    with running.signed_in() as client:
        cases = []
        for _ in range(4):
            case, task = begin(client)
            assert client.post(f"/api/v1/tasks/{task}/complete", json=DRAFT).status_code == 200
            cases.append(case)
        running.hands[0].kill()
        until(lambda: all(running.events(case, "job.finished") for case in cases), seconds=90)
    assert running.hands[1].stop() == 0
    must_balance(running)


def must_balance(running: Town) -> None:
    """Every chain holds and every case's history gives its state."""
    verified = run(running.url, "verify")
    assert (verified.returncode, "没有断裂" in verified.stdout) == (0, True), verified.stdout
    replayed = run(running.url, "replay", "--all", ONESEAL_DEMO="true")
    assert (replayed.returncode, "0个不一致" in replayed.stdout) == (0, True), replayed.stdout
