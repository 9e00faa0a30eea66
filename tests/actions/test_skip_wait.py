"""强制跳过."""

import pytest

from service.actions.skip_wait import SkipWait, skip_wait
from service.domain.cases import JobStatus
from service.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from service.store import jobs
from tests.actions.repairs import number_of, open_ones, replays, stuck, told
from tests.actions.stage import Stage


def _order(stage: Stage, case_id: str, element: str = "check", reason: str = "外部系统停用") -> SkipWait:
    return SkipWait(case_id, number_of(stage, case_id, element), reason, stage.case(case_id).version)


def test_the_case_goes_on_without_the_job_and_its_incident_is_settled(stage: Stage) -> None:
    case_id = stuck(stage)
    (incident,) = open_ones(stage, case_id)
    stage.act("sysadmin", skip_wait, _order(stage, case_id))
    assert stage.open_task(case_id).element_id == "review"
    assert open_ones(stage, case_id) == []
    with stage.database.read() as tx:
        job = jobs.get_job(tx, str(incident.job_id))
    assert job
    assert job.status is JobStatus.CANCELLED
    assert replays(stage, case_id)


def test_it_is_told_as_forced_with_reason_actor_and_place(stage: Stage) -> None:
    case_id = stuck(stage)
    stage.act("sysadmin", skip_wait, _order(stage, case_id))
    ((body, personal),) = told(stage, case_id, "case.skipped")
    assert (body["actor"], body["forced"], body["element"]) == ("sysadmin", True, "check")
    assert [step["outcome"] for step in body["steps"]] == ["skipped"]
    assert personal["reason"] == "外部系统停用"


def test_a_persons_task_is_never_skipped(stage: Stage) -> None:
    case_id = stage.start().case.id
    with pytest.raises(Invalid):
        stage.act("sysadmin", skip_wait, _order(stage, case_id, "draft"))
    assert stage.open_task(case_id).element_id == "draft"


@pytest.mark.parametrize("person", ["clerk", "director", "reviewer"])
def test_nobody_but_the_system_administrator_may(stage: Stage, person: str) -> None:
    case_id = stuck(stage)
    with pytest.raises(NotAllowed):
        stage.act(person, skip_wait, _order(stage, case_id))


def test_it_wants_a_reason_and_the_version_of_the_preview(stage: Stage) -> None:
    case_id = stuck(stage)
    order = _order(stage, case_id)
    with pytest.raises(Invalid):
        stage.act("sysadmin", skip_wait, SkipWait(case_id, order.number, " ", order.if_match))
    with pytest.raises(Invalid):
        stage.act("sysadmin", skip_wait, SkipWait(case_id, order.number, "x"))
    with pytest.raises(Stale):
        stage.act("sysadmin", skip_wait, SkipWait(case_id, order.number, "x", 1))
    with pytest.raises(NotFound):
        stage.act("sysadmin", skip_wait, SkipWait("nothing", 1, "x", 1))


def test_what_was_skipped_waits_no_more(stage: Stage) -> None:
    case_id = stuck(stage)
    order = _order(stage, case_id)
    stage.act("sysadmin", skip_wait, order)
    with pytest.raises(Conflict):
        stage.act(
            "sysadmin", skip_wait, SkipWait(case_id, order.number, "x", stage.case(case_id).version)
        )  # fmt: skip
