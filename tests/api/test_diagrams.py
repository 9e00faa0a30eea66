"""Diagrams over HTTP: as XML and as a picture, who may, and that a browser need not fetch what it has."""

import pytest

from tests.actions.stage import SMALL
from tests.api.desk import Desk, refusal

OF_VERSION = "/definitions/small/versions/1"


def test_the_picture_of_a_version_and_its_xml(desk: Desk) -> None:
    for person in ("clerk", "heping-clerk", "sysadmin"):
        svg = desk.of(person).get(f"{OF_VERSION}/diagram.svg")
        assert (svg.status_code, svg.headers["content-type"]) == (200, "image/svg+xml")
        assert "主任审核" in svg.text
    xml = desk.of("clerk").get(f"{OF_VERSION}/xml")
    assert xml.content == (SMALL / "small.bpmn").read_bytes()
    assert xml.headers["content-type"] == "application/xml"


def test_a_picture_opened_by_itself_may_do_nothing(desk: Desk) -> None:
    for path in (f"{OF_VERSION}/diagram.svg", f"{OF_VERSION}/xml"):
        policy = desk.of("clerk").get(path).headers["content-security-policy"]
        assert policy == "default-src 'none'; frame-ancestors 'none'; sandbox"


def test_the_picture_of_a_case_moves_with_it(desk: Desk) -> None:
    task = desk.drafted()
    address = f"/cases/{task.partition('.')[0]}/diagram.svg"
    before = desk.of("clerk").get(address)
    assert 'data-element-id="draft" data-state="active"' in before.text
    same = desk.of("clerk").get(address, headers={"If-None-Match": before.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "第一批"}})
    after = desk.of("clerk").get(address, headers={"If-None-Match": f'"other", W/{before.headers["etag"]}'})
    assert after.status_code == 200
    assert 'data-element-id="draft" data-state="done"' in after.text
    assert after.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("kind", ["svg", "xml"])
def test_a_case_is_shown_to_whom_it_is_shown(desk: Desk, kind: str) -> None:
    case = desk.start()["case"]["id"]
    assert desk.of("director").get(f"/cases/{case}/diagram.{kind}").status_code == 200
    for person in ("heping-clerk", "sysadmin"):
        refusal(desk.of(person).get(f"/cases/{case}/diagram.{kind}"), 404, "not-found")
    refusal(desk.nobody.get(f"/cases/{case}/diagram.{kind}"), 401, "not-signed-in")
    refusal(desk.of("clerk").get(f"/cases/nothing/diagram.{kind}"), 404, "not-found")
    assert {event.actor_id for event in desk.denied()} == {"heping-clerk", "sysadmin"}


def test_what_is_not_there_is_told(desk: Desk) -> None:
    refusal(desk.nobody.get(f"{OF_VERSION}/diagram.svg"), 401, "not-signed-in")
    for path in (
        "/definitions/small/versions/9/diagram.svg",
        f"{OF_VERSION}/diagram.svg?process=nothing",
        "/definitions/x/versions/1/xml",
    ):
        refusal(desk.of("clerk").get(path), 404, "not-found")
    assert desk.of("clerk").get(f"{OF_VERSION}/diagram.svg?process={'x' * 300}").status_code == 422


def test_a_diagram_that_cannot_be_drawn_names_the_element(desk: Desk) -> None:
    text = (SMALL / "small.bpmn").read_text("utf-8")
    bad = text.replace('bpmnElement="review"', 'bpmnElement="elsewhere"')
    files = [
        ("files", (p.name, bad.encode() if p.suffix == ".bpmn" else p.read_bytes(), "text/plain"))
        for p in SMALL.iterdir()
    ]
    assert desk.of("sysadmin").post("/definitions", files=files).json()["version"] == 2
    problem = refusal(desk.of("clerk").get("/definitions/small/versions/2/diagram.svg"), 404, "not-found")
    assert "主任审核" in problem["detail"]
    assert desk.of("clerk").get("/definitions/small/versions/2/xml").status_code == 200
