"""期限台账 and 逾期台账 over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from tests.actions.stage import Stage
from tests.actions.targets import county_office
from tests.api.desk import Desk, at_once, refusal

PATH = "/deadlines/gongan-huotian"
GIVEN: dict[str, Any] = {
    "document": "云政办〔2022〕28号", "document_date": "2022-10-13", "subject": "公安派出所进驻（示例）", "organisation": "huotian",
    "strength": "hard",
    "clauses": [
        {"place": "二（一）1", "words": "今年内", "named": True},
        {"place": "二（一）完成时限", "words": "2022年11月中旬"},
    ],
}  # fmt: skip


@pytest.fixture
def entered(stage: Stage, desk: Desk) -> Desk:
    county_office(stage)
    answer = desk.of("sysadmin").put(PATH, json=GIVEN)
    assert (answer.status_code, answer.headers["etag"]) == (200, '"1"'), answer.text
    return desk


def test_a_row_shows_words_day_and_conflict_on_the_day_asked_for(entered: Desk) -> None:
    (row,) = entered.of("clerk").get("/deadlines?on=2022-11-25&conflict=open").json()["items"]
    assert (row["words"], row["due"], row["last_workday"], row["state"], row["overdue"]) == (
        "今年内", "2022-12-31", "2022-12-30", "running", False,
    )  # fmt: skip
    assert [(c["words"], c["counts"]) for c in row["clauses"]] == [("今年内", True), ("2022年11月中旬", False)]
    assert entered.of("clerk").get(f"{PATH}?on=2023-01-02").json()["overdue"]
    assert entered.of("clerk").get("/deadlines?on=2022-11-25&state=overdue").json()["items"] == []
    assert entered.of("clerk").get("/deadlines?organisation=heping").json()["items"] == []


def test_the_county_office_settles_it_once_for_all_who_press_at_once(entered: Desk) -> None:
    body = {"clause": 2, "reason": "示例：以完成时限为准"}
    for person in ("clerk", "reviewer", "sysadmin"):
        refusal(entered.of(person).post(f"{PATH}/settle", json=body), 403, "not-allowed")
    refusal(entered.nobody.post(f"{PATH}/settle", json=body), 401, "not-signed-in")
    client = entered.of("office")
    assert at_once(lambda: client.post(f"{PATH}/settle", json=body)) == [200] + [409] * 7
    row = entered.of("clerk").get(f"{PATH}?on=2022-11-25").json()
    assert (row["due"], row["conflict"], row["overdue"], row["chosen_by"]) == ("2022-11-20", "settled", True, "office")


def test_the_administrator_enters_and_corrects(entered: Desk) -> None:
    refusal(entered.of("clerk").put(PATH, json=GIVEN), 403, "not-allowed")
    refusal(entered.nobody.put(PATH, json=GIVEN), 401, "not-signed-in")
    corrected = GIVEN | {"done_on": "2022-10-14", "done_note": "示例"}
    client = entered.of("sysadmin")
    assert at_once(lambda: client.put(PATH, json=corrected, headers={"If-Match": '"1"'})) == [200] + [412] * 7
    assert entered.of("clerk").get(PATH).json()["state"] == "done"
    refusal(client.put(PATH, json=GIVEN, headers={"If-Match": '"1"'}), 412, "stale")


def test_every_fault_has_its_field(entered: Desk) -> None:
    wrong = GIVEN | {"clauses": [{"place": "二", "words": "尽快"}], "organisation": "nobody"}
    found = refusal(entered.of("sysadmin").put("/deadlines/another", json=wrong), 422, "invalid")
    assert [fault["where"]["field"] for fault in found["faults"]] == ["organisation", "clauses.1"]
    assert "尽快" in found["faults"][1]["message"]
    refusal(entered.of("clerk").get("/deadlines/another"), 404, "not-found")


def test_words_are_tried_before_they_are_entered(desk: Desk) -> None:
    body = {"words": "2022年11月底前", "document_date": "2022-10-13"}
    found = desk.of("clerk").post("/deadlines/words", json=body).json()
    assert (found["due"], found["last_workday"]) == ("2022-11-30", "2022-11-30")
    refusal(desk.of("clerk").post("/deadlines/words", json=body | {"words": "11月前"}), 422, "invalid")
    refusal(desk.nobody.post("/deadlines/words", json=body), 401, "not-signed-in")


def test_the_ledger_of_overdue_tasks_is_paged_and_filtered(desk: Desk, stage: Stage) -> None:
    for _ in range(3):
        desk.start()
    desk.start("heping-clerk", township="heping")
    assert desk.of("reviewer").get("/overdue").json()["items"] == []
    stage.later(timedelta(days=14))
    first = desk.of("reviewer").get("/overdue?limit=3").json()
    rest = desk.of("reviewer").get(f"/overdue?limit=3&after={first['next']}").json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)
    row = first["items"][0]
    assert (row["organisation_name"], row["workdays_over"], row["name"]) == ("火田镇便民服务中心", 5, "拟清单")
    assert len(desk.of("leader").get("/overdue").json()["items"]) == 3
    assert len(desk.of("reviewer").get("/overdue?organisation=heping-center&state=all").json()["items"]) == 1
    assert desk.of("reviewer").get("/overdue?state=ended").json()["items"] == []
    assert desk.of("sysadmin").get("/overdue").json()["items"] == []
    refusal(desk.nobody.get("/overdue"), 401, "not-signed-in")


def test_a_task_of_a_case_that_rests_is_in_no_list_of_what_is_late(desk: Desk, stage: Stage) -> None:
    case = desk.start()["case"]["id"]
    stage.later(timedelta(days=14))
    assert len(desk.of("clerk").get("/tasks?view=claimable&overdue=true").json()["items"]) == 1
    assert desk.of("reviewer").post(f"/cases/{case}/suspend", json={"reason": "示例"}).status_code == 200
    assert desk.of("clerk").get("/tasks?view=claimable&overdue=true").json()["items"] == []
    assert desk.of("reviewer").get("/overdue").json()["items"] == []
