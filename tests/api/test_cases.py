"""Cases over HTTP: begin, look, suspend, resume, cancel, and the history of one."""

import pytest

from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

REASON = {"reason": "上级文件调整"}


def test_it_starts_a_numbered_case(desk: Desk) -> None:
    answer = desk.of("clerk").post("/cases", json={"process": "small", "township": "huotian", "title": "第一批"})
    case = answer.json()["case"]
    assert (answer.status_code, answer.headers["location"]) == (201, f"/api/v1/cases/{case['id']}")
    assert (case["key"], case["title"], case["stage"]) == ("小-火田-2022-001", "第一批", "草拟")
    assert [(o["name"], o["candidates"][0]["organisation_name"]) for o in answer.json()["opened"]] == [
        ("拟清单", "火田镇便民服务中心")
    ]


def test_only_the_posts_of_the_diagram_start_it_and_only_in_their_township(desk: Desk) -> None:
    body = {"process": "small", "township": "huotian"}
    for person in ("director", "heping-clerk", "reviewer", "sysadmin"):
        refusal(desk.of(person).post("/cases", json=body), 403, "not-allowed")
    refusal(desk.nobody.post("/cases", json=body), 401, "not-signed-in")
    assert {d.actor_id for d in desk.denied()} == {"director", "heping-clerk", "reviewer", "sysadmin"}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"process": "nothing"}, 404, "not-found"),
        ({"variables": {"case_id": "x"}}, 422, "invalid"),
        ({"variables": {"_x": 1}}, 422, "invalid"),
        ({"variables": {"__class__": 1}}, 422, "invalid"),
        ({"township": 5}, 422, "invalid"),
        ({"proces": "x"}, 422, "invalid"),
        ({"message": "nothing"}, 409, "step-failed"),
    ],
)
def test_it_refuses_a_bad_start_and_counts_no_number(
    desk: Desk, change: dict[str, object], status: int, code: str
) -> None:
    body = {"process": "small", "township": "huotian"} | change
    refusal(desk.of("clerk").post("/cases", json=body), status, code)
    assert desk.start()["case"]["key"] == "小-火田-2022-001"


def test_numbers_have_no_gap_when_many_start_at_once(desk: Desk) -> None:
    client = desk.of("clerk")
    assert at_once(lambda: client.post("/cases", json={"process": "small", "township": "huotian"})) == [201] * 8
    keys = [c["key"] for c in client.get("/cases").json()["items"]]
    assert sorted(keys) == [f"小-火田-2022-00{n}" for n in range(1, 9)]


def test_the_list_shows_only_what_one_may_see_and_filters(desk: Desk) -> None:
    mine, other = desk.start()["case"], desk.start("heping-clerk", township="heping")["case"]

    def ids(who: str, query: str = "") -> set[str]:
        return {c["id"] for c in desk.of(who).get(f"/cases?{query}").json()["items"]}

    assert (ids("clerk"), ids("heping-clerk")) == ({mine["id"]}, {other["id"]})
    assert ids("reviewer") == {mine["id"], other["id"]}
    assert ids("sysadmin") == set(), "administrators do not see cases"
    assert ids("reviewer", "township=heping") == {other["id"]}
    assert ids("reviewer", "key=小-火田") == {mine["id"]}
    assert ids("clerk2", "mine=true") == set()
    assert ids("reviewer", "status=completed") == ids("reviewer", "key=%") == set()


def test_one_case_and_its_parts_are_hidden_from_others(desk: Desk) -> None:
    case = desk.start()["case"]["id"]
    for path in ("", "/tasks", "/events", "/acts", "/jobs", "/variables"):
        assert desk.of("clerk").get(f"/cases/{case}{path}").status_code == 200
        refusal(desk.of("heping-clerk").get(f"/cases/{case}{path}"), 404, "not-found")
        refusal(desk.nobody.get(f"/cases/{case}{path}"), 401, "not-signed-in")


def test_its_history_tells_who_did_what_under_which_post(desk: Desk) -> None:
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "x"}, "act": {"opinion": "请审核"}})
    found = desk.of("director").get(f"/cases/{task.partition('.')[0]}/events").json()["items"]
    assert [e["type"] for e in found] == ["case.started", "task.claimed", "task.completed"]
    last = found[-1]
    assert (last["actor"], last["body"]["post"], last["body"]["element"]) == ("clerk", "center_clerk", "draft")
    assert (last["personal"]["opinion"], last["prev"]) == ("请审核", found[-2]["hash"])
    assert last["body"]["entry_date"] == "2022-10-14"


def test_it_is_suspended_and_resumed_by_the_coordinating_office_with_a_reason(desk: Desk) -> None:
    case = desk.start()["case"]["id"]
    reviewer = desk.of("reviewer")
    refusal(desk.of("clerk").post(f"/cases/{case}/suspend", json=REASON), 403, "not-allowed")
    refusal(reviewer.post(f"/cases/{case}/suspend", json={"reason": " "}), 422, "invalid")
    refusal(reviewer.post(f"/cases/{case}/resume", json=REASON), 409, "conflict")
    assert reviewer.post(f"/cases/{case}/suspend", json=REASON).json()["status"] == "suspended"
    refusal(reviewer.post(f"/cases/{case}/suspend", json=REASON), 409, "conflict")
    task = desk.of("clerk").get(f"/cases/{case}/tasks").json()["items"][0]["id"]
    refusal(desk.of("clerk").post(f"/tasks/{task}/claim"), 403, "not-allowed")
    assert reviewer.post(f"/cases/{case}/resume", json=REASON).json()["status"] == "active"
    assert desk.of("clerk").post(f"/tasks/{task}/claim").status_code == 200


def test_it_is_cancelled_by_who_began_it_and_by_no_colleague(desk: Desk, stage: Stage) -> None:
    case = desk.start()["case"]["id"]
    refusal(desk.of("clerk2").post(f"/cases/{case}/cancel", json=REASON), 403, "not-allowed")
    client = desk.of("clerk")
    assert at_once(lambda: client.post(f"/cases/{case}/cancel", json=REASON)) == [200] + [409] * 7
    page = client.get(f"/cases/{case}").json()
    assert (page["status"], page["waits"]) == ("cancelled", [])
    assert stage.work() == 0
