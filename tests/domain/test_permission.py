"""Who may do what, and the reason for every no."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.cases import Candidate, Case, CaseStatus, Task, TaskStatus
from service.domain.history import FIRST_PREV
from service.domain.people import Actor, Holding, Role
from service.domain.permission import Facts, can, can_see, visible

NOW = datetime(2022, 10, 14, tzinfo=UTC)
CASE = Case(
    id="a1", business_key="授权-火田-2022-001", title="", process_key="p", definition_version=1, bundle_digest="d",
    status=CaseStatus.ACTIVE, stage="", township_id="huotian", department_id=None, initiator_id="clerk",
    parent_case_id=None, started_at=NOW, ended_at=None, version=1, event_seq=1, event_hash=FIRST_PREV,
)  # fmt: skip
TASK = Task(
    id="a1.3", case_id="a1", number=3, element_id="review", name="中心主任审核", lane="", form_key="f",
    status=TaskStatus.OPEN, assignee_id="director", created_at=NOW, due_at=None, ended_at=None, ended_by=None,
    version=1, candidates=(Candidate("center_director", "huotian-center"),),
)  # fmt: skip
DIRECTOR = Actor("director", "主任（虚构）", "huotian-center", (Holding("center_director", "huotian-center"),))
OTHER_TOWN = Actor("other", "主任（虚构）", "heping-center", (Holding("center_director", "heping-center"),))
FACTS = Facts(case=CASE, task=TASK, names={"director": "主任（虚构）", "draft": "编制清单"})


def test_the_assignee_completes() -> None:
    assert can(DIRECTOR, "task.complete", FACTS)


@pytest.mark.parametrize("verb", ["task.claim", "task.complete", "task.return", "task.draft", "task.unclaim"])
def test_the_same_post_of_another_township_does_nothing(verb: str) -> None:
    verdict = can(OTHER_TOWN, verb, FACTS)
    assert not verdict
    assert verdict.code == "not-candidate"
    assert "中心主任审核" in verdict.reason


@pytest.mark.parametrize("role", list(Role))
def test_an_administrator_takes_no_business_step_even_with_a_post(role: Role) -> None:
    both = replace(DIRECTOR, roles=frozenset({role}))
    assert can(both, "task.complete", FACTS).code == "administrator"


def test_a_person_who_drafted_does_not_review() -> None:
    facts = replace(FACTS, acts=(("draft", "director"),), separate_from=("draft",))
    verdict = can(DIRECTOR, "task.claim", facts)
    assert verdict.code == "separation"
    assert "编制清单" in verdict.reason


def test_an_unclaimed_task_is_claimed_first_and_another_persons_not_done() -> None:
    unclaimed = replace(FACTS, task=replace(TASK, assignee_id=None))
    assert can(DIRECTOR, "task.complete", unclaimed).code == "not-claimed"
    second = replace(DIRECTOR, person_id="second")
    assert can(second, "task.complete", FACTS).code == "other-assignee"


@pytest.mark.parametrize("status", [CaseStatus.SUSPENDED, CaseStatus.CANCELLED, CaseStatus.COMPLETED])
def test_nothing_is_done_in_a_case_that_does_not_run(status: CaseStatus) -> None:
    assert can(DIRECTOR, "task.complete", replace(FACTS, case=replace(CASE, status=status))).code == "case-not-active"


def test_a_return_goes_only_where_the_diagram_offers() -> None:
    offered = replace(FACTS, return_to=("draft",))
    assert can(DIRECTOR, "task.return", replace(offered, target="draft"))
    verdict = can(DIRECTOR, "task.return", replace(offered, target="sign"))
    assert verdict.code == "no-such-return"
    assert "编制清单" in verdict.reason


def test_only_the_named_posts_start() -> None:
    starters = Facts(starters=frozenset({Holding("center_director", "huotian-center")}))
    assert can(DIRECTOR, "case.start", starters)
    assert not can(OTHER_TOWN, "case.start", starters)


def test_the_coordinating_office_steers_and_the_initiator_may_cancel() -> None:
    reviewer = Actor("r", "审核（虚构）", "shengaiban", (Holding("reform_reviewer", "shengaiban"),))
    facts = replace(FACTS, reform_office_id="shengaiban")
    assert can(reviewer, "case.suspend", facts)
    assert not can(DIRECTOR, "case.suspend", facts)
    assert can(replace(DIRECTOR, person_id="clerk"), "case.cancel", facts)


def test_an_unknown_verb_is_refused() -> None:
    assert can(DIRECTOR, "everything", FACTS).code == "unknown-verb"


def test_an_outsider_sees_nothing_and_access_rows_show_a_case() -> None:
    assert not can_see(OTHER_TOWN, CASE, frozenset({"huotian"}))
    assert can_see(OTHER_TOWN, CASE, frozenset({"heping-center"}))
    assert can_see(replace(OTHER_TOWN, person_id="clerk"), CASE, frozenset())
    assert can_see(replace(OTHER_TOWN, auditor=True), CASE, frozenset())


def test_an_administrator_sees_no_case_content_through_the_organisation() -> None:
    admin = replace(DIRECTOR, roles=frozenset({Role.SYSTEM_ADMIN}))
    assert visible(admin).organisations == frozenset()
