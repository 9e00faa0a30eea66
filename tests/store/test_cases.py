"""Cases, who may see them, and what they are about."""

import random
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from service.domain.cases import Candidate, Case, CaseStatus, TaskStatus
from service.domain.people import Actor, Holding, Role
from service.domain.permission import Visible, can_see, visible
from service.store import cases, tasks
from service.store.session import Database, Transaction
from tests.store.county import ORGANISATIONS, add_cases, later, make_case, make_task
from tests.store.together import at_once

ALL = Visible(everything=True, organisations=frozenset(), person_id="")


def ids(tx: Transaction, **filters: Any) -> list[str]:
    return [case.id for case in cases.list_cases(tx, visible=ALL, limit=100, **filters).items]


def test_a_case_comes_back_with_all_its_fields_and_its_state_byte_for_byte(county: Database) -> None:
    parent = make_case("parent")
    case = make_case(
        "a", state=bytes(range(256)), stage="会签中", department_id="weijian", parent_case_id="parent",
        ended_at=later(days=1), status=CaseStatus.COMPLETED,
    )  # fmt: skip
    with county.begin() as tx:
        cases.add_case(tx, parent)
        cases.add_case(tx, case)
    with county.read() as tx:
        assert cases.case_with_state(tx, "a") == case
        assert cases.get_case(tx, "a") == replace(case, state=b"")
        assert cases.get_case(tx, "unknown") is None
        assert cases.case_with_state(tx, "unknown") is None


def test_no_two_cases_have_one_number(county: Database) -> None:
    with pytest.raises(IntegrityError), county.begin() as tx:
        add_cases(tx, "a", "b", business_key="火-2022-001")


def test_a_step_is_saved_once_per_version(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
    step = make_case("a", version=1, stage="审核", state=b"new")
    with county.begin() as tx:
        assert cases.save_step(tx, step, expected_version=0)
        assert not cases.save_step(tx, replace(step, stage="other"), expected_version=0)
    with county.read() as tx:
        assert cases.case_with_state(tx, "a") == step


def test_a_step_does_not_change_what_a_case_began_with(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
        forged = make_case(
            "a", version=1, business_key="x", process_key="x", definition_version=9, started_at=later(days=9),
            initiator_id="x",
        )  # fmt: skip
        assert cases.save_step(tx, forged, expected_version=0)
        assert cases.case_with_state(tx, "a") == make_case("a", version=1)


def test_of_many_steps_at_once_each_sees_the_one_before(county: Database) -> None:
    """Lock first, look second: no step is lost."""
    with county.begin() as tx:
        add_cases(tx, "a")

    def step() -> None:
        with county.begin() as tx:
            case = cases.lock_case(tx, "a")
            assert case
            assert cases.save_step(tx, replace(case, version=case.version + 1), expected_version=case.version)

    at_once([step] * 10)
    with county.read() as tx:
        found = cases.get_case(tx, "a")
    assert found
    assert found.version == 10


def test_a_locked_case_lets_only_its_own_case_wait(many_writers: Database) -> None:
    with many_writers.begin() as tx:
        add_cases(tx, "a", "b")
    order = []

    def other() -> None:
        with many_writers.begin() as tx:
            cases.lock_case(tx, "b")
            order.append("b")
        with many_writers.begin() as tx:
            cases.lock_case(tx, "a")
            order.append("a")

    thread = threading.Thread(target=other)
    with many_writers.begin() as tx:
        cases.lock_case(tx, "a")
        thread.start()
        while "b" not in order:
            thread.join(0.01)
        order.append("released")
    thread.join(30)
    assert order == ["b", "released", "a"]


def test_the_first_reason_of_an_access_stays(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a")
        for organisation, reason in (("weijian", "task"), ("huotian", "township"), ("weijian", "sign_off")):
            cases.grant_access(tx, "a", organisation, reason)
        assert cases.access_of(tx, "a") == [("huotian", "township"), ("weijian", "task")]
        assert cases.access_of(tx, "b") == []


def test_subjects_are_replaced_kind_by_kind(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
        cases.set_subjects(tx, "a", "item", ["i2", "i1", "i2"])
        cases.set_subjects(tx, "a", "form", ["f"])
        cases.set_subjects(tx, "b", "item", ["i1"])
        assert cases.subjects_of(tx, "a") == {"item": ["i1", "i2"], "form": ["f"]}
        cases.set_subjects(tx, "a", "item", [])
        assert cases.subjects_of(tx, "a") == {"form": ["f"]}
        assert cases.cases_about(tx, "item", "i1") == {"b"}
        assert ids(tx, item="i1") == ["b"]


def test_it_finds_the_running_case_about_a_subject_and_never_one_that_ended(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "old", started_at=later(days=-2), status=CaseStatus.COMPLETED)
        add_cases(tx, "young", started_at=later(days=1), status=CaseStatus.SUSPENDED, department_id="weijian")
        add_cases(tx, "other", process_key="large")
        for id in ("old", "young", "other"):
            cases.set_subjects(tx, id, "form", ["f"])

        def found(process: str, value: str = "f", department: str | None = None) -> str | None:
            case = cases.find_open_case(tx, process, kind="form", value=value, department_id=department)
            return case.id if case else None

        assert found("small") == "young"
        assert found("small", department="weijian") == "young"
        assert found("small", department="nongye") is None
        assert found("small", value="g") is None
        add_cases(tx, "older", started_at=later(days=-1))
        cases.set_subjects(tx, "older", "form", ["f"])
        assert found("small") == "older"
        assert cases.cases_about(tx, "form", "f") == {"young", "other", "older"}


def test_lists_filter_newest_first(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", stage="审核", township_id="heping")
        add_cases(tx, "b", started_at=later(days=1), parent_case_id="a", initiator_id="someone")
        add_cases(tx, "c", started_at=later(days=2), status=CaseStatus.CANCELLED, process_key="large")
        assert ids(tx) == ["c", "b", "a"]
        assert ids(tx, township="heping") == ["a"]
        assert ids(tx, stage="审核") == ["a"]
        assert ids(tx, status="cancelled") == ["c"]
        assert ids(tx, process_key="large") == ["c"]
        assert ids(tx, parent_case_id="a") == ["b"]
        assert ids(tx, initiator="someone") == ["b"]
        assert ids(tx, business_key="key-") == ["c", "b", "a"]


@pytest.mark.parametrize(("typed", "found"), [("100%", ["a"]), ("1_", ["b"]), ("%", []), ("_", []), ("\\", [])])
def test_what_was_typed_is_never_a_pattern(county: Database, typed: str, found: list[str]) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", business_key="100%-1")
        add_cases(tx, "b", business_key="1_x", started_at=later(days=-1))
        add_cases(tx, "c", business_key="1000-1")
        add_cases(tx, "d", business_key="11x")
        assert ids(tx, business_key=typed) == found


def test_pages_stay_the_same_while_cases_are_added_and_end(county: Database) -> None:
    with county.begin() as tx:
        for n in range(7):
            add_cases(tx, f"c{n}", started_at=later(minutes=n // 2))  # pairs begin in the same moment
    seen, after = [], None
    for turn in range(10):
        with county.begin() as tx:
            page = cases.list_cases(tx, visible=ALL, after=after, limit=2)
            add_cases(tx, f"new{turn}", started_at=later(days=1 + turn))
        seen += [case.id for case in page.items]
        after = page.next
        if after is None:
            break
    assert seen == ["c6", "c5", "c4", "c3", "c2", "c1", "c0"]


def random_actor(chance: random.Random, n: int) -> Actor:
    places = chance.sample(ORGANISATIONS, chance.randint(1, 2))
    return Actor(
        person_id=f"person{n}",
        name="x（虚构）",
        organisation_id=places[0],
        holdings=tuple(Holding("dept_clerk", place) for place in places),
        roles=frozenset(chance.sample(list(Role), 1)) if chance.random() < 0.2 else frozenset(),
        auditor=chance.random() < 0.1,
    )


def random_cases(tx: Transaction, chance: random.Random, people: list[str]) -> list[Case]:
    made = []
    for n in range(25):
        case = make_case(f"c{n}", initiator_id=chance.choice([*people, "nobody"]))
        cases.add_case(tx, case)
        for organisation in chance.sample(ORGANISATIONS, chance.randint(0, 2)):
            cases.grant_access(tx, case.id, organisation, "task")
        who = chance.choice([*people, None, None])
        status = chance.choice([TaskStatus.OPEN, TaskStatus.COMPLETED])
        ended = who if status is TaskStatus.COMPLETED else None
        candidates = (Candidate("dept_clerk", chance.choice(ORGANISATIONS)),)
        assignee = None if ended else who
        tasks.add_tasks(
            tx,
            [make_task(case.id, 1, status=status, assignee_id=assignee, ended_by=ended, candidates=candidates)],
        )
        made.append(case)
    return made


@pytest.mark.parametrize("seed", range(4))
def test_the_filter_of_lists_agrees_with_the_rule_for_one_case(county: Database, seed: int) -> None:
    chance = random.Random(seed)
    actors = [random_actor(chance, n) for n in range(12)]
    actors.append(Actor(person_id="system", name="系统"))
    with county.begin() as tx:
        made = random_cases(tx, chance, [actor.person_id for actor in actors])
    seen_by_some = 0
    with county.read() as tx:
        for actor in actors:
            listed = {case.id for case in cases.list_cases(tx, visible=visible(actor), limit=100).items}
            allowed = {
                case.id
                for case in made
                if can_see(
                    actor, case, frozenset(organisation for organisation, _ in cases.access_of(tx, case.id)),
                    worked_on=cases.worked_on(tx, case.id, actor.person_id),
                )
            }  # fmt: skip
            assert listed == allowed, actor
            shown = tasks.list_tasks(tx, actor=actor, view="visible", visible=visible(actor), limit=100).items
            assert {task.case_id for task in shown} <= allowed
            seen_by_some += 0 < len(allowed) < len(made)
    assert seen_by_some > 3


def test_the_numbers_of_many_cases_are_read_at_once(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "a", "b")
    with county.read() as tx:
        assert cases.keys_by_id(tx, ["a", "b", "a", "none"]) == {"a": "key-a", "b": "key-b"}
        assert cases.keys_by_id(tx, []) == {}
