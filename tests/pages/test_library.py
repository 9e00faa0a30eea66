"""The registers behind the item library in the browser."""

from typing import Any

import pytest

from service.domain.people import Holding, Person
from service.store import people
from tests.actions.bookshelf import deliveries, furnish, listening, newest, put
from tests.pages.visitor import ORIGIN, Visit


@pytest.fixture
def library(visit: Visit) -> Visit:
    furnish(visit.stage)
    put(visit.stage)
    with visit.stage.database.begin() as tx:
        clerk = Person("office", "党政办（虚构）", "huotian", fictional=True)
        people.add_person(tx, clerk, holdings=(Holding("party_office_clerk", "huotian"),))
    return visit


def test_a_basis_is_entered_cited_and_repealed(library: Visit) -> None:
    clerk, office = library.of("minzheng-clerk"), library.of("reform-clerk")
    page = clerk.press(clerk.open("/new-legal-basis"), "保存", name="救助办法（示例）", number="国务院令第649号", level="regulation",
                       issuers="国务院", status="in_force", id="law")  # fmt: skip
    assert (page.path, page.notice) == ("/legal-bases/law", "依据“救助办法（示例）”已保存。")
    edit = clerk.open("/items/jiuzhu/edit")
    clerk.press(edit, "保存为新版", **{"citations.0.basis_id": "law", "citations.0.article": "第七条"})
    assert [c.article for c in newest(library.stage).citations] == ["第七条"]
    about = listening(library.stage, "jiuzhu")
    assert "登记废止" not in clerk.open("/legal-bases/law").text
    page = office.open("/legal-bases/law")
    assert page.rows() == [["临时救助", "第七条", "在用"]]
    assert office.press(page, "登记废止", reason="x").fault("repealed_on")
    page = office.press(page, "登记废止", repealed_on="2022-10-01", reason="公布废止")
    assert page.notice == "依据“救助办法（示例）”已废止，涉及1个事项，部门和批次会收到通知。"
    assert deliveries(library.stage) == [about]
    assert [row[3] for row in clerk.open("/legal-bases?status=repealed").rows()] == ["已废止"]
    assert "“law”已经废止" in clerk.open("/items/jiuzhu").text


def test_a_document_is_entered_and_withdrawn(library: Visit) -> None:
    office = library.of("reform-clerk")
    filled: dict[str, Any] = {"kind": "empower", "number": "示例云政[2022]3号", "title": "赋权决定（示例）", "issuer": "县政府",
                              "item_ids": "jiuzhu\nnone", "township_ids": ["huotian"]}  # fmt: skip
    page = office.press(office.open("/new-power-document"), "保存", **filled)
    assert "“none”不在事项库中" in page.fault("item_ids")
    page = office.press(page, "保存", item_ids="jiuzhu")
    assert page.notice == "文件“示例云政〔2022〕3号”已保存。"
    assert "示例云政〔2022〕3号" in office.open("/items/jiuzhu").text
    page = office.press(page, "登记收回", withdrawn_on="2022-12-01", withdrawn_by="示例云政〔2022〕9号", reason="收回")
    assert page.notice == "文件“示例云政〔2022〕3号”已登记收回。"
    assert "保存" not in [b.text_content() for b in page.tree.iter("button")]
    assert library.of("clerk").open("/power-documents").rows()[0][6] == "2022-12-01"


def test_a_township_says_what_became_of_its_stations(library: Visit) -> None:
    clerk = library.of("office")
    page = clerk.open("/new-station")
    assert [o.get("value") for o in page.tree.xpath("//select[@name='township_id']/option")] == ["", "huotian"]
    page = clerk.press(
        page, "保存", township_id="huotian", name="农技站", aliases="农业站\n植保站", status="abolished", id="nongji"
    )
    assert "没有撤销文号的，只能登记为待查" in page.fault("abolition_number")
    page = clerk.press(page, "保存", abolition_number="示例云编〔2019〕5号")
    assert page.notice == "站所“农技站”已保存。"
    (row,) = library.of("clerk").open("/stations?township=huotian").rows()
    assert row[:4] == ["农技站农业站、植保站", "火田", "已撤销", "示例云编〔2019〕5号"]
    assert "保存" not in library.of("clerk").open("/stations/nongji").text


def test_codes_are_kept(library: Visit) -> None:
    admin = library.of("sysadmin")
    page = admin.open("/dictionaries?dictionary=item_type")
    page = admin.press(page, "新增", code="21", label="延伸服务（示例）")
    assert page.notice == "代码“21”（延伸服务（示例））已保存。"
    page = admin.press(page, "保存", within="延伸服务", label="延伸")
    assert page.rows()[-1][:2] == ["21", "延伸"]
    page = admin.press(page, "停用", within="延伸")
    assert page.rows()[-1][4] == "已停用"
    page = admin.press(page, "保存并恢复使用", within="延伸")
    assert page.rows()[-1][4] == "在用"
    assert admin.press(page, "新增", code="21", label="x").status == 409
    assert "新增代码" not in library.of("clerk").open("/dictionaries").text
    assert library.of("clerk").open("/dictionaries?dictionary=none").status == 404


def test_a_form_is_registered_versioned_and_stopped(library: Visit) -> None:
    clerk = library.of("minzheng-clerk")
    page = clerk.press(clerk.open("/new-form"), "登记", name="审批表（示例）", owner="minzheng", id="biao")
    assert page.fault("level")
    page = clerk.press(page, "登记", level="county")
    assert page.notice == "表格“审批表（示例）”已保存为第1版。"
    clerk.press(clerk.open("/items/jiuzhu/edit"), "保存为新版", form_ids="biao")
    page = clerk.press(clerk.open("/forms/biao"), "保存为新版", name="新表")
    assert page.rows() == [["2", "新表", "在用-未查", ""], ["1", "审批表（示例）", "停用", ""]]
    assert "临时救助" in page.links()
    assert clerk.press(page, "停用表格", reason="换用省表").notice == "表格“新表”已停用。"
    assert library.of("clerk").open("/forms?owner=minzheng").rows()[0][3] == "停用"


LISTS = ("/legal-bases", "/power-documents", "/stations", "/forms", "/dictionaries")
WRITES: list[tuple[str, dict[str, Any]]] = [
    ("/new-legal-basis", {"name": "x"}),
    ("/new-power-document", {"kind": "empower", "number": "示例〔2022〕1号", "title": "x", "issuer": "x"}),
    ("/new-station", {"township_id": "heping", "name": "x", "status": "unclear"}),
    ("/dictionaries/item_type", {"code": "22", "label": "x", "position": "1"}),
    ("/dictionaries/item_type/05/stop", {}),
    ("/new-form", {"name": "x", "owner": "minzheng", "level": "county"}),
]


@pytest.mark.parametrize(("path", "data"), WRITES)
def test_the_wrong_people_change_nothing(library: Visit, path: str, data: dict[str, Any]) -> None:
    for person, status in (("office", 403), ("clerk", 403)):
        answer = library.of(person).client.post(path, data=data, headers={"Origin": ORIGIN})
        assert (answer.status_code, "text/html" in answer.headers["content-type"]) == (status, True)
    assert library.nobody.client.post(path, data=data, headers={"Origin": ORIGIN}).status_code == 401
    assert library.of("reform-clerk").client.post(path, data=data).status_code == 403, "from another site"


@pytest.mark.parametrize("path", LISTS)
def test_everybody_signed_in_reads(library: Visit, path: str) -> None:
    for person in ("clerk", "sysadmin"):
        page = library.of(person).open(path)
        assert (page.status, page.error) == (200, "")
    assert library.nobody.open(path).path.startswith("/sign-in?next=")
    if path != "/dictionaries":
        assert library.of("clerk").open(f"{path}/none").status == 404


def test_a_second_press_enters_one(library: Visit) -> None:
    clerk = library.of("minzheng-clerk")
    page = clerk.open("/new-legal-basis")
    first, second = (clerk.press(page, "保存", name="办法（示例）") for _ in range(2))
    assert (first.path, second.path) == ("/legal-bases/yj-0001", "/legal-bases/yj-0001")
    assert len(clerk.open("/legal-bases").rows()) == 1
