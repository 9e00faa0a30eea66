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


MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n'
)


@pytest.mark.parametrize("path", ["/files", "/definitions", "/tokens", "/cases"])
@pytest.mark.parametrize(
    "kind", ["Multipart/Form-Data; boundary=b", "application/x-www-form-urlencoded", "MULTIPART/form-data"]
)
def test_a_form_where_or_how_it_does_not_belong_is_a_problem(desk: Desk, path: str, kind: str) -> None:
    answer = desk.of("sysadmin").post(path, content=b"a=1", headers={"Content-Type": kind})
    refusal(answer, answer.status_code, "invalid")
    assert answer.status_code in (400, 422)


def test_the_content_type_is_read_whatever_its_case(desk: Desk) -> None:
    body = MULTIPART % (b"file", b"a.txt")
    answer = desk.of("clerk").post(
        "/files", content=body, headers={"Content-Type": "Multipart/Form-Data; boundary=b", "Idempotency-Key": "k"}
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("path", ["/files", "/definitions"])
@pytest.mark.parametrize(
    ("charset", "name"),
    [("utf-7", b"+2AA-.txt"), ("unicode_escape", b"\\ud800.txt"), ("utf-8", "\u202etxt.pdf".encode())],
)
def test_it_refuses_a_name_that_deceives_or_cannot_be_kept(desk: Desk, path: str, charset: str, name: bytes) -> None:
    body = MULTIPART % (b"file" if path == "/files" else b"files", name)
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    refusal(desk.of("sysadmin").post(path, content=body, headers={"Content-Type": kind}), 422, "invalid")


def test_a_full_width_space_is_an_honest_name(desk: Desk) -> None:
    assert _upload(desk, name="会议　纪要.pdf")["file_name"] == "会议　纪要.pdf"


@pytest.mark.parametrize("path", ["/files", "/definitions"])
def test_a_stranger_is_refused_before_the_body_is_looked_at(desk: Desk, path: str) -> None:
    refusal(desk.nobody.post(path, content=b"x", headers={"Content-Type": "multipart/form-data"}), 401, "not-signed-in")
