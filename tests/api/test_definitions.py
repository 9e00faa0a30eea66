"""Deploying over HTTP: everything at once, or every problem with its place."""

from threading import Event, Thread
from time import process_time
from typing import Any

import pytest

from service.actions.parts import bundles
from service.engine.model import Bundle
from service.engine.read import read_bundle
from service.store import counters
from tests.actions.stage import SMALL
from tests.api.desk import Desk, at_once, refusal

FILES = {p.name: p.read_bytes() for p in sorted(SMALL.iterdir())}


def _parts(files: dict[str, bytes]) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, content, "application/octet-stream")) for name, content in files.items()]


def _changed(old: str, new: str) -> dict[str, bytes]:
    text = FILES["small.bpmn"].decode()
    assert old in text
    return FILES | {"small.bpmn": text.replace(old, new).encode()}


def test_the_same_files_stay_the_same_version_and_others_make_a_new_one(desk: Desk) -> None:
    admin = desk.of("sysadmin")
    same = admin.post("/definitions", files=_parts(FILES))
    assert (same.status_code, same.json()["version"]) == (201, 1), same.text
    other = admin.post("/definitions", files=_parts(_changed("P30D", "P31D")), data={"note": "改为31天"})
    assert other.json()["version"] == 2
    assert [(d["process"], d["version"]) for d in admin.get("/definitions").json()["items"]] == [
        ("small", 2),
        ("small", 1),
    ]


def test_the_exact_files_can_be_read_back(desk: Desk) -> None:
    page = desk.of("clerk").get("/definitions/small/versions/1").json()
    assert page["files"] == sorted(FILES)
    found = desk.of("clerk").get("/definitions/small/versions/1/files/small.bpmn")
    assert found.content == FILES["small.bpmn"]
    refusal(desk.of("clerk").get("/definitions/small/versions/1/files/../x"), 404, "not-found")
    refusal(desk.of("clerk").get("/definitions/small/versions/9"), 404, "not-found")


def test_only_the_system_administrator_deploys(desk: Desk) -> None:
    for person in ("clerk", "reviewer"):
        refusal(desk.of(person).post("/definitions", files=_parts(FILES)), 403, "not-allowed")
    refusal(desk.nobody.post("/definitions", files=_parts(FILES)), 401, "not-signed-in")


def test_all_problems_are_named_at_once_with_their_place(desk: Desk) -> None:
    files = _changed('oneseal:handler="echo"', 'oneseal:handler="nobody"')
    files["small.bpmn"] = (
        files["small.bpmn"].replace(b'= decision = "agree"', b"= decision = = ").replace(b"P30D", b"-PT5M")
    )
    problem = refusal(desk.of("sysadmin").post("/definitions", files=_parts(files)), 422, "diagram-refused")
    found = {fault["where"]["element"]: fault for fault in problem["faults"]}
    assert {"check", "f5", "trial"} <= set(found)
    where = found["check"]["where"]
    assert (where["file"], where["name"], where["line"]) == ("small.bpmn", "预检", 21)
    assert where["column"] == 5
    assert desk.of("clerk").get("/definitions").json()["items"][0]["version"] == 1


@pytest.mark.parametrize(
    "files",
    [
        {"a.bpmn": b"no xml"},
        {"a.bpmn": b"<html/>"},
        {"a.bpmn": b'<!DOCTYPE x [<!ENTITY y "z">]><definitions/>'},
        {"a.txt": b"x"},
        {"a.form": b"{"},
        {"a.dmn": b"<"},
    ],
)
def test_it_refuses_what_is_no_diagram(desk: Desk, files: dict[str, bytes]) -> None:
    problem = refusal(desk.of("sysadmin").post("/definitions", files=_parts(files)), 422, "diagram-refused")
    assert problem["faults"][0]["where"]["file"] in {*files, ""}


@pytest.mark.parametrize("name", ["/etc/passwd", "../a.bpmn", "a/../../b.bpmn", "x" * 300 + ".bpmn"])
def test_it_refuses_names_that_lead_elsewhere(desk: Desk, name: str) -> None:
    refusal(desk.of("sysadmin").post("/definitions", files=_parts({name: b"<x/>"})), 422, "invalid")


def test_two_administrators_at_once_make_one_version(desk: Desk) -> None:
    admin, parts = desk.of("sysadmin"), _parts(_changed("P30D", "P32D"))
    assert at_once(lambda: admin.post("/definitions", files=parts)) == [201] * 8
    assert len(admin.get("/definitions").json()["items"]) == 2


def test_it_refuses_a_file_of_countless_attributes_at_once(desk: Desk) -> None:
    many = " ".join(f'a{n}=""' for n in range(100_000))
    files = _changed("<bpmn:userTask", f"<bpmn:userTask {many}")
    begun = process_time()
    problem = refusal(desk.of("sysadmin").post("/definitions", files=_parts(files)), 422, "diagram-refused")
    assert process_time() - begun < 5
    assert "属性" in problem["faults"][0]["message"]


def test_it_compiles_only_for_those_who_may_deploy_and_never_while_it_holds_the_writer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen from the compiler: how often it is asked, and whether somebody else can write meanwhile."""
    writers: list[bool] = []

    def watched(*given: Any, **named: Any) -> Bundle:
        done = Event()

        def write() -> None:
            with desk.stage.database.begin() as tx:
                counters.next_number(tx, "while it compiles")
            done.set()

        Thread(target=write, daemon=True).start()
        writers.append(done.wait(3))
        return read_bundle(*given, **named)

    monkeypatch.setattr(bundles, "read_bundle", watched)
    files = _parts(_changed("P30D", "P33D"))
    refusal(desk.of("clerk").post("/definitions", files=files), 403, "not-allowed")
    assert writers == []
    assert desk.of("sysadmin").post("/definitions", files=files).status_code == 201
    assert writers == [True]


@pytest.mark.parametrize("version", [0, -1, 2**31, 10**30])
def test_it_refuses_versions_that_cannot_be(desk: Desk, version: int) -> None:
    assert desk.of("clerk").get(f"/definitions/small/versions/{version}").status_code == 422
    assert desk.of("clerk").get(f"/definitions/small/versions/{version}/files/small.bpmn").status_code == 422
