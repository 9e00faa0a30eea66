"""The tour against a real service: it comes out as told, goes on after any interruption, and does nothing twice."""

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from rich.console import Console

from service.actions.replay_case import replay_case
from service.demo.client import Client
from service.demo.county import DEMO_PASSWORD
from service.demo.reader import STEPS
from service.demo.telling import Event, Opening, Refused, StepDone
from service.demo.tour import Result, play, play_story
from service.running import served
from service.settings import Settings
from service.store import cases, events
from service.touring import prepare
from service.wiring import House, build

pytestmark = [pytest.mark.road, pytest.mark.timeout(600)]


class Interrupted(Exception):
    """Somebody switched the tour off."""


@contextmanager
def house_of(url: str) -> Iterator[House]:
    house = build(Settings(database_url=url, demo=True, log_level="error"))
    try:
        prepare(house)
        yield house
    finally:
        house.close()


def told(base_url: str, *, stop_at: int | None = None) -> tuple[Result | None, list[Event]]:
    """Play until the end or until ``stop_at`` steps are done; what was told on the way."""
    heard: list[Event] = []

    def listen(event: Event) -> None:
        heard.append(event)
        if isinstance(event, StepDone) and event.number == stop_at:
            raise Interrupted

    try:
        with Client(base_url, DEMO_PASSWORD) as client:
            return play_story(client, pace=0.0, on_event=listen), heard
    except Interrupted:
        return None, heard


def acts(house: House) -> Counter[str]:
    """How often each act stands in the history of the cases; sign-ins and tokens are no acts."""
    with house.database.read() as tx:
        found = [event for id in cases.all_case_ids(tx) for event in events.read_chain(tx, f"case/{id}")]
    return Counter(event.body.partition('"type":"')[2].partition('"')[0] for event in found)


def test_it_holds_every_expectation_however_often_it_was_interrupted(database_url: str) -> None:
    with house_of(database_url) as house:
        with served(house) as url:
            for stop_at in (1, 21, 45, 61, 70):
                result, heard = told(url, stop_at=stop_at)
                assert result is None
                assert isinstance(heard[0], Opening)
            result, heard = told(url)
            assert result is not None
            assert result.failed == ()
            assert result.steps == STEPS
            assert acts(house)["task.completed"] == STEPS
            before = acts(house)
            again, heard = told(url)
        assert again is not None
        assert again.failed == ()
        assert [type(event) for event in heard] == [Opening]
        assert acts(house) == before
        with house.database.read() as tx:
            assert all(replay_case(tx, id, bundles=house.bundles).same for id in cases.all_case_ids(tx))


def test_it_lets_nobody_take_anothers_step(sqlite_url: str) -> None:
    with house_of(sqlite_url) as house, served(house) as url:
        _, heard = told(url, stop_at=1)
        (refused,) = [event for event in heard if isinstance(event, Refused)]
        assert refused.status == 403
        assert "不在任务" in refused.why
        with Client(url, DEMO_PASSWORD) as client:
            (denied,) = client.pages("auditadmin", "/events", type="attempt.denied", actor=refused.person.login)
        assert denied["body"]["what"].endswith("/tasks/{task_id}/claim")


def test_it_tells_a_wrong_password_in_one_sentence(sqlite_url: str) -> None:
    out = io.StringIO()
    with house_of(sqlite_url) as house, served(house) as url:
        console = Console(file=out, width=200)
        assert not play(base_url=url, password="wrong", pace=0.0, database="sqlite", console=console)
    assert "演示中断" in out.getvalue()
    assert "Traceback" not in out.getvalue()


def test_it_says_where_it_stopped_when_somebody_else_took_a_task(sqlite_url: str) -> None:
    out = io.StringIO()
    with house_of(sqlite_url) as house, served(house) as url:
        told(url, stop_at=1)
        with Client(url, DEMO_PASSWORD) as client:
            (task,) = client.pages("fuwuzhongxin-clerk2", "/tasks", view="claimable")
            client.post("fuwuzhongxin-clerk2", f"/tasks/{task['id']}/claim", key="by-hand")
        console = Console(file=out, width=200)
        assert not play(base_url=url, password=DEMO_PASSWORD, pace=0.0, database="sqlite", console=console)
    assert "“例外确认”已由钟小篆（虚构）认领" in out.getvalue()
