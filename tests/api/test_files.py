"""Files: uploaded, attached to an act, read back by those who may see the case."""

import pytest
from starlette.requests import Request

from service.api.door import RequestDoor
from service.api.routes.files import file_content
from service.store import files
from tests.api.desk import Desk, refusal

CONTENT = "会议纪要（示例）".encode() * 50_000


def _upload(
    desk: Desk, person: str = "clerk", name: str = "纪要.pdf", content: bytes = CONTENT, key: str = ""
) -> dict[str, str]:
    headers = {"Idempotency-Key": key} if key else {}
    answer = desk.of(person).post("/files", files={"file": (name, content, "text/html")}, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_it_comes_back_byte_for_byte_as_an_attachment_of_our_own_type(desk: Desk) -> None:
    made = _upload(desk)
    answer = desk.of("clerk").get(f"/files/{made['id']}")
    assert answer.content == CONTENT
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == "sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_before_it_is_attached_only_its_owner_sees_it(desk: Desk) -> None:
    made = _upload(desk)
    refusal(desk.of("clerk2").get(f"/files/{made['id']}"), 404, "not-found")
    refusal(desk.nobody.get(f"/files/{made['id']}"), 401, "not-signed-in")


def test_attached_it_belongs_to_the_case(desk: Desk) -> None:
    task, made = desk.drafted(), _upload(desk)
    body = {"data": {"batch_name": "x"}, "act": {"attachments": [made["id"]]}}
    assert desk.of("clerk").post(f"/tasks/{task}/complete", json=body).status_code == 200
    assert desk.of("director").get(f"/files/{made['id']}").content == CONTENT
    refusal(desk.of("heping-clerk").get(f"/files/{made['id']}"), 404, "not-found")


def test_the_same_key_and_content_upload_once(desk: Desk) -> None:
    assert _upload(desk, key="k") == _upload(desk, key="k")
    answer = desk.of("clerk").post(
        "/files", files={"file": ("纪要.pdf", b"other", "x/y")}, headers={"Idempotency-Key": "k"}
    )
    refusal(answer, 422, "idempotency-key-reused")


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a", ".pdf", "a.pdf.js"])
def test_it_refuses_kinds_it_does_not_know(desk: Desk, name: str) -> None:
    answer = desk.of("clerk").post("/files", files={"file": (name, b"x", "application/pdf")})
    refusal(answer, 422, "invalid")


def test_it_refuses_an_empty_file_and_a_missing_one(desk: Desk) -> None:
    refusal(desk.of("clerk").post("/files", files={"file": ("a.pdf", b"", "x/y")}), 422, "invalid")
    refusal(desk.of("clerk").post("/files"), 422, "invalid")


def test_each_kind_has_its_limit(desk: Desk) -> None:
    answer = desk.of("clerk").post("/files", files={"file": ("a.txt", b"x" * (5 * 1024 * 1024 + 1), "text/plain")})
    refusal(answer, 413, "too-large")


def test_the_setting_limits_every_kind(desk: Desk) -> None:
    desk.house.settings = desk.house.settings.model_copy(update={"upload_mib": 1})
    answer = desk.of("clerk").post("/files", files={"file": ("a.pdf", b"x" * (1024 * 1024 + 1), "x/y")})
    refusal(answer, 413, "too-large")


def test_readers_that_stall_hold_no_connection(desk: Desk) -> None:
    """Twenty of them stopped the whole service once."""
    made = _upload(desk, content=b"x" * (2 * 1024 * 1024))
    with desk.stage.database.read() as tx:
        found = files.get_attachment(tx, made["id"])
    assert found
    door = RequestDoor(Request({"type": "http", "method": "GET", "headers": []}), desk.house, b"")
    stalled = [file_content(door, found) for _ in range(40)]
    assert [len(next(reader)) for reader in stalled] == [256 * 1024] * 40
    assert desk.of("clerk").get("/me").status_code == 200
    assert sum(len(piece) for piece in stalled[0]) == 2 * 1024 * 1024 - 256 * 1024
