"""Repairing a case over HTTP: who may, what is shown beforehand, done once, and by one of many at once."""

from typing import Any

import pytest

from tests.actions.repairs import number_of, open_ones, replays, stuck, told
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

REASON = "外部系统停用"


def _version(stage: Stage, case_id: str) -> dict[str, str]:
    return {"If-Match": f'"{stage.case(case_id).version}"'}


def _orders(stage: Stage, case_id: str) -> dict[str, tuple[str, dict[str, Any]]]:
    """Verb -> who may, and the body."""
    number = number_of(stage, case_id, "check")
    return {
        "skip": ("sysadmin", {"number": number, "reason": REASON}),
        "jump": ("sysadmin", {"number": number, "target": "draft", "reason": REASON}),
        "variables": ("reviewer", {"set": {"rounds": "3"}, "reason": REASON}),
    }


VERBS = ("skip", "jump", "variables")


@pytest.mark.parametrize("verb", VERBS)
def test_it_works_once_on_the_version_that_was_seen(desk: Desk, stage: Stage, verb: str) -> None:
    case_id = stuck(stage)
    person, body = _orders(stage, case_id)[verb]
    seen = _version(stage, case_id)
    path = f"/cases/{case_id}/{verb}"
    refusal(desk.of(person).post(path, json=body), 422, "invalid")
    key = {"Idempotency-Key": "once"}
    done = desk.of(person).post(path, json=body, headers=seen | key)
    assert done.status_code == 200, done.text
    assert done.headers["etag"] == f'"{stage.case(case_id).version}"'
    assert desk.of(person).post(path, json=body, headers=seen | key).json() == done.json()
    answer = desk.of(person).post(path, json=body, headers=seen)
    assert answer.status_code in (409, 412)
    assert replays(stage, case_id)


@pytest.mark.parametrize("verb", VERBS)
def test_others_may_not_and_a_stranger_must_sign_in(desk: Desk, stage: Stage, verb: str) -> None:
    case_id = stuck(stage)
    _, body = _orders(stage, case_id)[verb]
    path, seen = f"/cases/{case_id}/{verb}", _version(stage, case_id)
    refusal(desk.of("clerk").post(path, json=body, headers=seen), 403, "not-allowed")
    hidden = (404, "not-found") if verb == "variables" else (403, "not-allowed")
    refusal(desk.of("heping-clerk").post(path, json=body, headers=seen), *hidden)
    refusal(desk.nobody.post(path, json=body, headers=seen), 401, "not-signed-in")
    other = "reviewer" if verb != "variables" else "sysadmin"
    assert desk.of(other).post(path, json=body, headers=seen).status_code in (403, 404)
    assert len(open_ones(stage, case_id)) == 1


@pytest.mark.parametrize("verb", VERBS)
def test_of_eight_at_once_one_succeeds(desk: Desk, stage: Stage, verb: str) -> None:
    case_id = stuck(stage)
    person, body = _orders(stage, case_id)[verb]
    seen = _version(stage, case_id)
    client = desk.of(person)
    found = at_once(lambda: client.post(f"/cases/{case_id}/{verb}", json=body, headers=seen))
    assert found.count(200) == 1
    assert set(found[1:]) <= {409, 412}
    types = {"skip": "case.skipped", "jump": "case.jumped", "variables": "case.variables_set"}
    assert len(told(stage, case_id, types[verb])) == 1


def test_the_preview_shows_what_would_happen_and_carries_the_version(desk: Desk, stage: Stage) -> None:
    case_id = stuck(stage)
    admin = desk.of("sysadmin")
    shown = admin.get(f"/cases/{case_id}/repair").json()
    (place,) = shown["places"]
    assert (place["name"], place["may_skip"], place["variables"]) == ("预检", True, [])
    assert [t["name"] for t in place["targets"]] == ["拟清单", "主任审核"]
    answer = admin.post(f"/cases/{case_id}/repair/preview", json={"number": place["number"], "target": "draft"})
    assert answer.headers["etag"] == f'"{stage.case(case_id).version}"'
    assert [o["name"] for o in answer.json()["opened"]] == ["拟清单"]
    past = {"number": place["number"], "target": "trial"}
    refusal(admin.post(f"/cases/{case_id}/repair/preview", json=past), 422, "invalid")
    changed = desk.of("reviewer").post(f"/cases/{case_id}/variables/preview", json={"set": {"rounds": "3"}}).json()
    assert changed["changes"] == [{"name": "rounds", "old": None, "new": "3"}]
    for path, body in (("repair/preview", past), ("variables/preview", {"set": {}})):
        assert desk.of("clerk").post(f"/cases/{case_id}/{path}", json=body).status_code == 403
        refusal(desk.nobody.post(f"/cases/{case_id}/{path}", json=body), 401, "not-signed-in")
    refusal(desk.nobody.get(f"/cases/{case_id}/repair"), 401, "not-signed-in")


def test_the_acts_of_the_case_carry_the_mark(desk: Desk, stage: Stage) -> None:
    case_id = stuck(stage)
    person, body = _orders(stage, case_id)["jump"]
    desk.of(person).post(f"/cases/{case_id}/jump", json=body, headers=_version(stage, case_id))
    act = desk.of("clerk").get(f"/cases/{case_id}/acts").json()["items"][-1]
    assert (act["type"], act["forced"], act["target"], act["opinion"]) == ("case.jumped", True, "拟清单", REASON)


def test_several_incidents_are_retried_each_for_itself(desk: Desk, stage: Stage) -> None:
    cases = [stuck(stage) for _ in range(3)]
    ids = [open_ones(stage, case_id)[0].id for case_id in cases]
    admin = desk.of("sysadmin")
    admin.post(f"/incidents/{ids[0]}/retry", json={"reason": REASON})
    body = {"ids": [*ids, "nothing"], "reason": REASON}
    answer = admin.post("/incidents/retry", json=body, headers={"Idempotency-Key": "all"})
    assert answer.status_code == 200, answer.text
    done = {each["incident"]: each["refused"] for each in answer.json()["items"]}
    assert "已经处理过" in done[ids[0]]
    assert (done[ids[1]], done[ids[2]]) == (None, None)
    assert "nothing" in done["nothing"]
    again = admin.post("/incidents/retry", json=body, headers={"Idempotency-Key": "all"})
    assert again.json() == answer.json()
    assert all(len(told(stage, case_id, "incident.retried")) == 1 for case_id in cases)


def test_all_that_are_like_one_are_retried_and_no_others(desk: Desk, stage: Stage) -> None:
    cases = [stuck(stage) for _ in range(3)]
    like = open_ones(stage, cases[0])[0].id
    admin = desk.of("sysadmin")
    answer = admin.post("/incidents/retry", json={"like": like, "reason": REASON}).json()
    assert ({each["refused"] for each in answer["items"]}, len(answer["items"]), answer["more"]) == ({None}, 3, False)
    assert all(open_ones(stage, case_id) == [] for case_id in cases)
    for person, status in (("clerk", 403), ("heping-clerk", 403)):
        assert desk.of(person).post("/incidents/retry", json={"like": like, "reason": REASON}).status_code == status
    refusal(desk.nobody.post("/incidents/retry", json={"like": like, "reason": REASON}), 401, "not-signed-in")
    refusal(admin.post("/incidents/retry", json={"ids": [like], "reason": " "}), 422, "invalid")


def test_many_people_at_once_retry_each_incident_once(desk: Desk, stage: Stage) -> None:
    cases = [stuck(stage) for _ in range(2)]
    body = {"ids": [open_ones(stage, case_id)[0].id for case_id in cases], "reason": REASON}
    admin = desk.of("sysadmin")
    assert at_once(lambda: admin.post("/incidents/retry", json=body)) == [200] * 8
    assert all(len(told(stage, case_id, "incident.retried")) == 1 for case_id in cases)


def test_incidents_are_found_by_process_element_kind_age_and_case(desk: Desk, stage: Stage) -> None:
    case_id = stuck(stage)
    admin = desk.of("sysadmin")
    for query, count in {
        "process=small": 1, "process=other": 0, "element=check": 1, "element=draft": 0, "kind=handler": 1, "kind=step": 0,
        "older_hours=1": 0, f"case={case_id}": 1, "case=x": 0,
    }.items():  # fmt: skip
        assert len(admin.get(f"/incidents?{query}").json()["items"]) == count, query
    (found,) = admin.get("/incidents").json()["items"]
    page = admin.get(f"/incidents/{found['id']}").json()
    assert (page["element_name"], page["incident"]["times"], page["looked_at"]) == ("预检", 2, [])
    refusal(desk.of("heping-clerk").get(f"/incidents/{found['id']}"), 404, "not-found")
    refusal(desk.nobody.get(f"/incidents/{found['id']}"), 401, "not-signed-in")
