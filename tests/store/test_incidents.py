"""Incidents."""

from typing import Any

import pytest

from service.domain.cases import Incident, IncidentStatus
from service.domain.permission import Visible
from service.store import cases, incidents, jobs
from service.store.session import Database
from tests.store.county import NOW, add_cases, later, make_job

ALL = Visible(everything=True, organisations=frozenset(), person_id="")


def incident(id: str, case_id: str = "a", **more: Any) -> Incident:
    plain: dict[str, Any] = {
        "job_id": None, "task_id": None, "element_id": "check", "handler": "echo", "message": "外部系统未开放",
        "created_at": NOW, "status": IncidentStatus.OPEN,
    }  # fmt: skip
    return Incident(id=id, case_id=case_id, **plain | more)


@pytest.fixture
def county(county: Database) -> Database:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        jobs.add_jobs(tx, [make_job("j", "a"), make_job("k", "a")])
        for made in (incident("of job", job_id="j"), incident("of task", task_id="a.1", created_at=later(seconds=1))):
            incidents.add_incident(tx, made)
        incidents.add_incident(tx, incident("of case", created_at=later(seconds=2)))
        incidents.add_incident(tx, incident("elsewhere", "b"))
    return county


@pytest.mark.parametrize(
    ("cause", "left"),
    [
        ({"job_id": "j", "task_id": None}, ["of task", "of case"]),
        ({"job_id": None, "task_id": "a.1"}, ["of job", "of case"]),
        ({"job_id": "j", "task_id": "a.1"}, ["of case"]),
        ({"job_id": None, "task_id": None}, ["of job", "of task"]),
        ({"job_id": "k", "task_id": None}, ["of job", "of task", "of case"]),
    ],
)
def test_resolving_closes_those_of_this_cause_only(
    county: Database, cause: dict[str, str | None], left: list[str]
) -> None:
    with county.begin() as tx:
        incidents.resolve_incidents(tx, case_id="a", at=later(days=1), by="admin", **cause)
        assert [i.id for i in incidents.open_incidents(tx, "a")] == left
        assert [i.id for i in incidents.open_incidents(tx, "b")] == ["elsewhere"]


def test_a_resolved_one_says_when_and_by_whom_and_keeps_its_first_end(county: Database) -> None:
    with county.begin() as tx:
        for day, who in ((1, "admin"), (2, "other")):
            incidents.resolve_incidents(tx, case_id="a", job_id="j", task_id=None, at=later(days=day), by=who)
        found = incidents.get_incident(tx, "of job")
        assert incidents.get_incident(tx, "unknown") is None
    assert found
    assert (found.status, found.resolved_at, found.resolved_by) == (IncidentStatus.RESOLVED, later(days=1), "admin")


def test_lists_show_only_cases_that_may_be_seen(county: Database) -> None:
    weijian = Visible(everything=False, organisations=frozenset({"weijian"}), person_id="nobody")
    with county.begin() as tx:
        assert [i.id for i in incidents.list_incidents(tx, visible=ALL, wanted=incidents.Wanted(case_id="a")).items] == [
            "of case", "of task", "of job",
        ]  # fmt: skip
        assert incidents.list_incidents(tx, visible=ALL, wanted=incidents.Wanted(status="resolved")).items == []
        assert incidents.list_incidents(tx, visible=weijian).items == []
        cases.grant_access(tx, "b", "weijian", "task")
        assert [i.id for i in incidents.list_incidents(tx, visible=weijian).items] == ["elsewhere"]
