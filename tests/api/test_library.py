"""Legal bases, power documents, stations, dictionaries and forms over HTTP."""

from typing import Any

import pytest

from tests.actions.bookshelf import furnish, put
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

BASIS = {
    "id": "law",
    "name": "条例（示例）",
    "level": "local_regulation",
    "issuers": ["省人大常委会"],
    "status": "in_force",
}
PAPER = {"id": "paper", "kind": "empower", "number": "示例云政[2026]3号", "title": "赋权决定（示例）", "issuer": "县政府",
         "items": ["jiuzhu"], "townships": ["huotian"]}  # fmt: skip
STATION = {"id": "nongji", "township": "huotian", "name": "农技站", "status": "unclear"}
FORM = {"id": "biao", "name": "申请表（示例）", "owner": "minzheng", "level": "county"}
ENTRY = {"code": "21", "label": "延伸服务（示例）", "position": 30}
REPEAL = {"reason": "废止（示例）", "repealed_on": "2022-10-01"}
WITHDRAW = {"number": "示例云政〔2026〕9号", "withdrawn_on": "2026-12-01", "reason": "收回（示例）"}
ENTERED: list[tuple[str, dict[str, Any]]] = [("/legal-bases", BASIS), ("/power-documents", PAPER), ("/stations", STATION), ("/forms", FORM),
           ("/dictionaries/item_type", ENTRY)]  # fmt: skip


@pytest.fixture
def library(stage: Stage, desk: Desk) -> Desk:
    furnish(stage)
    put(stage)
    for path, body in ENTERED:
        answer = desk.of("reform-clerk").post(path, json=body)
        assert answer.status_code == 201, answer.text
        assert answer.headers["etag"] == '"1"'
    return desk


def test_a_basis_is_changed_rested_upon_and_repealed(library: Desk) -> None:
    clerk, office = library.of("minzheng-clerk"), library.of("reform-clerk")
    changed = clerk.patch("/legal-bases/law", json={"articles": "第一条（示例）"}, headers={"If-Match": '"1"'}).json()
    assert (changed["version"], changed["articles"], changed["issuers"]) == (2, "第一条（示例）", ["省人大常委会"])
    refusal(clerk.patch("/legal-bases/law", json={"note": "x"}, headers={"If-Match": '"1"'}), 412, "stale")
    assert (
        clerk.patch("/items/jiuzhu", json={"citations": [{"basis_id": "law", "article": "第一条"}]}).status_code == 200
    )
    assert clerk.get("/legal-bases/law").json()["items"] == ["jiuzhu"]
    gone = office.post("/legal-bases/law/repeal", json=REPEAL).json()
    assert (gone["status"], gone["items"]) == ("repealed", ["jiuzhu"])
    refusal(office.post("/legal-bases/law/repeal", json=REPEAL), 409, "conflict")
    assert [f["code"] for f in clerk.get("/items/jiuzhu").json()["faults"]] == ["basis-repealed"]
    assert [b["id"] for b in clerk.get("/legal-bases?status=repealed&q=条例").json()["items"]] == ["law"]


def test_a_document_is_changed_and_withdrawn(library: Desk) -> None:
    office = library.of("reform-clerk")
    assert office.get("/power-documents/paper").json()["number"] == "示例云政〔2026〕3号"
    assert office.get("/items/jiuzhu").json()["power_documents"] == ["paper"]
    assert office.patch("/power-documents/paper", json={"townships": []}).json()["version"] == 2
    refusal(office.patch("/power-documents/paper", json={"items": ["none"]}), 422, "invalid")
    gone = office.post("/power-documents/paper/withdraw", json=WITHDRAW).json()
    assert (gone["withdrawn_on"], gone["withdrawn_by"]) == ("2026-12-01", "示例云政〔2026〕9号")
    refusal(office.post("/power-documents/paper/withdraw", json=WITHDRAW), 409, "conflict")


def test_a_station_is_gone_only_by_a_document(library: Desk) -> None:
    office = library.of("reform-clerk")
    problem = refusal(office.patch("/stations/nongji", json={"status": "abolished"}), 422, "invalid")
    assert problem["faults"][0]["where"] == {"field": "abolition_number"}
    change = {"status": "abolished", "abolition_number": "示例云编〔2019〕5号"}
    assert office.patch("/stations/nongji", json=change).json()["township_name"] == "火田镇"
    assert [s["id"] for s in office.get("/stations?township=huotian&status=abolished").json()["items"]] == ["nongji"]


def test_codes_are_added_relabelled_and_put_out_of_use(library: Desk) -> None:
    admin = library.of("sysadmin")
    changed = admin.put("/dictionaries/item_type/21", json={"label": "延伸", "position": 31}).json()
    assert (changed["label"], changed["dictionary_name"], changed["version"]) == ("延伸", "事项类型", 2)
    assert admin.post("/dictionaries/item_type/21/deactivate").json()["active"] is False
    refusal(admin.post("/dictionaries/item_type/21/deactivate"), 409, "conflict")
    codes = {e["code"]: e["active"] for e in admin.get("/dictionaries?dictionary=item_type").json()["items"]}
    assert codes["21"] is False
    assert len({e["dictionary"] for e in admin.get("/dictionaries").json()["items"]}) == 15
    refusal(admin.post("/dictionaries/power_source", json=ENTRY), 409, "conflict")


def test_a_form_gets_versions_and_is_stopped(library: Desk) -> None:
    clerk = library.of("minzheng-clerk")
    changed = clerk.put("/forms/biao", json={k: v for k, v in FORM.items() if k != "id"} | {"name": "新表"}).json()
    assert (changed["version"], changed["status"], changed["owner_name"]) == (2, "unchecked", "县民政局")
    assert clerk.post("/forms/biao/stop", json={"reason": "停用（示例）"}).json()["status"] == "stopped"
    refusal(clerk.post("/forms/biao/stop", json={"reason": "x"}), 409, "conflict")
    assert [(f["id"], f["status"]) for f in clerk.get("/forms?owner=minzheng").json()["items"]] == [("biao", "stopped")]


WRITES: list[tuple[str, str, Any]] = [
    ("POST", "/legal-bases", BASIS | {"id": "x"}), ("PATCH", "/legal-bases/law", {"note": "x"}),
    ("POST", "/legal-bases/law/repeal", REPEAL), ("POST", "/power-documents", PAPER | {"id": "x"}),
    ("PATCH", "/power-documents/paper", {"note": "x"}), ("POST", "/power-documents/paper/withdraw", WITHDRAW),
    ("POST", "/stations", STATION | {"id": "x"}), ("PATCH", "/stations/nongji", {"note": "x"}),
    ("POST", "/dictionaries/item_type", ENTRY | {"code": "22"}),
    ("PUT", "/dictionaries/item_type/21", {"label": "x", "position": 1}),
    ("POST", "/dictionaries/item_type/21/deactivate", None), ("POST", "/forms", FORM | {"id": "x"}),
    ("PUT", "/forms/biao", {"name": "x", "owner": "minzheng", "level": "county"}),
    ("POST", "/forms/biao/stop", {"reason": "x"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_the_wrong_people_change_nothing(library: Desk, method: str, path: str, body: Any) -> None:
    refusal(library.of("clerk").request(method, path, json=body), 403, "not-allowed")
    refusal(library.nobody.request(method, path, json=body), 401, "not-signed-in")
    assert len(library.denied()) == 1
    lists = ("/legal-bases", "/power-documents", "/stations", "/forms")
    versions = [row["version"] for at in lists for row in library.of("clerk").get(at).json()["items"]]
    assert versions == [1, 1, 1, 1]


@pytest.mark.parametrize("path", ["/legal-bases", "/legal-bases/law", "/power-documents", "/power-documents/paper",
                                  "/stations", "/dictionaries", "/forms"])  # fmt: skip
def test_everybody_signed_in_reads(library: Desk, path: str) -> None:
    assert library.of("clerk").get(path).status_code == 200
    refusal(library.nobody.get(path), 401, "not-signed-in")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/legal-bases/no", None), ("GET", "/power-documents/no", None), ("PATCH", "/legal-bases/no", {"note": "x"}),
        ("PATCH", "/power-documents/no", {"note": "x"}), ("PATCH", "/stations/no", {"note": "x"}),
        ("PUT", "/dictionaries/no/1", {"label": "x", "position": 1}), ("POST", "/forms/no/stop", {"reason": "x"}),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said(library: Desk, method: str, path: str, body: Any) -> None:
    refusal(library.of("reform-clerk").request(method, path, json=body), 404, "not-found")


@pytest.mark.parametrize(("path", "body"), [(path, body | {"id": "once"}) for path, body in ENTERED[:4]])
def test_one_of_eight_enters_it(library: Desk, path: str, body: dict[str, Any]) -> None:
    office = library.of("reform-clerk")
    sent = body | {"name": "另一个站"} if path == "/stations" else body
    assert at_once(lambda: office.post(path, json=sent)) == [201] + [409] * 7
