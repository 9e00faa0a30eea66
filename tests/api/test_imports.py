"""Sheets over HTTP: template, upload, preview, faults, confirmation, export; for whoever may, once, within limits."""

import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest

from service.domain.people import Person
from service.store import events, organisations, people
from tests.actions import handed_in
from tests.actions.handed_in import ITEM, PERSON, PLACE, file_of
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal
from tests.sheets.made import parts_of, small, xlsx, zipped

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE = file_of({"organisations": [PLACE], "people": [PERSON]})


@pytest.fixture(autouse=True)
def manned(stage: Stage) -> None:
    handed_in.man(stage)


def send(desk: Desk, person: str = "sysadmin", content: bytes = FILE, name: str = "机构.xlsx", key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return desk.of(person).post("/imports", files={"file": (name, content, TYPE)}, headers=headers)


def sent(desk: Desk, **more: Any) -> dict[str, Any]:
    answer = send(desk, **more)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/api/v1/imports/{found['id']}"
    return found


def place(desk: Desk, id: str) -> Any:
    with desk.stage.database.read() as tx:
        return organisations.get_organisation(tx, id)


def test_from_template_to_stored_rows(desk: Desk) -> None:
    client = desk.of("sysadmin")
    answer = client.get("/imports/templates/organisations,people.xlsx")
    assert answer.headers["content-type"] == TYPE
    assert unquote(answer.headers["content-disposition"]).endswith("模板-机构、人员.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    for column, text in enumerate(("nanping", "南坪镇人民政府", "南坪镇", "乡镇", "云霄县"), 1):
        book["机构"].cell(4, column, text)
    out = io.BytesIO()
    book.save(out)
    found = sent(desk, content=out.getvalue())
    assert found["status"] == "ready"
    assert {sheet["kind"]: sheet["new"] for sheet in found["sheets"]} == {"organisations": 1, "people": 0}
    assert place(desk, "nanping") is None
    (line,) = client.get(f"/imports/{found['id']}/lines").json()["items"]
    assert (line["row"], line["state"], line["changes"][4]) == (
        4, "new", {"heading": "上级机构", "before": "", "after": "云霄县"},
    )  # fmt: skip
    confirmed = client.post(f"/imports/{found['id']}/confirm")
    assert (confirmed.status_code, confirmed.json()["status"], confirmed.json()["closed_by"]) == (
        200,
        "applied",
        "sysadmin",
    )
    assert place(desk, "nanping").parent_id == "yunxiao"


def test_faults_come_with_sentences_and_as_a_marked_copy(desk: Desk) -> None:
    found = sent(
        desk, content=file_of({"people": [PERSON | {"name": ""}, PERSON | {"id": "lisi", "organisation_id": "火田"}]})
    )
    assert [fault["message"] for fault in found["faults"]] == [
        "工作表“人员”第2行B列“姓名”：必须填写；现为“空白”。",
        "工作表“人员”第3行C列“所在单位”：应为系统中或本文件“机构”表中已有的编号或名称；现为“火田”。",
    ]
    copy = desk.of("sysadmin").get(f"/imports/{found['id']}/faults.xlsx")
    assert unquote(copy.headers["content-disposition"]).endswith("机构-标出错误.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(copy.content))["人员"]["B2"].comment
    faulty = desk.of("sysadmin").get(f"/imports/{found['id']}/lines", params={"state": "faulty"}).json()["items"]
    assert [line["row"] for line in faulty] == [2, 3]
    refusal(desk.of("sysadmin").post(f"/imports/{found['id']}/confirm"), 422, "invalid")


def test_what_changed_meanwhile_is_refused_and_shown_anew(desk: Desk) -> None:
    found = sent(desk)
    with desk.stage.database.begin() as tx:
        people.add_person(tx, Person("zhangsan", "另一个张三（虚构）", "heping"), holdings=())
    client = desk.of("sysadmin")
    problem = refusal(client.post(f"/imports/{found['id']}/confirm"), 409, "conflict")
    assert "没有导入任何一行" in problem["detail"]
    assert place(desk, "nanping") is None
    renewed = client.post(f"/imports/{found['id']}/renew")
    assert renewed.status_code == 201
    newer = renewed.json()
    assert {sheet["kind"]: (sheet["new"], sheet["changed"]) for sheet in newer["sheets"]} == {
        "organisations": (1, 0),
        "people": (0, 1),
    }
    assert client.get(f"/imports/{found['id']}").json()["renewed_as"] == newer["id"]
    assert client.post(f"/imports/{newer['id']}/confirm").status_code == 200


def test_the_wrong_person_gets_nothing_and_the_attempt_is_written_down(desk: Desk) -> None:
    found = sent(desk)
    refusal(send(desk, "clerk"), 403, "not-allowed")
    refusal(send(desk, "secadmin"), 403, "not-allowed")
    for person, status in (("clerk", 404), ("minzheng-clerk", 404)):
        refusal(desk.of(person).get(f"/imports/{found['id']}"), status, "not-found")
        refusal(desk.of(person).get(f"/imports/{found['id']}/lines"), status, "not-found")
        refusal(desk.of(person).get(f"/imports/{found['id']}/faults.xlsx"), status, "not-found")
        refusal(desk.of(person).get("/exports/people.xlsx"), 403, "not-allowed")
    refusal(desk.of("clerk").get("/imports/templates/people.xlsx"), 403, "not-allowed")
    refusal(desk.of("auditadmin").post(f"/imports/{found['id']}/confirm"), 403, "not-allowed")
    refusal(desk.of("auditadmin").post(f"/imports/{found['id']}/renew"), 403, "not-allowed")
    assert len(desk.denied()) == 13
    assert place(desk, "nanping") is None


def test_nobody_gets_nothing(desk: Desk) -> None:
    found = sent(desk)
    for method, path in (
        ("GET", "/imports"), ("GET", f"/imports/{found['id']}"), ("GET", f"/imports/{found['id']}/lines"),
        ("GET", f"/imports/{found['id']}/faults.xlsx"), ("POST", f"/imports/{found['id']}/confirm"), ("POST", f"/imports/{found['id']}/renew"),
        ("GET", "/imports/templates/people.xlsx"), ("GET", "/exports/people.xlsx"),
    ):  # fmt: skip
        refusal(desk.nobody.request(method, path), 401, "not-signed-in")
    refusal(desk.nobody.post("/imports", files={"file": ("a.xlsx", FILE, TYPE)}), 401, "not-signed-in")


def test_done_already_is_told_with_who_and_when(desk: Desk) -> None:
    found = sent(desk)
    client = desk.of("sysadmin")
    assert client.post(f"/imports/{found['id']}/confirm").status_code == 200
    problem = refusal(client.post(f"/imports/{found['id']}/confirm"), 409, "conflict")
    assert "系统管理员（虚构）" in problem["detail"]


def test_of_eight_who_press_at_once_one_stores_it(desk: Desk) -> None:
    path = f"/imports/{sent(desk)['id']}/confirm"
    client = desk.of("sysadmin")
    assert at_once(lambda: client.post(path)) == [200] + [409] * 7
    with desk.stage.database.read() as tx:
        assert len(events.list_events(tx, type="import.applied").items) == 1


def test_the_same_key_gives_the_same_answer_and_previews_once(desk: Desk) -> None:
    first, again = (send(desk, key="k1") for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    refusal(
        send(desk, content=file_of({"organisations": [PLACE]}), key="k1"),
        422,
        "idempotency-key-reused",
    )
    assert len(desk.of("sysadmin").get("/imports").json()["items"]) == 1


def test_things_that_are_not_there_are_not_found(desk: Desk) -> None:
    client = desk.of("sysadmin")
    for path in (
        "/imports/none",
        "/imports/none/lines",
        "/imports/none/faults.xlsx",
        "/imports/templates/plans.xlsx",
        "/exports/plans.xlsx",
    ):
        refusal(client.get(path), 404, "not-found")
    refusal(client.post("/imports/none/confirm"), 404, "not-found")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("机构.xls", FILE, "应以.xlsx结尾"),
        ("机构.csv", b"a,b", "应以.xlsx结尾"),
        ("机构.xlsx", b"a,b", "不是.xlsx工作簿"),
        ("机构.xlsx", b"", "空的"),
        ("机构.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("机构.xlsx", zipped(parts_of() | {"xl/vbaProject.bin": b"x"}), "宏"),
        ("机构.xlsx", zipped(parts_of() | {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "链接"),
        ("机构.xlsx", zipped(parts_of() | {"xl/theme/t.xml": b" " * 20_000_000}), "压缩比"),
        ("机构.xlsx", small("".join(f'<row r="{n}" ht="15"/>' for n in range(1, 1_000_001))), "行数"),
        ("机构.xlsx", xlsx({"食堂": [["鱼"]]}), "没有认得的工作表"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence(
    desk: Desk, name: str, content: bytes, sentence: str
) -> None:
    problem = refusal(send(desk, content=content, name=name), 422, "invalid")
    assert sentence in problem["detail"]
    assert desk.of("sysadmin").get("/imports").json()["items"] == []


def test_a_formula_is_refused_with_its_cell(desk: Desk) -> None:
    found = sent(desk, content=file_of({"people": [PERSON | {"name": '=HYPERLINK("http://203.0.113.1")'}]}))
    assert [fault["message"] for fault in found["faults"]] == [
        "工作表“人员”第2行B列“姓名”：应为数值或文字，不能是公式，请选择性粘贴为数值；现为“公式”。"
    ]


def test_a_file_over_the_limit_is_refused_unread(desk: Desk) -> None:
    refusal(send(desk, content=b"PK" + b"x" * (10 * 1024 * 1024 + 200_000)), 413, "too-large")


def test_a_name_that_deceives_is_refused(desk: Desk) -> None:
    refusal(send(desk, name="机构\u202excod.xlsx"), 422, "invalid")


def test_an_export_holds_no_formula_and_comes_back_unchanged(desk: Desk) -> None:
    rows = [ITEM | {"name": "'=1+1"}, ITEM | {"id": "sx-2", "name": "'@SUM(1)"}]
    made = sent(desk, person="reform-clerk", content=file_of({"items": rows}))
    assert desk.of("reform-clerk").post(f"/imports/{made['id']}/confirm").status_code == 200
    out = desk.of("minzheng-clerk").get("/exports/items.xlsx")
    assert unquote(out.headers["content-disposition"]).endswith("导出-事项.xlsx")
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(out.content))["事项"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "'=1+1" in {cell.value for cell in cells}
    again = sent(desk, person="minzheng-clerk", content=out.content)
    assert (again["status"], again["sheets"][0]["unchanged"], again["sheets"][0]["changed"]) == ("ready", 2, 0)


def test_all_kinds_go_out_in_one_workbook_and_come_back(desk: Desk) -> None:
    out = desk.of("auditadmin").get("/exports/all.xlsx").content
    assert len(openpyxl.load_workbook(io.BytesIO(out)).sheetnames) == 10
    only = desk.of("sysadmin").get("/exports/organisations,people.xlsx").content
    found = sent(desk, content=only)
    assert {(sheet["new"], sheet["changed"], sheet["faulty"]) for sheet in found["sheets"]} == {(0, 0, 0)}


def test_lists_are_one_s_own(desk: Desk) -> None:
    sent(desk)
    sent(desk, person="minzheng-clerk", content=file_of({"items": [ITEM]}))
    assert [found["sheets"][0]["kind"] for found in desk.of("minzheng-clerk").get("/imports").json()["items"]] == [
        "items"
    ]
    assert len(desk.of("auditadmin").get("/imports").json()["items"]) == 2
