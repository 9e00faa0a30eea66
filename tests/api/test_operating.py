"""Jobs and incidents over HTTP, and reading the history as an auditor."""

import socket
from datetime import timedelta

from fastapi.testclient import TestClient

from service.domain.people import Person, Role
from service.domain.texts import say
from service.main import create_app
from service.settings import Settings
from service.store import people
from service.wiring import build
from tests.actions.stage import Stage
from tests.api.desk import Desk, refusal
from tests.databases import tamper

REASON = {"reason": "外部系统已恢复"}


def _failed(desk: Desk, stage: Stage) -> str:
    """A case whose job has used up its tries."""
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "坏"}})
    for _ in range(3):
        stage.work()
        stage.later(timedelta(minutes=11))
    return task.partition(".")[0]


def test_an_incident_names_element_handler_and_error_and_can_be_retried(desk: Desk, stage: Stage) -> None:
    case, admin = _failed(desk, stage), desk.of("sysadmin")
    (incident,) = admin.get("/incidents?status=open").json()["items"]
    assert (incident["element"], incident["handler"], incident["case"]) == ("check", "echo", case)
    assert "outside world closed" in incident["message"]
    refusal(desk.of("clerk").post(f"/incidents/{incident['id']}/retry", json=REASON), 403, "not-allowed")
    assert admin.post(f"/incidents/{incident['id']}/retry", json=REASON).json()["status"] == "resolved"
    refusal(admin.post(f"/incidents/{incident['id']}/retry", json=REASON), 409, "conflict")
    (job,) = [j for j in desk.of("clerk").get(f"/cases/{case}/jobs").json()["items"] if j["kind"] == "handler"]
    assert (job["status"], job["attempts"]) == ("due", 0)


def test_people_see_the_incidents_of_their_cases(desk: Desk, stage: Stage) -> None:
    _failed(desk, stage)
    assert len(desk.of("director").get("/incidents").json()["items"]) == 1
    assert desk.of("heping-clerk").get("/incidents").json()["items"] == []


def test_all_jobs_are_for_the_administrator(desk: Desk, stage: Stage) -> None:
    _failed(desk, stage)
    refusal(desk.of("clerk").get("/jobs"), 403, "not-allowed")
    (job,) = desk.of("sysadmin").get("/jobs?status=failed").json()["items"]
    refusal(desk.of("sysadmin").post(f"/jobs/{job['id']}/run", json=REASON), 409, "conflict")
    refusal(desk.of("sysadmin").post("/jobs/nothing/run", json=REASON), 404, "not-found")


def test_a_timer_of_the_diagram_cannot_be_hurried(desk: Desk, stage: Stage) -> None:
    desk.drafted()
    (timer,) = [j for j in desk.of("sysadmin").get("/jobs").json()["items"] if j["due_at"] > stage.now.isoformat()][:1]
    refusal(desk.of("sysadmin").post(f"/jobs/{timer['id']}/run", json=REASON), 409, "conflict")


def test_the_auditor_reads_all_events_and_verifies(desk: Desk, stage: Stage) -> None:
    case = desk.start()["case"]["id"]
    desk.of("heping-clerk").post("/cases", json={"process": "small", "township": "huotian"})
    with stage.database.begin() as tx:
        people.add_person(
            tx, Person("auditor", "审计（虚构）", "yunxiao", True), holdings=(), roles=(Role.AUDIT_ADMIN,)
        )
    auditor = desk.of("auditor")
    (denied,) = auditor.get("/events?type=attempt.denied").json()["items"]
    assert (denied["actor"], denied["body"]["code"]) == ("heping-clerk", "not-starter")
    assert auditor.get("/history/verification").json()["breaks"] == []
    refusal(desk.of("clerk").get("/events"), 403, "not-allowed")
    refusal(desk.of("sysadmin").get("/history/verification"), 403, "not-allowed")
    tamper(stage.database, f"case/{case}", 1)
    assert auditor.get("/history/verification").json()["breaks"] == [
        {"chain": f"case/{case}", "seq": 1, "what": "hash"}
    ]


def test_the_clock_moves_in_a_demo_only(desk: Desk, stage: Stage) -> None:
    later = (stage.now + timedelta(days=30)).isoformat()
    assert desk.of("clerk").get("/demo/clock").json()["demo"] is False
    refusal(desk.of("sysadmin").post("/demo/clock", json={"to": later}), 409, "conflict")
    with Desk(stage, demo=True) as demo:
        refusal(demo.of("clerk").post("/demo/clock", json={"to": later}), 403, "not-allowed")
        refusal(demo.of("sysadmin").post("/demo/clock", json={"to": "2020-01-01T00:00:00Z"}), 422, "invalid")
        assert demo.of("sysadmin").post("/demo/clock", json={"to": later}).json()["moved"] is True
        assert demo.of("clerk").get("/demo/clock").json()["now"] == later.replace("+00:00", "Z")
        case = demo.start()["case"]["id"]
        (event,) = demo.of("clerk").get(f"/cases/{case}/events").json()["items"]
        assert event["body"]["clock"] == "demo"


def test_readiness_says_why_when_the_database_is_gone() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, not listening
        url = f"postgresql://u:secret@127.0.0.1:{nobody.getsockname()[1]}/x"
        house = build(Settings(database_url=url, worker_threads=0))
        with TestClient(create_app(house)) as client:
            answer = client.get("/readyz")
        house.close()
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready", "why": say("database.unavailable")})
