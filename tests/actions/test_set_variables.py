"""修改变量."""

from typing import Any

import pytest

from service.actions.set_variables import SetVariables, set_variables
from service.actions.skip_wait import SkipWait, skip_wait
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.store import jobs
from tests.actions.repairs import number_of, replays, stuck, told
from tests.actions.stage import Stage


def _set(
    stage: Stage, case_id: str, /, person: str = "reviewer", number: int = 0, remove: tuple[str, ...] = (), **given: str
) -> None:
    order = SetVariables(case_id, given, "更正", remove, number, stage.case(case_id).version)
    stage.act(person, set_variables, order)


def test_old_and_new_value_are_kept_where_they_can_be_erased(stage: Stage) -> None:
    case_id = stuck(stage)
    _set(stage, case_id, rounds="3")
    _set(stage, case_id, rounds="4", note='"已核对"')
    _set(stage, case_id, remove=("rounds",))
    found = told(stage, case_id, "case.variables_set")
    assert [personal["changes"] for _, personal in found] == [
        [{"name": "rounds", "new": 3}],
        [{"name": "rounds", "old": 3, "new": 4}, {"name": "note", "new": "已核对"}],
        [{"name": "rounds", "old": 4}],
    ]
    assert [body["names"] for body, _ in found] == [["rounds"], ["note", "rounds"], ["rounds"]]
    assert all("更正" not in str(body) and "已核对" not in str(body) for body, _ in found)
    assert replays(stage, case_id)


def test_waiting_jobs_and_open_tasks_see_the_new_value(stage: Stage) -> None:
    case_id = stuck(stage)
    _set(stage, case_id, number=number_of(stage, case_id, "check"), rounds="3")
    with stage.database.read() as tx:
        (job,) = [j for j in jobs.open_jobs(tx, case_id) if j.handler]
    assert job.payload["input"]["rounds"] == 3
    stage.act("sysadmin", skip_wait, SkipWait(case_id, job.number, "x", stage.case(case_id).version))
    before = stage.open_task(case_id)
    _set(stage, case_id, rounds="5")
    after = stage.open_task(case_id)
    assert (before.input["rounds"], after.input["rounds"]) == (3, 5)
    assert after.version == before.version + 1


WRONG: list[dict[str, Any]] = [
    {"batch_name": '"好"'},  # a person's answer
    {"case_id": '"x"'},
    {"_x": "1"},
    {"rounds": "x + 1"},
    {"rounds": "3 +"},
    {"rounds": '"drei"'},  # was a number
    {"rounds": "1..2"},
    {"rounds": "9" * 10_001},
    {"remove": ("absent",)},
    {"remove": ("rounds",), "rounds": "1"},
    {f"n{i}": "1" for i in range(21)},
    {},
]  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_it_refuses_what_may_not_be_set(stage: Stage, wrong: dict[str, Any]) -> None:
    case_id = stuck(stage)
    _set(stage, case_id, rounds="3")
    before = stage.case(case_id)
    with pytest.raises(Invalid):
        _set(stage, case_id, **wrong)
    assert stage.case(case_id) == before


@pytest.mark.parametrize(
    ("person", "refusal"), [("clerk", NotAllowed), ("sysadmin", NotFound), ("heping-clerk", NotFound)]
)
def test_only_who_coordinates_and_sees_the_case_may(stage: Stage, person: str, refusal: type[Exception]) -> None:
    case_id = stuck(stage)
    with pytest.raises(refusal):
        _set(stage, case_id, person, rounds="3")


def test_a_case_that_moved_since_the_preview_is_left_alone(stage: Stage) -> None:
    case_id = stuck(stage)
    order = SetVariables(case_id, {"rounds": "3"}, "更正", if_match=stage.case(case_id).version)
    stage.act("reviewer", set_variables, order)
    with pytest.raises(Stale):
        stage.act("reviewer", set_variables, order)
    with pytest.raises(Conflict):
        _set(stage, case_id, number=999, rounds="3")
