"""Registers, notices and receipts over HTTP."""

from datetime import UTC, datetime

import pytest

from service.domain.items import Item, PowerSource, Receipt, Seal
from service.store import items, ledger, notices
from tests.actions.stage import Stage
from tests.api.desk import Desk, at_once, refusal

LISTS = ("/authorisations", "/seals", "/items", "/forms", "/organisations", "/people", "/notifications", "/receipts")


@pytest.mark.parametrize("path", LISTS)
def test_a_register_is_for_people_who_are_signed_in(desk: Desk, path: str) -> None:
    found = desk.of("clerk").get(path)
    assert found.status_code == 200, found.text
    assert set(found.json()) == {"items", "next"}
    refusal(desk.nobody.get(path), 401, "not-signed-in")


def test_items_and_seals_show_names_of_organisations(desk: Desk, stage: Stage) -> None:
    with stage.database.begin() as tx:
        item = Item(
            "x",
            1,
            "示例事项",
            "yunxiao",
            "in_use",
            "",
            PowerSource.STATUTORY,
            "",
            "record",
            False,
            "",
            "official",
            example=True,
        )
        items.put_item(tx, item)
        ledger.put_seal(tx, Seal("s", "huotian", "official", "云霄县火田镇人民政府", "round", 42, "active"))
    (found,) = desk.of("clerk").get("/items?q=示例").json()["items"]
    assert (found["department_name"], found["example"]) == ("云霄县", True)
    assert desk.of("clerk").get("/items?q=%25").json()["items"] == []
    (seal,) = desk.of("clerk").get("/seals?organisation=huotian").json()["items"]
    assert (seal["organisation_name"], seal["diameter_mm"]) == ("火田镇", 42)
    assert desk.of("clerk").get("/items/x").json()["name"] == "示例事项"
    refusal(desk.of("clerk").get("/items/y"), 404, "not-found")


def test_notices_reach_the_post_and_nobody_else(desk: Desk, stage: Stage) -> None:
    task = desk.drafted()
    desk.of("clerk").post(f"/tasks/{task}/complete", json={"data": {"batch_name": "告知"}})
    stage.work()
    assert [n["text"] for n in desk.of("clerk2").get("/notifications").json()["items"]] == ["x"]
    assert desk.of("director").get("/notifications").json()["items"] == []


def test_a_receipt_is_confirmed_once_by_its_organisation(desk: Desk, stage: Stage) -> None:
    case = desk.start()["case"]["id"]
    sent = datetime(2022, 10, 14, tzinfo=UTC)
    with stage.database.begin() as tx:
        notices.add_receipt(tx, Receipt("r", case, "huotian-center", "启用通知", sent))
    assert [r["id"] for r in desk.of("director").get("/receipts").json()["items"]] == ["r"]
    refusal(desk.of("heping-clerk").post("/receipts/r/confirm"), 404, "not-found")
    client = desk.of("clerk")
    assert at_once(lambda: client.post("/receipts/r/confirm")) == [200] + [409] * 7
