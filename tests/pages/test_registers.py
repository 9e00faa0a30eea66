"""授权台账 and 印章登记: what they show, and the table one takes along."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.domain.items import Authorisation, AuthorisationStatus, Item, PowerSource, Seal
from service.pages.csv_files import harmless
from service.store import items, ledger
from tests.actions.stage import Stage
from tests.pages.visitor import Visit

AT = datetime(2022, 11, 1, 1, 0, tzinfo=UTC)


def enter(visit: Visit, id: str = "1", *, township: str = "huotian", name: str = "生育登记", **changed: Any) -> None:
    """One row of the ledger with its item and seal."""
    case = visit.desk.start(township=township, person="clerk" if township == "huotian" else "heping-clerk")["case"][
        "id"
    ]
    with visit.stage.database.begin() as tx:
        if items.get_item(tx, f"item-{id}") is None:
            items.put_item(
                tx,
                Item(f"item-{id}", 1, name, "shengaiban", "in_use", "", PowerSource.STATUTORY, "", "record", False,
                     "人口法", "official", task_code=f"35{id}"),
            )  # fmt: skip
        ledger.put_seal(tx, Seal("seal", "huotian-center", "special", "火田镇专用章", "round", 38, "active", "公备1"))
        entry = Authorisation(
            f"a-{id}", township, f"item-{id}", 1, name, "E1", "decide", AuthorisationStatus.TRIAL, case, f"示例〔2022〕{id}号",
            date(2022, 10, 30), "启1", f"备{id}", AT, date(2022, 11, 1), None, "seal",
        )  # fmt: skip
        ledger.put_authorisation(tx, replace(entry, **changed))


def test_the_ledger_shows_the_paper_registers_columns(visit: Visit) -> None:
    enter(visit)
    page = visit.of("clerk").open("/ledger")
    heads = [" ".join(th.text_content().split()) for th in page.tree.xpath("//thead//th")]
    assert heads == ["序号", "事项名称", "编码", "类型", "权力来源", "设定依据", "对口部门", "原用印章", "现用印章", "范围", "文号",
                     "备案号", "生效日期", "期限", "状态"]  # fmt: skip
    (row,) = page.rows()
    assert row == ["1", "生育登记火田", "351", "", "法定本级行使", "人口法", "shengaiban", "公章", "火田镇专用章", "审核审批",
                   "示例〔2022〕1号", "备1", "2022-11-01", "长期", "试运行"]  # fmt: skip


def test_it_is_filtered_by_township_status_and_words(visit: Visit) -> None:
    enter(visit)
    enter(
        visit, "2", township="heping", name="林木采伐", status=AuthorisationStatus.IN_FORCE, valid_to=date(2025, 1, 1)
    )
    clerk = visit.of("clerk")
    for query, names in (
        ("", 2), ("township=heping", 1), ("status=trial", 1), ("q=林木", 1), ("q=示例", 2), ("q=备2", 1), ("q=352", 1),
        ("q=%25", 0), ("township=huotian&status=in_force", 0),
    ):  # fmt: skip
        assert len(clerk.open(f"/ledger?{query}").rows()) == names, query
    assert clerk.open("/ledger?q=林木").rows()[0][13] == "至2025-01-01"


def test_everybody_signed_in_reads_it_and_nobody_else(visit: Visit) -> None:
    for person in ("heping-clerk", "director", "sysadmin"):
        assert visit.of(person).open("/ledger").status == 200
        assert visit.of(person).open("/seals").status == 200
    for path in ("/ledger", "/seals"):
        assert visit.nobody.open(path).heading == "登录一章通"
    assert visit.nobody.client.get("/ledger.csv").status_code == 401


def test_the_table_is_for_excel_and_holds_no_formulas(visit: Visit) -> None:
    enter(visit, name='=HYPERLINK("http://bad.example","点我")', document_number="\t=1+1")
    enter(visit, "2", township="heping", name="＝1＋1", filing_number="-2+3")
    answer = visit.of("clerk").client.get("/ledger.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = list(csv.reader(io.StringIO(text)))
    assert (head[0], head[1], len(head)) == ("乡镇", "事项名称", 15)
    assert all(cell[:1] not in "=+-@＝\t\r" for row in rows for cell in row if cell)
    found = {row[0]: row for row in rows}
    assert found["火田镇"][1] == '\'=HYPERLINK("http://bad.example","点我")'
    assert (found["和平镇"][1], found["和平镇"][11]) == ("'＝1＋1", "'-2+3")


@pytest.mark.parametrize("bad", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"])
def test_a_cell_that_begins_like_a_formula_is_quoted(bad: str) -> None:
    assert harmless(bad) == f"'{bad}"


@pytest.mark.parametrize("good", ["", "1-2", "示例〔2022〕1号", "a=b", "'x"])
def test_any_other_cell_stays_as_it_is(good: str) -> None:
    assert harmless(good) == good


def test_the_table_holds_every_page(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.store.ledger_rows.BATCH", 2)
    for n in range(5):
        enter(visit, str(n))
    assert len(visit.of("clerk").client.get("/ledger.csv").text.splitlines()) == 6
    assert len(visit.of("clerk").client.get("/ledger.csv?q=备3").text.splitlines()) == 2


def test_an_item_no_library_knows_is_shown_without_its_columns(visit: Visit, stage: Stage) -> None:
    enter(visit, item_id="unknown", item_version=7)
    (row,) = visit.of("clerk").open("/ledger").rows()
    assert row[1:7] == ["生育登记火田", "", "", "", "", ""]


def test_seals_are_listed(visit: Visit) -> None:
    enter(visit)
    (row,) = visit.of("director").open("/seals").rows()
    assert row[:7] == ["火田镇专用章", "火田镇便民服务中心", "中心审核审批专用章", "圆形", "38", "启用", "公备1"]
    assert visit.of("director").open("/seals?organisation=heping-center").rows() == []
