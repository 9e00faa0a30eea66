"""POST /tasks/{id}/complete: the main road, seen from outside."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from service.store import organisations
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

GOOD: dict[str, Any] = {"data": {"batch_name": "第一批"}}


def test_it_moves_the_case_and_says_what_it_waits_for(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    answer = desk.of("clerk").post(f"/tasks/{task}/complete", json=GOOD | {"act": {"opinion": "请审核"}})
    assert answer.status_code == 200, answer.text
    moved = answer.json()
    assert (moved["task"]["status"], moved["task"]["ended_by"]) == ("completed", "clerk")
    assert [(o["kind"], o["name"]) for o in moved["opened"]] == [("job", "预检")]
    assert answer.headers["etag"] == f'"{moved["case"]["version"]}"'
    stage.work()
    case = desk.of("director").get(f"/cases/{moved['case']['id']}").json()
    assert [(w["name"], w["candidates"][0]["post_name"]) for w in case["waits"] if w["kind"] == "user"] == [
        ("主任审核", "便民服务中心主任")
    ]
    assert case["stage"] == "审核"


def test_it_keeps_decimals_exact(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    body = '{"data": {"batch_name": "x", "yearly_count": 0.1}}'
    answer = desk.of("clerk").post(
        f"/tasks/{task}/complete", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    stage.work()
    (place,) = desk.of("clerk").get(f"/cases/{task.partition('.')[0]}/variables").json()["items"]
    assert place["variables"]["yearly_count"] == 0.1


def test_it_is_not_found_for_another_township_and_the_attempt_is_written_down(desk: Desk) -> None:
    task = desk.drafted()
    refusal(desk.of("heping-clerk").post(f"/tasks/{task}/complete", json=GOOD), 404, "not-found")
    (denied,) = desk.denied()
    assert (denied.actor_id, task in (denied.sealed.payload or "")) == ("heping-clerk", True)
    refusal(desk.of("heping-clerk").post("/tasks/nothing.1/complete", json=GOOD), 404, "not-found")
    assert len(desk.denied()) == 1, "what does not exist is nobody's secret"


def test_it_wants_a_signed_in_person(desk: Desk) -> None:
    answer = desk.nobody.post(f"/tasks/{desk.drafted()}/complete", json=GOOD)
    refusal(answer, 401, "not-signed-in")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_it_says_who_was_first(desk: Desk) -> None:
    task = desk.drafted()
    assert desk.of("clerk").post(f"/tasks/{task}/complete", json=GOOD).status_code == 200
    problem = refusal(desk.of("clerk").post(f"/tasks/{task}/complete", json=GOOD), 409, "conflict")
    assert "clerk（虚构）于2022-10-14 09:00" in problem["detail"]


def test_it_lets_one_of_eight_win(desk: Desk) -> None:
    task, client = desk.drafted(), desk.of("clerk")
    assert at_once(lambda: client.post(f"/tasks/{task}/complete", json=GOOD)) == [200] + [409] * 7


def test_it_gives_the_same_answer_to_the_same_key_even_all_at_once(desk: Desk, stage: Stage) -> None:
    task, client = desk.drafted(), desk.of("clerk")

    def press() -> httpx.Response:
        found: httpx.Response = client.post(f"/tasks/{task}/complete", json=GOOD, headers={"Idempotency-Key": "k"})
        return found

    assert at_once(press) == [200] * 8
    again = press()
    assert again.headers["idempotent-replayed"] == "true"
    assert stage.case(task.partition(".")[0]).version == 3, "started, claimed, completed once"


def test_it_refuses_a_key_that_came_with_other_content(desk: Desk) -> None:
    task, client = desk.drafted(), desk.of("clerk")
    headers = {"Idempotency-Key": "k"}
    assert client.post(f"/tasks/{task}/complete", json=GOOD, headers=headers).status_code == 200
    other = {"data": {"batch_name": "第二批"}}
    refusal(client.post(f"/tasks/{task}/complete", json=other, headers=headers), 422, "idempotency-key-reused")


def test_a_key_belongs_to_its_person(desk: Desk) -> None:
    headers = {"Idempotency-Key": "k"}
    assert (
        desk.of("clerk").post("/cases", json={"process": "small", "township": "huotian"}, headers=headers).status_code
        == 201
    )
    other = desk.of("clerk2").post("/cases", json={"process": "small", "township": "huotian"}, headers=headers)
    assert other.status_code == 201
    assert "idempotent-replayed" not in other.headers


def test_it_refuses_an_old_etag_and_a_strange_one(desk: Desk) -> None:
    task, client = desk.drafted(), desk.of("clerk")
    stale = client.post(f"/tasks/{task}/complete", json=GOOD, headers={"If-Match": '"1"'})
    assert "第1版" in refusal(stale, 412, "stale")["detail"]
    refusal(client.post(f"/tasks/{task}/complete", json=GOOD, headers={"If-Match": "abc"}), 422, "invalid")
    current = client.get(f"/tasks/{task}").headers["etag"]
    assert client.post(f"/tasks/{task}/complete", json=GOOD, headers={"If-Match": current}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        '{"data": {}}',
        '{"data": {"batch_name": 5}}',
        '{"data": {"batch_name": "x", "surprise": 1}}',
        '{"data": {"batch_name": "x", "__class__": {"__init__": 1}}}',
        '{"data": {"batch_name": "x", "yearly_count": NaN}}',
        '{"data": {"batch_name": "x", "yearly_count": 1e400}}',
        '{"data": {"batch_name": "x", "yearly_count": -1}}',
        '{"data": {"batch_name": "a\\u0000b"}}',
        '{"data": {"batch_name": "\\ud800"}}',
        '{"data": {"batch_name": "x", "batch_name": "y"}}',
        '{"data": {"batch_name": "x"}, "act": {"act_date": "2022-10-15"}}',
        '{"data": {"batch_name": "x"}, "act": {"act_date": "2022-10-13"}}',
        '{"data": {"batch_name": "x"}, "act": {"attachments": ["nothing"]}}',
        '{"data": {"batch_name": "x"}, "extra": 1}',
        '{"data": [1]}',
        '{"data": ',
        "[" * 5_000,
        '{"data": {"batch_name": ' + '{"a":' * 40 + "1" + "}" * 40 + "}}",
        "\xff\xfe",
    ],
)
def test_it_refuses_bad_content_and_changes_nothing(desk: Desk, stage: Stage, body: str) -> None:
    task = desk.drafted()
    before = stage.case(task.partition(".")[0])
    answer = desk.of("clerk").post(
        f"/tasks/{task}/complete", content=body.encode("latin-1"), headers={"content-type": "application/json"}
    )
    refusal(answer, 422, "invalid")
    assert stage.case(before.id) == before


def test_it_names_every_wrong_field(desk: Desk) -> None:
    task = desk.drafted()
    answer = desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"yearly_count": -1, "surprise": 1}})
    faults = refusal(answer, 422, "invalid")["faults"]
    assert {(f["code"], f["where"]["field"]) for f in faults} >= {
        ("required", "batch_name"),
        ("unknown-field", "surprise"),
    }


def test_it_refuses_a_body_over_two_mebibytes(desk: Desk) -> None:
    task = desk.drafted()
    body = b'{"data": {"batch_name": "' + b"x" * (2 * 1024 * 1024) + b'"}}'
    answer = desk.of("clerk").post(
        f"/tasks/{task}/complete", content=body, headers={"content-type": "application/json"}
    )
    refusal(answer, 413, "too-large")


def test_a_token_that_may_only_read_cannot_complete(desk: Desk) -> None:
    task = desk.drafted()
    reader = desk.with_token(desk.token("clerk", "read"))
    assert reader.get(f"/tasks/{task}").status_code == 200
    refusal(reader.post(f"/tasks/{task}/complete", json=GOOD), 403, "not-allowed")


def test_a_step_the_engine_cannot_do_leaves_an_incident_and_the_case_as_it_was(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json=GOOD)
    stage.work()
    review = stage.open_task(task.partition(".")[0])
    with stage.database.begin() as tx:  # the centre is moved away: the task the return opens has nobody to go to
        center = organisations.get_organisation(tx, "huotian-center")
        assert center
        organisations.add_organisation(tx, replace(center, parent_id="yunxiao"))
    desk.of("director").post(f"/tasks/{review.id}/claim")
    before = stage.case(review.case_id)
    answer = desk.of("director").post(
        f"/tasks/{review.id}/return", json={"target": "draft", "act": {"opinion": "补正"}}
    )
    refusal(answer, 409, "step-failed")
    assert stage.case(review.case_id).state == before.state
    (incident,) = desk.of("sysadmin").get("/incidents?status=open").json()["items"]
    assert (incident["element"], incident["task"]) == ("draft", review.id)
