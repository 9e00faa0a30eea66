"""A small county and rows for tests of the store."""

from datetime import UTC, datetime, timedelta
from typing import Any

from service.domain.cases import Candidate, Case, CaseStatus, Job, JobKind, JobStatus, Task, TaskStatus
from service.domain.history import FIRST_PREV
from service.domain.people import Holding, Organisation, OrgKind, Person
from service.store import cases, definitions, organisations, people
from service.store.session import Database, Transaction

NOW = datetime(2022, 10, 14, 1, 0, 0, 123456, tzinfo=UTC)
ORGANISATIONS = ("yunxiao", "huotian", "huotian-center", "heping", "weijian", "nongye")


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def found_county(database: Database) -> None:
    """Organisations, one person in each, and one bundle that cases may point to."""
    with database.begin() as tx:
        for id in ORGANISATIONS:
            kind = OrgKind.COUNTY if id == "yunxiao" else OrgKind.CENTER if id.endswith("center") else OrgKind.TOWNSHIP
            parent = None if id == "yunxiao" else "huotian" if id == "huotian-center" else "yunxiao"
            organisations.add_organisation(tx, Organisation(id, id, id, kind, parent_id=parent))
            holding = Holding("dept_clerk", id)
            people.add_person(tx, Person(f"p-{id}", f"{id}（虚构）", id, fictional=True), holdings=[holding])
        definitions.add_bundle(tx, "digest", {"a.bpmn": b"<a/>"}, at=NOW)


def make_case(id: str, **more: Any) -> Case:
    plain: dict[str, Any] = {
        "business_key": f"key-{id}", "title": f"案件{id}", "process_key": "small", "definition_version": 1,
        "bundle_digest": "digest", "status": CaseStatus.ACTIVE, "stage": "", "township_id": "huotian",
        "department_id": None, "initiator_id": "p-huotian-center", "parent_case_id": None, "started_at": NOW,
        "ended_at": None, "version": 0, "event_seq": 0, "event_hash": FIRST_PREV, "state": b"\x00state",
        "state_digest": "d",
    }  # fmt: skip
    return Case(id=id, **plain | more)


def make_job(id: str, case_id: str, **more: Any) -> Job:
    plain: dict[str, Any] = {
        "kind": JobKind.HANDLER, "number": 1, "element_id": "check", "handler": "echo", "payload": {"input": {}},
        "due_at": NOW, "status": JobStatus.DUE, "attempts": 0, "max_attempts": 3, "fence": 0, "lease_owner": None,
        "lease_until": None, "last_error": "", "created_at": NOW,
    }  # fmt: skip
    return Job(id=id, case_id=case_id, **plain | more)


def make_task(case_id: str, number: int, **more: Any) -> Task:
    plain: dict[str, Any] = {
        "element_id": "review", "name": "审核", "lane": "", "form_key": "review", "status": TaskStatus.OPEN,
        "assignee_id": None, "created_at": NOW, "due_at": None, "ended_at": None, "ended_by": None, "version": 1,
        "candidates": (Candidate("center_clerk", "huotian-center"),),
    }  # fmt: skip
    return Task(id=f"{case_id}.{number}", case_id=case_id, number=number, **plain | more)


def add_cases(tx: Transaction, *ids: str, **more: Any) -> None:
    for id in ids:
        cases.add_case(tx, make_case(id, **more))
