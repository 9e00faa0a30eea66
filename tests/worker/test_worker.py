"""What a worker does with each kind of job, and with each kind of failure."""

import threading
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from handlers.contract import Context, Effect, Output, TryLater

from service.actions.correlate_message import CorrelateMessage, correlate_message
from service.actions.parts import facts
from service.actions.resume_case import ResumeCase, resume_case
from service.actions.retry_incident import RetryIncident, retry_incident
from service.actions.suspend_case import SuspendCase, suspend_case
from service.actions.take_jobs import TakeJobs, take_jobs
from service.domain.cases import CaseStatus, JobStatus
from service.store import notices, people
from service.store.session import Database
from tests.worker.floor import Floor, echo, tell_once

DAY = timedelta(days=1)


def test_it_plays_a_case_from_the_first_job_to_the_last_timer(floor: Floor) -> None:
    case_id = floor.begin()
    assert floor.work() == 1
    stage = floor.people()
    stage.do("director", stage.open_task(case_id).id, {"decision": "agree"})
    assert floor.work() == 0
    floor.ahead += 31 * DAY
    floor.work()
    assert stage.case(case_id).status is CaseStatus.COMPLETED
    assert floor.jobs_of(case_id)["trial"].status is JobStatus.DONE
    floor.must_hold(case_id)


def test_it_hands_a_message_to_the_case_that_waits(floor: Floor) -> None:
    case_id = floor.begin()
    floor.work()
    order = CorrelateMessage("withdrawn", case_id, {})
    floor.people().act("clerk", correlate_message, order)
    assert floor.work() == 1
    assert floor.people().case(case_id).status is CaseStatus.COMPLETED
    floor.must_hold(case_id)


def test_it_reminds_and_at_the_end_calls_the_efficiency_office(floor: Floor) -> None:
    case_id = floor.begin()
    floor.work()
    floor.ahead += 10 * DAY
    floor.work()
    assert floor.told(case_id, "task.overdue") == 1
    assert floor.waits_at(case_id) == "review"
    floor.must_hold(case_id)


def test_the_handler_sees_its_input_and_no_transaction_is_open_meanwhile(floor: Floor) -> None:
    seen: list[tuple[str, str, str]] = []

    def look(given: Mapping[str, Any], context: Context) -> Output:
        with floor.database.begin() as tx:  # would wait for ever on SQLite if the worker held one
            notices.list_notifications(tx, actor=floor.frame(tx).actor)
        seen.append((given["batch_name"], context.element, context.case_id))
        return Output({"checked": True})

    floor.handlers["echo"] = echo(look)
    case_id = floor.begin("第一批")
    floor.work()
    assert seen == [("第一批", "check", case_id)]


def test_it_waits_longer_after_each_failure_and_then_names_element_error_and_handler(floor: Floor) -> None:
    keys: list[str] = []

    def fail(_given: Mapping[str, Any], context: Context) -> Output:
        keys.append(context.key)
        raise TryLater("外部系统未开放")

    floor.handlers["echo"] = echo(fail)
    case_id = floor.begin()
    assert floor.work() == 1
    job = floor.jobs_of(case_id)["check"]
    assert timedelta(seconds=4) < job.due_at - floor.now() <= timedelta(seconds=5)
    assert job.lease_owner is None
    assert floor.work() == 0
    floor.ahead += timedelta(seconds=6)
    floor.work()
    (incident,) = floor.incidents_of(case_id)
    assert (incident.element_id, incident.handler, incident.message) == ("check", "echo", "外部系统未开放")
    assert floor.jobs_of(case_id)["check"].status is JobStatus.FAILED
    assert keys == [job.id] * 2
    floor.must_hold(case_id)


def test_an_incident_retried_gets_all_tries_again(floor: Floor) -> None:
    floor.handlers["echo"] = echo(lambda _given, _context: Output(error="nobody catches this"), lease_seconds=30)
    case_id = floor.begin()
    floor.work()
    floor.ahead += DAY
    floor.work()
    (incident,) = floor.incidents_of(case_id)
    floor.handlers["echo"] = echo(tell_once)
    floor.people().act("sysadmin", retry_incident, RetryIncident(incident.id, "已修复"))
    assert floor.work() == 1
    assert floor.waits_at(case_id) == "review"
    assert floor.incidents_of(case_id) == []


@pytest.mark.parametrize(
    ("accident", "words"),
    [
        (ZeroDivisionError("by zero"), "ZeroDivisionError (test_worker.py:"),
        (SystemExit(1), "试图退出程序"),
        (RecursionError("deep"), "RecursionError (test_worker.py:"),
        (MemoryError(), "MemoryError"),
    ],
)
def test_an_accident_in_a_handler_is_a_failed_try_and_the_worker_lives(
    floor: Floor, accident: BaseException, words: str
) -> None:
    def stumble(_given: Mapping[str, Any], _context: Context) -> Output:
        raise accident

    floor.handlers["echo"] = echo(stumble)
    case_id = floor.begin()
    floor.work()
    assert words in floor.jobs_of(case_id)["check"].last_error
    assert floor.people().case(case_id).status is CaseStatus.ACTIVE


def test_output_that_cannot_be_stored_is_a_failed_try_and_changes_nothing(floor: Floor) -> None:
    outputs = [
        Output({"checked": object()}),
        Output({"checked": float("nan")}),
        Output({}, (Effect("moon", {}),)),
        Output({}, (Effect("notify", {"text": None}),)),
    ]
    for output in outputs:
        floor.handlers["echo"] = echo(lambda _given, _context, output=output: output)
        case_id = floor.begin()
        before = floor.people().case(case_id)
        floor.work()
        job = floor.jobs_of(case_id)["check"]
        assert (job.status, job.attempts, job.last_error != "") == (JobStatus.DUE, 1, True), output
        assert floor.people().case(case_id) == before, output


def test_facts_that_cannot_be_gathered_fail_their_own_job_and_stop_no_other(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_frame: object, case: Any, given: Mapping[str, Any]) -> str:
        return f"{int(given['batch_name'])}"

    monkeypatch.setitem(facts.FACTS, "batch_number", stumble)
    floor.handlers["echo"] = echo(tell_once, facts=("batch_number",))
    bad, good = floor.begin("not a number"), floor.begin("7")
    floor.work()
    assert "ValueError" in floor.jobs_of(bad)["check"].last_error
    assert floor.waits_at(good) == "review"


def test_a_handler_this_program_does_not_know_is_an_incident_at_once(floor: Floor) -> None:
    floor.handlers.clear()
    case_id = floor.begin()
    assert floor.work() == 1
    (incident,) = floor.incidents_of(case_id)
    assert "没有名为“echo”的处理程序" in incident.message
    assert floor.jobs_of(case_id)["check"].attempts == 1


def test_a_case_suspended_while_its_handler_runs_gives_the_job_back_uncounted(floor: Floor) -> None:
    calls: list[str] = []

    def suspend(_given: Mapping[str, Any], context: Context) -> Output:
        calls.append(context.case_id)
        if len(calls) < 4:
            floor.people().act("reviewer", suspend_case, SuspendCase(context.case_id, "核查"))
        return Output({"checked": True})

    floor.handlers["echo"] = echo(suspend)
    case_id = floor.begin()
    for _ in range(3):
        assert floor.work() == 1
        job = floor.jobs_of(case_id)["check"]
        assert (job.status, job.attempts, job.lease_owner) == (JobStatus.DUE, 0, None)
        assert floor.work() == 0
        floor.people().act("reviewer", resume_case, ResumeCase(case_id, "继续"))
    assert floor.work() == 1
    assert floor.waits_at(case_id) == "review"
    assert floor.incidents_of(case_id) == []
    floor.must_hold(case_id)


@pytest.mark.parametrize("other_is_done", [True, False])
def test_a_slow_worker_behind_a_fence_changes_nothing(floor: Floor, other_is_done: bool) -> None:
    """Its lease ends without renewal (the machine slept); another takes the job; then it wakes up."""
    asleep, wake = threading.Event(), threading.Event()

    def doze(_given: Mapping[str, Any], _context: Context) -> Output:
        asleep.set()
        assert wake.wait(30)
        return Output({"checked": "slow"}, (Effect("notify", {"text": "slow"}),))

    slow = Floor(floor.database, handlers={"echo": echo(doze, lease_seconds=3600)})
    case_id = floor.begin()
    thread = threading.Thread(target=slow.worker("slow").turn)
    thread.start()
    assert asleep.wait(30)
    floor.ahead += timedelta(hours=2)

    def quick(given: Mapping[str, Any], context: Context) -> Output:
        if not other_is_done:
            wake.set()
            thread.join(30)
            assert floor.told(case_id, "job.finished") == 0
        return tell_once(given, context)

    floor.handlers["echo"] = echo(quick)
    assert floor.work() == 1
    after = floor.people().case(case_id)
    wake.set()
    thread.join(30)
    assert floor.people().case(case_id) == after
    assert floor.people().open_task(case_id).input["checked"] is True
    assert floor.told(case_id, "job.finished") == 1
    assert texts_of(floor.database) == ["x"]
    floor.must_hold(case_id)


def texts_of(database: Database) -> list[str]:
    """All notices to the clerk of the centre."""
    with database.read() as tx:
        clerk = people.actor(tx, "clerk")
        assert clerk
        return [notice.text for notice in notices.list_notifications(tx, actor=clerk, limit=1000).items]


def test_a_long_handler_keeps_its_lease_and_no_other_gets_the_job(floor: Floor) -> None:
    """It runs for many leases; every renewal is seen in the table."""
    seen: list[Any] = []

    def long(_given: Mapping[str, Any], context: Context) -> Output:
        while len(set(seen)) < 5:
            seen.append(floor.jobs_of(context.case_id)["check"].lease_until)
            assert floor.worker("other").turn() == 0
        return Output({"checked": True})

    floor.handlers["echo"] = echo(long, lease_seconds=0.6)
    case_id = floor.begin()
    assert floor.work() == 1
    assert max(seen) - min(seen) > timedelta(seconds=0.6)
    job = floor.jobs_of(case_id)["check"]
    assert (job.status, job.attempts, job.fence) == (JobStatus.DONE, 1, 1)
    floor.must_hold(case_id)


def test_a_job_whose_last_try_never_came_back_ends_as_an_incident(floor: Floor) -> None:
    """As a file that kills every worker would make it: taken, and then silence."""
    case_id = floor.begin()
    for _ in range(2):
        with floor.database.begin() as tx:
            assert take_jobs(floor.frame(tx), TakeJobs("doomed"))
        floor.ahead += timedelta(minutes=1)
    assert floor.work() == 1
    (incident,) = floor.incidents_of(case_id)
    assert "2次都没有回音" in incident.message
    assert floor.work() == 0
