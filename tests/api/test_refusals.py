"""What is refused stands in the history: reads, narrow tokens, foreign pages, and things one may not know of."""

import json
from datetime import UTC, datetime

import pytest

from service.domain.items import Receipt
from service.store import accounts, notices
from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal
from tests.api.hall import HASH, PASSWORD


def _codes(desk: Desk) -> list[tuple[str | None, str, str]]:
    bodies = [(found.actor_id, json.loads(found.sealed.body)) for found in desk.denied()]
    return [(who, body["what"], body["code"]) for who, body in bodies]


def test_it_writes_down_a_look_at_a_case_of_others(desk: Desk) -> None:
    case = desk.start()["case"]["id"]
    refusal(desk.of("heping-clerk").get(f"/cases/{case}"), 404, "not-found")
    assert _codes(desk) == [("heping-clerk", "GET /cases/{case_id}", "not-found")]


def test_it_writes_down_a_look_at_a_register_not_for_this_person(desk: Desk) -> None:
    refusal(desk.of("clerk").get("/events"), 403, "not-allowed")
    assert _codes(desk) == [("clerk", "GET /events", "not-auditor")]


@pytest.mark.parametrize("path", ["/cases/nothing", "/files/nothing", "/tasks/a%00b.1"])
def test_a_thing_that_is_not_there_is_no_attempt(desk: Desk, path: str) -> None:
    assert desk.of("clerk").get(path).status_code in (404, 422)
    assert desk.denied() == []


def test_it_writes_down_a_token_used_beyond_its_scope(desk: Desk) -> None:
    narrow = desk.with_token(desk.token("clerk", "read"))
    refusal(narrow.post("/tasks/a%00b.1/claim"), 403, "not-allowed")
    assert [code for _, _, code in _codes(desk)] == ["token-scope"]
    blind = desk.with_token(desk.token("director", "write"))
    refusal(blind.get("/me"), 403, "not-allowed")
    assert {who for who, _, _ in _codes(desk)} == {"clerk", "director"}


def test_it_writes_down_whose_cookie_a_foreign_page_used(desk: Desk, stage: Stage) -> None:
    with stage.database.begin() as tx:
        accounts.set_password(tx, "clerk", login="clerk", password_hash=HASH)
    desk.nobody.post("/session", json={"login": "clerk", "password": PASSWORD})
    refusal(desk.nobody.post("/cases", json={}, headers={"Origin": "http://evil.example"}), 422, "invalid")
    body = {"process": "small", "township": "huotian"}
    refusal(desk.nobody.post("/cases", json=body, headers={"Origin": "http://evil.example"}), 403, "not-allowed")
    assert _codes(desk) == [("clerk", "POST /cases", "foreign-origin")]


def test_it_writes_down_the_receipt_of_another_house(desk: Desk, stage: Stage) -> None:
    case = desk.start()["case"]["id"]
    with stage.database.begin() as tx:
        notices.add_receipt(tx, Receipt("r", case, "huotian-center", "启用通知", datetime(2022, 10, 14, tzinfo=UTC)))
    refusal(desk.of("heping-clerk").post("/receipts/r/confirm"), 404, "not-found")
    assert _codes(desk) == [("heping-clerk", "POST /receipts/{receipt_id}/confirm", "not-found")]


def test_a_start_that_failed_promises_no_incident_and_can_be_found(desk: Desk) -> None:
    body = {"process": "small", "township": "huotian", "message": "nothing"}
    detail = refusal(desk.of("clerk").post("/cases", json=body), 409, "step-failed")["detail"]
    assert "没有发起" in detail
    assert "管理员已收到异常" not in detail
    assert _codes(desk) == [("clerk", "POST /cases", "step-failed")]
