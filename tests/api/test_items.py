"""The item library over HTTP: the road from a new item to one that may be authorised."""

from typing import Any

import pytest

from service.store import events
from tests.actions.bookshelf import furnish
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

WHOLE: dict[str, Any] = {
    "name": "临时救助（示例）", "department": "minzheng", "item_type": "05", "use_level": "5", "dept_type": "1",
    "implementing_body": "乡镇人民政府", "service_objects": ["1"], "power_source": "1", "legal_basis": "社会救助暂行办法",
    "promised_days": 3, "promised_unit": "workday", "statutory_note": "无法定时限", "handling_kind": "2", "ways": ["1"],
    "visits": 1, "region_scope": "4", "places": "综合窗口", "hours": "工作日", "contact": "窗口", "complaints": "县效能办",
    "in_hall": True, "agent_service": True, "fee": False, "conditions": "家庭困难", "materials": [{"name": "申请书"}],
    "result_kind": "opinion", "results": ["审核意见"], "current_seal": "official", "target_seal": "special",
}  # fmt: skip
STEPS = [{"name": "受理", "actor": "综合窗口", "limit_days": 0}, {"name": "审核", "actor": "中心经办", "limit_days": 2}]


@pytest.fixture
def library(stage: Stage, desk: Desk) -> Desk:
    furnish(stage)
    return desk


def enter(desk: Desk, person: str = "minzheng-clerk", **said: Any) -> dict[str, Any]:
    answer = desk.of(person).post("/items", json=WHOLE | {"id": "jiuzhu"} | said)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_road_from_a_new_item_to_one_that_may_be_authorised(library: Desk) -> None:
    clerk, office = library.of("minzheng-clerk"), library.of("reviewer")
    answer = clerk.post("/items", json=WHOLE | {"places": "", "id": "jiuzhu"})
    assert (answer.status_code, answer.headers["etag"], answer.headers["location"]) == (
        201,
        '"1"',
        "/api/v1/items/jiuzhu",
    )
    page = clerk.get("/items/jiuzhu").json()
    assert (page["missing"], page["marks"]["sorting"], page["department_name"]) == (["places"], "draft", "县民政局")
    problem = refusal(clerk.post("/items/jiuzhu/sort"), 422, "invalid")
    assert [(f["where"]["field"], f["message"]) for f in problem["faults"]] == [("places", "尚未填写办理地点。")]
    revised = clerk.patch(
        "/items/jiuzhu", json={"places": "综合窗口", "note_of_change": "补"}, headers={"If-Match": '"1"'}
    )
    assert (revised.json()["version"], revised.json()["change_note"], revised.headers["etag"]) == (2, "补", '"2"')
    assert revised.json()["name"] == WHOLE["name"], "what was left out stays"
    assert clerk.post("/items/jiuzhu/sort").json()["marks"]["sorted_by"] == "minzheng-clerk"
    assert library.of("clerk").get("/item-progress").json() == {
        "draft": 0,
        "sorted": 1,
        "described": 0,
        "authorised": 0,
    }
    done = clerk.post("/items/jiuzhu/describe", json={"flow": STEPS}).json()
    assert (done["version"], done["marks"]["sorting"], len(done["flow"])) == (3, "described", 2)
    assert office.post("/items/jiuzhu/review", json={"decision": "agree"}).json()["marks"]["reviewed_by"] == "reviewer"
    versions = clerk.get("/items/jiuzhu/versions").json()["items"]
    assert [(v["version"], v["sorting"], v["reviewed"]) for v in versions] == [
        (3, "described", True), (2, "sorted", False), (1, "draft", False),
    ]  # fmt: skip
    assert versions[0]["made_by_name"] == "县民政局经办（虚构）"
    differences = clerk.get("/items/jiuzhu/differences?first=1&second=3").json()["items"]
    assert [d["label"] for d in differences] == ["办理地点", "办理流程"]
    assert clerk.get("/items/jiuzhu/versions/1").json()["places"] == ""
    assert [row["id"] for row in clerk.get("/items?sorting=described&department=minzheng").json()["items"]] == [
        "jiuzhu"
    ]
    assert clerk.get("/items?sorting=draft").json()["items"] == []


def test_an_item_is_paused_resumed_and_cancelled(library: Desk) -> None:
    enter(library)
    clerk, office = library.of("minzheng-clerk"), library.of("reform-clerk")
    reason = {"reason": "系统改造"}
    assert clerk.post("/items/jiuzhu/pause", json=reason).json()["status"] == "paused"
    refusal(clerk.post("/items/jiuzhu/pause", json=reason), 409, "conflict")
    assert clerk.post("/items/jiuzhu/resume", json=reason).json()["status"] == "in_use"
    refusal(clerk.post("/items/jiuzhu/cancel", json=reason), 403, "not-allowed")
    refusal(office.post("/items/jiuzhu/cancel", json={"reason": " "}), 422, "invalid")
    assert office.post("/items/jiuzhu/cancel", json=reason).json()["status_reason"] == "系统改造"
    refusal(office.patch("/items/jiuzhu", json={"hours": "x"}), 409, "conflict")


WRITES = [
    ("POST", "/items", WHOLE | {"id": "new"}), ("PATCH", "/items/jiuzhu", {"hours": "x"}), ("POST", "/items/jiuzhu/sort", None),
    ("POST", "/items/jiuzhu/describe", {"flow": STEPS}), ("POST", "/items/jiuzhu/review", {"decision": "agree"}),
    ("POST", "/items/jiuzhu/pause", {"reason": "x"}), ("POST", "/items/jiuzhu/resume", {"reason": "x"}),
    ("POST", "/items/jiuzhu/cancel", {"reason": "x"}),
]  # fmt: skip
READS = (
    "/items", "/items/jiuzhu", "/items/jiuzhu/versions", "/items/jiuzhu/versions/1", "/item-progress",
    "/items/jiuzhu/differences?first=1&second=1",
)  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_the_wrong_people_change_nothing_and_the_attempt_is_recorded(
    library: Desk, method: str, path: str, body: Any
) -> None:
    enter(library)
    for person in ("nongye-clerk", "clerk", "sysadmin"):
        refusal(library.of(person).request(method, path, json=body), 403, "not-allowed")
    refusal(library.nobody.request(method, path, json=body), 401, "not-signed-in")
    assert len(library.denied()) == 3
    with library.stage.database.read() as tx:
        assert len(list(events.read_chain(tx, "item/jiuzhu"))) == 1
    assert library.of("clerk").get("/items/new").status_code == 404


@pytest.mark.parametrize("path", READS)
def test_everybody_signed_in_reads(library: Desk, path: str) -> None:
    enter(library)
    for person in ("clerk", "sysadmin", "reviewer"):
        assert library.of(person).get(path).status_code == 200
    refusal(library.nobody.get(path), 401, "not-signed-in")


def test_what_is_not_there_is_said(library: Desk) -> None:
    enter(library)
    clerk = library.of("minzheng-clerk")
    for path in (
        "/items/no",
        "/items/no/versions",
        "/items/jiuzhu/versions/9",
        "/items/jiuzhu/differences?first=1&second=9",
    ):
        refusal(clerk.get(path), 404, "not-found")
    refusal(clerk.post("/items/no/sort"), 404, "not-found")
    refusal(clerk.get("/items/jiuzhu/eligibility"), 409, "conflict")


@pytest.mark.parametrize(
    "said",
    [{"visits": -1}, {"visits": True}, {"power_source": "9"}, {"nonsense": 1}, {"ways": "1"}, {"fee": "yes"}, {"marks": {}},
     {"planned_from": "2026-13-01"}, {"name": "x" * 1001}, {"materials": [{"name": "x", "price": 3}]}, {"status": "cancelled"}],
)  # fmt: skip
def test_a_wrong_shape_is_refused_before_anything(library: Desk, said: dict[str, Any]) -> None:
    refusal(library.of("minzheng-clerk").post("/items", json=WHOLE | said), 422, "invalid")


def test_the_same_key_enters_one_item(library: Desk) -> None:
    clerk, key = library.of("minzheng-clerk"), {"Idempotency-Key": "k1"}
    first = clerk.post("/items", json=WHOLE, headers=key)
    again = clerk.post("/items", json=WHOLE, headers=key)
    assert (first.json(), again.headers["idempotent-replayed"]) == (again.json(), "true")
    refusal(clerk.post("/items", json=WHOLE | {"name": "x"}, headers=key), 422, "idempotency-key-reused")
    assert len(clerk.get("/items").json()["items"]) == 1


def test_one_of_eight_enters_it_and_a_stale_reader_is_told(library: Desk) -> None:
    clerk = library.of("minzheng-clerk")
    assert at_once(lambda: clerk.post("/items", json=WHOLE | {"id": "jiuzhu"})) == [201] + [409] * 7
    change = {"hours": "新"}
    assert at_once(lambda: clerk.patch("/items/jiuzhu", json=change, headers={"If-Match": '"1"'})) == [200] + [412] * 7


def test_pages_of_the_list_go_on_where_the_last_ended(library: Desk) -> None:
    for n in range(5):
        enter(library, id=f"a{n}", name=f"第{n}项")
    clerk, seen, after = library.of("clerk"), [], ""
    while True:
        page = clerk.get(f"/items?limit=2&class=none{after}").json()
        seen += [row["id"] for row in page["items"]]
        if not page["next"]:
            break
        after = f"&after={page['next']}"
    assert seen == [f"a{n}" for n in range(5)]
    refusal(clerk.get("/items?after=zzz"), 422, "invalid")
