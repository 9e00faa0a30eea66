"""User tasks."""

from dataclasses import replace

import pytest

from service.domain.cases import Candidate, TaskStatus
from service.domain.people import Actor, Holding, Role
from service.domain.permission import visible
from service.store import cases, tasks
from service.store.session import Database, Transaction
from tests.store.county import NOW, add_cases, later, make_task

CLERK = Actor("clerk", "经办（虚构）", "huotian-center", (Holding("center_clerk", "huotian-center"),))
ADMIN = Actor("admin", "管理员（虚构）", "huotian-center", roles=frozenset({Role.SYSTEM_ADMIN}))


@pytest.fixture
def county(county: Database) -> Database:
    with county.begin() as tx:
        add_cases(tx, "a", "b", initiator_id="somebody")
    return county


def listed(tx: Transaction, view: str, actor: Actor = CLERK) -> list[str]:
    page = tasks.list_tasks(tx, actor=actor, view=view, visible=visible(actor))
    return [task.id for task in page.items]


def test_a_task_comes_back_with_its_fields_and_candidates(county: Database) -> None:
    candidates = (Candidate("center_clerk", "huotian-center"), Candidate("dept_clerk", "weijian"))
    task = make_task("a", 1, input={"大": [1, 0.5]}, draft={"x": None}, due_at=later(days=1), candidates=candidates)
    with county.begin() as tx:
        tasks.add_tasks(tx, [task, make_task("a", 2, candidates=())])
        tasks.add_tasks(tx, [])
        assert tasks.get_task(tx, "a.1") == task
        assert tasks.get_task(tx, "a.3") is None
        assert [t.number for t in tasks.tasks_of_case(tx, "a")] == [1, 2]


def test_a_candidate_named_twice_is_one(county: Database) -> None:
    twice = (Candidate("center_clerk", "huotian-center"),) * 2
    with county.begin() as tx:
        tasks.add_tasks(tx, [make_task("a", 1, candidates=twice)])
        found = tasks.get_task(tx, "a.1")
    assert found
    assert found.candidates == twice[:1]


def test_it_is_saved_once_per_version_and_only_assignee_and_draft_change(county: Database) -> None:
    task = make_task("a", 1)
    with county.begin() as tx:
        tasks.add_tasks(tx, [task])
        changed = replace(task, assignee_id="clerk", draft={"x": 1}, version=2, name="forged")
        assert tasks.save_task(tx, changed, expected_version=1)
        assert not tasks.save_task(tx, changed, expected_version=1)
        assert tasks.get_task(tx, "a.1") == replace(changed, name="审核")


def test_closing_ends_only_what_is_open_and_drops_drafts(county: Database) -> None:
    with county.begin() as tx:
        tasks.add_tasks(tx, [make_task("a", n, draft={"secret": n}) for n in (1, 2, 3)] + [make_task("b", 1)])
        tasks.close_tasks(tx, "a", {1: "completed", 2: "cancelled"}, at=NOW, by="clerk")
        tasks.close_tasks(tx, "a", {1: "cancelled"}, at=later(days=1), by="other")
        one, two, three = tasks.tasks_of_case(tx, "a")
        assert tasks.tasks_of_case(tx, "a", open_only=True) == [three]
        assert tasks.tasks_of_case(tx, "b", open_only=True) != []
    assert (one.status, one.ended_by, one.ended_at, one.draft, one.version) == (
        TaskStatus.COMPLETED, "clerk", NOW, None, 2,
    )  # fmt: skip
    assert (two.status, two.draft) == (TaskStatus.CANCELLED, None)
    assert three.draft == {"secret": 3}


def test_it_knows_who_completed_what_for_separation_of_duties(county: Database) -> None:
    with county.begin() as tx:
        drafts = [make_task("a", number, element_id="draft") for number in (1, 3, 4)]
        tasks.add_tasks(tx, [*drafts, make_task("a", 2, element_id="review")])
        tasks.close_tasks(tx, "a", {1: "completed", 2: "cancelled", 3: "completed"}, at=NOW, by="clerk")
        tasks.close_tasks(tx, "a", {4: "completed"}, at=NOW, by="other")
        assert tasks.completed_by(tx, "a") == [("draft", "clerk"), ("draft", "other")]
        assert cases.worked_on(tx, "a", "clerk")
        assert not cases.worked_on(tx, "b", "clerk")


def test_the_views_show_each_person_what_is_theirs(county: Database) -> None:
    with county.begin() as tx:
        tasks.add_tasks(
            tx,
            [
                make_task("a", 1),
                make_task("a", 2, assignee_id="clerk"),
                make_task("a", 3, assignee_id="other"),
                make_task("a", 4, candidates=(Candidate("center_director", "huotian-center"),)),
                make_task("b", 1, candidates=(Candidate("center_clerk", "heping"),)),
                make_task("a", 5),
            ],
        )
        tasks.close_tasks(tx, "a", {5: "completed"}, at=NOW, by="clerk")
        assert listed(tx, "mine") == ["a.2"]
        assert listed(tx, "claimable") == ["a.1"]
        assert listed(tx, "organisation") == ["a.4", "a.3", "a.2", "a.1"]
        assert listed(tx, "done") == ["a.5"]
        assert listed(tx, "visible") == ["a.4", "a.3", "a.2", "a.1"]
        cases.grant_access(tx, "b", "huotian-center", "task")
        assert "b.1" in listed(tx, "visible")
        for view in ("mine", "claimable", "organisation", "done", "visible"):
            assert listed(tx, view, ADMIN) == []


def test_an_unknown_view_is_refused(county: Database) -> None:
    with county.read() as tx, pytest.raises(ValueError, match="everything"):
        listed(tx, "everything")


def test_overdue_are_open_tasks_past_their_time(county: Database) -> None:
    with county.begin() as tx:
        times = [None, NOW, later(seconds=1)]
        tasks.add_tasks(tx, [make_task("a", n, due_at=due) for n, due in enumerate(times, start=1)])
        tasks.add_tasks(tx, [make_task("a", 4, due_at=later(days=-1), status=TaskStatus.COMPLETED)])
        page = tasks.list_tasks(
            tx, actor=CLERK, view="organisation", visible=visible(CLERK), overdue_at=later(seconds=1)
        )
    assert [task.id for task in page.items] == ["a.2"]


def test_filters_narrow_a_view(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "c", township_id="heping", process_key="large")
        tasks.add_tasks(tx, [make_task("a", 1), make_task("b", 1), make_task("c", 1)])
        cases.set_subjects(tx, "b", "item", ["birth"])

        def narrowed(**more: str) -> list[str]:
            scope = visible(CLERK)
            page = tasks.list_tasks(
                tx, actor=CLERK, view="organisation", visible=scope, case_id=more.get("case_id"),
                township=more.get("township"), item=more.get("item"), process_key=more.get("process_key"),
            )  # fmt: skip
            return [task.id for task in page.items]

        assert narrowed(case_id="a") == ["a.1"]
        assert narrowed(township="heping") == ["c.1"]
        assert narrowed(item="birth") == ["b.1"]
        assert narrowed(process_key="large") == ["c.1"]


def test_pages_carry_each_task_s_own_candidates(county: Database) -> None:
    with county.begin() as tx:
        places = ["huotian", "heping", "weijian", "nongye"]
        made = [
            make_task("a", n, candidates=(Candidate("center_clerk", "huotian-center"), Candidate("x", place)))
            for n, place in enumerate(places)
        ]
        tasks.add_tasks(tx, made)
        scope = visible(CLERK)
        first = tasks.list_tasks(tx, actor=CLERK, view="claimable", visible=scope, limit=3)
        rest = tasks.list_tasks(tx, actor=CLERK, view="claimable", visible=scope, limit=3, after=first.next)
    found = {task.number: task.candidates[1].organisation_id for task in (*first.items, *rest.items)}
    assert found == dict(enumerate(places))
