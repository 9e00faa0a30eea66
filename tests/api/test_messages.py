"""Messages and signals over HTTP."""

from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal


def _at_review(desk: Desk, stage: Stage) -> str:
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "x"}})
    stage.work()
    return task.partition(".")[0]


def test_the_initiator_withdraws_a_case_that_waits(desk: Desk, stage: Stage) -> None:
    case = _at_review(desk, stage)
    answer = desk.of("clerk").post("/messages", json={"name": "withdrawn", "key": case})
    assert len(answer.json()["jobs"]) == 1
    stage.work()
    assert desk.of("clerk").get(f"/cases/{case}").json()["status"] == "completed"


def test_a_message_nobody_waits_for_is_not_found(desk: Desk, stage: Stage) -> None:
    case = _at_review(desk, stage)
    refusal(desk.of("clerk").post("/messages", json={"name": "withdrawn", "key": "other"}), 404, "not-found")
    refusal(desk.of("heping-clerk").post("/messages", json={"name": "withdrawn", "key": case}), 404, "not-found")
    refusal(desk.of("clerk2").post("/messages", json={"name": "withdrawn", "key": case}), 403, "not-allowed")
    refusal(desk.nobody.post("/messages", json={"name": "withdrawn", "key": case}), 401, "not-signed-in")
    assert desk.of("clerk").get(f"/cases/{case}").json()["status"] == "active"


def test_signals_come_from_the_reform_office_alone(desk: Desk) -> None:
    refusal(desk.of("clerk").post("/signals", json={"name": "item_basis_repealed"}), 403, "not-allowed")
    answer = desk.of("reviewer").post("/signals", json={"name": "item_basis_repealed"})
    assert (answer.status_code, answer.json()) == (200, {"jobs": []})
