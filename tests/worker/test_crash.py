"""A worker process dies, by kill -9, at each named place: nothing is lost, nothing done twice."""

import signal
from datetime import timedelta

import pytest
from sqlalchemy import text

from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.domain.cases import CaseStatus, JobStatus
from service.store import notices, people
from tests.worker.floor import Floor, echo, tell_once
from tests.worker.process import start

PLACES = ["after_claim", "after_handler", "before_commit", "after_commit"]


def die_at(place: str, floor: Floor, *, days: int = 0) -> None:
    process = start(floor.database.url, "work", days, failpoint=place)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("place", PLACES)
def test_a_handler_s_effects_happen_exactly_once(floor: Floor, place: str) -> None:
    floor.handlers["echo"] = echo(tell_once)
    case_id = floor.begin()
    before = floor.people().case(case_id)
    die_at(place, floor)
    done = place == "after_commit"
    job = floor.jobs_of(case_id)["check"]
    assert (job.status is JobStatus.DONE, job.lease_owner is None) == (done, done)
    assert (floor.people().case(case_id) == before) != done
    assert floor.work() == 0, "the dead worker's lease still holds"
    floor.ahead += timedelta(minutes=1)
    assert floor.work() == (0 if done else 1)
    assert floor.waits_at(case_id) == "review"
    assert floor.told(case_id, "job.finished") == 1
    assert notices_of("clerk", floor) == 1
    assert floor.incidents_of(case_id) == []
    floor.must_hold(case_id)


@pytest.mark.parametrize("place", ["after_claim", "before_commit", "after_commit"])
def test_a_message_arrives_exactly_once(floor: Floor, place: str) -> None:
    case_id = floor.begin()
    floor.work()
    floor.people().act("clerk", correlate_message, CorrelateMessage("withdrawn", case_id, {}))
    die_at(place, floor)
    floor.ahead += timedelta(minutes=1)
    floor.work()
    assert floor.people().case(case_id).status is CaseStatus.COMPLETED
    assert floor.told(case_id, "message.delivered") == 1
    floor.must_hold(case_id)


@pytest.mark.parametrize("place", ["after_claim", "before_commit", "after_commit"])
def test_a_timer_fires_exactly_once(floor: Floor, place: str) -> None:
    case_id = floor.begin()
    floor.work()
    stage = floor.people()
    stage.do("director", stage.open_task(case_id).id, {"decision": "agree"})
    die_at(place, floor, days=31)
    floor.ahead += timedelta(days=31, minutes=1)
    floor.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED
    assert floor.told(case_id, "timer.fired") == 1
    floor.must_hold(case_id)


def test_a_job_that_kills_every_worker_does_not_go_on_killing(floor: Floor) -> None:
    case_id = floor.begin()
    for _ in range(2):
        die_at("after_handler", floor)
        floor.ahead += timedelta(minutes=1)
        rewind(floor, case_id)
    floor.work()
    (incident,) = floor.incidents_of(case_id)
    assert incident.element_id == "check"
    floor.must_hold(case_id)


def rewind(floor: Floor, case_id: str) -> None:
    """The dead worker's lease is over at once: its clock is not the floor's."""
    with floor.database.begin() as tx:
        tx.connection.execute(text("UPDATE job SET lease_until = created_at WHERE case_id = :id"), {"id": case_id})


def notices_of(person: str, floor: Floor) -> int:
    with floor.database.read() as tx:
        actor = people.actor(tx, person)
        assert actor
        return len(notices.list_notifications(tx, actor=actor, limit=100).items)
