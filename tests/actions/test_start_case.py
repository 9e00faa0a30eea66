"""Starting a case."""

import pytest

from service.actions.start_case import StartCase, start_case
from service.domain.errors import Invalid, NotAllowed, NotFound
from service.store import cases
from tests.actions.stage import Stage


def test_it_numbers_cases_by_the_rule_of_the_diagram(stage: Stage) -> None:
    assert [stage.start().case.business_key for _ in range(2)] == ["小-火田-2022-001", "小-火田-2022-002"]
    assert stage.start("heping-clerk", township="heping").case.business_key == "小-和平-2022-001"


def test_it_opens_the_first_task_for_the_right_post(stage: Stage) -> None:
    moved = stage.start()
    (opened,) = moved.opened
    assert [(c.post, c.organisation_id) for c in opened.candidates] == [("center_clerk", "huotian-center")]
    assert moved.case.stage == "草拟"
    task = stage.open_task(moved.case.id)
    assert task.due_at
    assert task.due_at.isoformat().startswith("2022-10-21T15:59:59")
    assert (task.input["initiator"], task.input["township_name"]) == ("clerk", "火田镇")


def test_it_gives_access_to_the_township_and_its_centre_only(stage: Stage) -> None:
    case = stage.start().case
    with stage.database.read() as tx:
        assert {o for o, _ in cases.access_of(tx, case.id)} == {"huotian", "huotian-center"}


def test_it_refuses_a_clerk_of_another_township(stage: Stage) -> None:
    with pytest.raises(NotAllowed):
        stage.start("heping-clerk", township="huotian")


def test_it_refuses_a_process_nobody_deployed(stage: Stage) -> None:
    with pytest.raises(NotFound, match="moon"):
        stage.act("clerk", start_case, StartCase("moon", {}, township_id="huotian"))


@pytest.mark.parametrize("name", ["initiator", "case_id", "__class__", "_x", "a b"])
def test_it_refuses_a_variable_name_of_the_house(stage: Stage, name: str) -> None:
    with pytest.raises(Invalid):
        stage.act("clerk", start_case, StartCase("small", {name: 1}, township_id="huotian"))


def test_it_refuses_what_a_form_of_the_diagram_asks_for(stage: Stage) -> None:
    with pytest.raises(Invalid, match="batch_name"):
        stage.act("clerk", start_case, StartCase("small", {"batch_name": "x"}, township_id="huotian"))
