"""Jobs and timers: who gets which, and who may finish them."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.domain.cases import CaseStatus, Job, JobKind, JobStatus
from service.store import cases, jobs
from service.store.session import Database
from tests.store.county import NOW, add_cases, later, make_case, make_job
from tests.store.together import at_once

LEASE = timedelta(seconds=30)


def add(database: Database, *made: Job) -> None:
    with database.begin() as tx:
        jobs.add_jobs(tx, made)


def claim(database: Database, *, owner: str = "w", now: datetime = NOW, **more: Any) -> list[Job]:
    with database.begin() as tx:
        return jobs.claim_jobs(tx, owner=owner, now=now, lease=LEASE, **more)


def with_cases(database: Database) -> Database:
    with database.begin() as tx:
        add_cases(tx, "a", "b", "c")
    return database


@pytest.fixture
def county(county: Database) -> Database:
    return with_cases(county)


def test_it_hands_out_what_is_due_oldest_first_under_a_lease(county: Database) -> None:
    add(county, make_job("young", "a"), make_job("old", "b", due_at=later(seconds=-5)))
    add(county, make_job("future", "c", due_at=later(seconds=1)))
    first, second = claim(county), claim(county)
    assert [j.id for j in (*first, *second)] == ["old", "young"]
    assert (first[0].lease_owner, first[0].lease_until, first[0].attempts, first[0].fence) == ("w", NOW + LEASE, 1, 1)
    assert claim(county) == []
    with county.read() as tx:
        assert jobs.get_job(tx, "old") == first[0]


def test_a_case_has_one_job_at_work_at_a_time(county: Database) -> None:
    add(county, make_job("a1", "a"), make_job("a2", "a"), make_job("b1", "b"))
    assert [j.id for j in claim(county, limit=10)] == ["a1", "b1"]
    assert claim(county) == []
    with county.begin() as tx:
        assert jobs.finish_job(tx, "a1", fence=1, status=JobStatus.DONE)
    assert [j.id for j in claim(county)] == ["a2"]


def test_a_busy_case_with_many_jobs_does_not_keep_the_others_waiting(county: Database) -> None:
    add(county, *(make_job(f"a{n:02}", "a", due_at=later(seconds=-99)) for n in range(20)), make_job("b1", "b"))
    assert [j.id for j in claim(county)] == ["a00"]
    assert [j.id for j in claim(county)] == ["b1"]


def test_a_lease_that_ended_is_handed_out_again_behind_a_higher_fence(county: Database) -> None:
    add(county, make_job("j", "a"))
    (slow,) = claim(county, owner="slow")
    assert claim(county, owner="fast", now=NOW + LEASE - timedelta(microseconds=1)) == []
    (fast,) = claim(county, owner="fast", now=NOW + LEASE)
    assert (fast.fence, fast.attempts) == (2, 2)
    with county.begin() as tx:
        assert not jobs.finish_job(tx, "j", fence=slow.fence, status=JobStatus.DONE)
        assert not jobs.retry_later(tx, "j", fence=slow.fence, due_at=NOW, error="late", payload={})
        assert not jobs.give_back(tx, "j", fence=slow.fence)
        assert not jobs.renew_lease(tx, "j", owner="slow", fence=slow.fence, until=later(days=1))
        assert jobs.get_job(tx, "j") == fast
        assert jobs.finish_job(tx, "j", fence=fast.fence, status=JobStatus.DONE)
        assert not jobs.finish_job(tx, "j", fence=fast.fence, status=JobStatus.DONE)


def test_a_job_is_handed_out_even_when_its_tries_are_used_up_so_that_somebody_can_fail_it(county: Database) -> None:
    add(county, make_job("j", "a", attempts=3, max_attempts=3))
    (taken,) = claim(county)
    assert taken.attempts > taken.max_attempts


def test_a_handler_may_ask_for_another_lease(county: Database) -> None:
    add(county, make_job("j", "a", handler="slow_reader"))
    (taken,) = claim(county, lease_of={"slow_reader": timedelta(minutes=2), "echo": timedelta(seconds=1)})
    assert taken.lease_until == later(minutes=2)


def test_a_renewed_lease_keeps_the_job(county: Database) -> None:
    add(county, make_job("j", "a"))
    claim(county, owner="w")
    with county.begin() as tx:
        assert not jobs.renew_lease(tx, "j", owner="other", fence=1, until=later(minutes=5))
        assert jobs.renew_lease(tx, "j", owner="w", fence=1, until=later(minutes=5))
    assert claim(county, now=later(minutes=4)) == []


@pytest.mark.parametrize("status", [CaseStatus.SUSPENDED, CaseStatus.COMPLETED, CaseStatus.CANCELLED])
def test_only_active_cases_give_jobs(county: Database, status: CaseStatus) -> None:
    add(county, make_job("j", "a"))
    with county.begin() as tx:
        assert cases.save_step(tx, make_case("a", status=status, version=1), expected_version=0)
    assert claim(county) == []


@pytest.mark.parametrize("status", [JobStatus.DONE, JobStatus.FAILED, JobStatus.CANCELLED])
def test_what_is_over_is_not_handed_out(county: Database, status: JobStatus) -> None:
    add(county, make_job("j", "a", status=status))
    assert claim(county) == []


def test_it_hands_out_only_the_kinds_asked_for(county: Database) -> None:
    add(county, make_job("h", "a"), make_job("t", "b", kind=JobKind.TIMER))
    assert [j.id for j in claim(county, kinds=(JobKind.TIMER, JobKind.DELIVER))] == ["t"]
    assert claim(county, kinds=()) == []


def test_of_many_claimers_at_once_each_job_goes_to_one_and_each_case_to_one(county: Database) -> None:
    add(county, *(make_job(f"{case}{n}", case) for case in "abc" for n in range(4)))
    taken = [job for got in at_once([lambda: claim(county, limit=2)] * 8) for job in got]
    assert len({job.id for job in taken}) == len(taken)
    assert len({job.case_id for job in taken}) == len(taken) <= 3
    while more := claim(county):
        taken += more
    assert {job.case_id for job in taken} == {"a", "b", "c"}
    assert len({job.case_id for job in taken}) == len(taken)


def test_a_claimer_passes_by_what_another_is_just_taking(many_writers: Database) -> None:
    """SKIP LOCKED: the other's transaction is still open, and nobody waits for it."""
    with_cases(many_writers)
    add(many_writers, make_job("a1", "a"), make_job("a2", "a"), make_job("b1", "b"))
    with many_writers.begin() as slow:
        (first,) = jobs.claim_jobs(slow, owner="slow", now=NOW, lease=LEASE)
        assert [j.id for j in claim(many_writers, limit=5)] == ["b1"]
    assert first.id == "a1"
    assert claim(many_writers) == []


def test_a_claimer_never_waits_for_a_step_of_the_case(many_writers: Database) -> None:
    with_cases(many_writers)
    add(many_writers, make_job("a1", "a"), make_job("b1", "b"))
    with many_writers.begin() as step:
        cases.lock_case(step, "a")
        jobs.lock_job(step, "a1")
        assert [j.id for j in claim(many_writers, limit=5)] == ["b1"]


def test_two_cases_that_tell_each_other_something_never_wait_in_a_ring(many_writers: Database) -> None:
    """Each step holds its own case and adds a job to the other's."""
    with_cases(many_writers)
    both_hold = threading.Barrier(2)

    def step(own: str, other: str) -> None:
        with many_writers.begin() as tx:
            cases.lock_case(tx, own)
            both_hold.wait(10)
            jobs.add_jobs(tx, [make_job(f"for-{other}", other)])

    at_once([lambda: step("a", "b"), lambda: step("b", "a")])
    assert {j.id for j in claim(many_writers, limit=5)} == {"for-a", "for-b"}


def test_giving_back_does_not_count_as_a_try_and_failing_does(county: Database) -> None:
    add(county, make_job("j", "a"))
    claim(county)
    with county.begin() as tx:
        assert jobs.give_back(tx, "j", fence=1)
    (again,) = claim(county)
    assert (again.attempts, again.fence) == (1, 2)
    with county.begin() as tx:
        assert jobs.retry_later(tx, "j", fence=2, due_at=later(seconds=5), error="later", payload={"a": 1})
    assert claim(county) == []
    (third,) = claim(county, now=later(seconds=5))
    assert (third.attempts, third.last_error) == (2, "later")


def test_resetting_gives_all_tries_again_and_shuts_out_the_worker_of_before(county: Database) -> None:
    add(county, make_job("j", "a"))
    claim(county)
    with county.begin() as tx:
        jobs.reset_job(tx, "j", due_at=NOW)
        assert not jobs.finish_job(tx, "j", fence=1, status=JobStatus.DONE)
    (again,) = claim(county)
    assert (again.attempts, again.fence) == (1, 3)


def test_closing_ends_jobs_leased_or_failed_but_not_those_that_are_done(county: Database) -> None:
    add(county, make_job("leased", "a", number=1), make_job("failed", "a", number=2, status=JobStatus.FAILED))
    add(county, make_job("done", "a", number=3, status=JobStatus.DONE), make_job("other", "a", number=4))
    add(county, make_job("b", "b", number=1))
    claim(county)
    with county.begin() as tx:
        jobs.close_jobs(tx, "a", [1, 2, 3], status=JobStatus.CANCELLED)
        jobs.close_jobs(tx, "a", [], status=JobStatus.CANCELLED)
        found = {j.id: j for j in jobs.list_jobs(tx).items}
    assert {id: j.status for id, j in found.items()} == {
        "leased": JobStatus.CANCELLED, "failed": JobStatus.CANCELLED, "done": JobStatus.DONE, "other": JobStatus.DUE,
        "b": JobStatus.DUE,
    }  # fmt: skip
    assert found["leased"].lease_owner is None
    with county.begin() as tx:
        jobs.cancel_jobs_of_case(tx, "a")
        assert [j.id for j in jobs.open_jobs(tx, "a")] == []
        assert [j.id for j in jobs.open_jobs(tx, "b")] == ["b"]


def test_next_due_is_the_earliest_that_nobody_holds(county: Database) -> None:
    with county.read() as tx:
        assert jobs.next_due(tx, NOW) is None
    add(county, make_job("held", "a"), make_job("later", "b", due_at=later(hours=1)))
    claim(county)
    with county.read() as tx:
        assert jobs.next_due(tx, NOW) == later(hours=1)
        assert jobs.next_due(tx, NOW + LEASE) == NOW


def test_lists_filter_by_case_and_status(county: Database) -> None:
    add(county, make_job("1", "a"), replace(make_job("2", "a"), status=JobStatus.DONE), make_job("3", "b"))
    with county.read() as tx:
        assert [j.id for j in jobs.list_jobs(tx, case_id="a").items] == ["2", "1"]
        assert [j.id for j in jobs.list_jobs(tx, status="due").items] == ["3", "1"]


def test_a_former_life_lets_go_of_its_jobs_and_of_no_others(county: Database) -> None:
    add(county, make_job("mine", "a"), make_job("theirs", "b"))
    claim(county, owner="service-0")
    claim(county, owner="worker-9")
    with county.begin() as tx:
        assert jobs.free_leases(tx, owner="service-0") == 1
    (again,) = claim(county, owner="service-0")
    assert (again.id, again.fence) == ("mine", 2)
    with county.begin() as tx:
        assert not jobs.finish_job(tx, "mine", fence=1, status=JobStatus.DONE), "its former life may not finish it"
