"""汇总会签意见."""

from typing import Any

from tests.handlers.desk import item, run


def opinion(item_id: str, opinion: str, **more: str) -> dict[str, Any]:
    return {"item_id": item_id, "opinion": opinion, "conditions": "", "basis": "", **more}


def test_it_puts_opinions_old_and_new_to_the_items_and_lists_the_disagreements() -> None:
    sign_offs = [
        {"department_id": "weijian", "department_name": "县卫健局", "item_ids": ["a", "b"], "status": "waiting",
         "opinions": [opinion("a", "agree", conditions="限本镇")]},
    ]  # fmt: skip
    results = [
        {"case_id": "s1", "department_id": "weijian", "opinions": [opinion("b", "disagree", basis="许可法24")]},
    ]
    given = {"items": [item("a"), item("b")], "sign_offs": sign_offs, "sign_off_results": results}
    data = run("summarise_sign_offs", given).data
    assert [(i["sign_off"], i["conditions"]) for i in data["items"]] == [("agree", "限本镇"), ("disagree", "")]
    assert data["disputed_items"] == [
        {
            "item_id": "b", "name": "事项b", "department_name": "县卫健局", "reason": "许可法24", "ruling": "", "note": "",
        }
    ]  # fmt: skip


def test_the_opinion_of_this_round_wins_over_an_older_verdict() -> None:
    sign_offs = [{"department_id": "d", "item_ids": ["a"], "opinions": [opinion("a", "disagree")]}]
    results = [{"opinions": [opinion("a", "agree")]}]
    data = run("summarise_sign_offs", {"items": [item("a")], "sign_offs": sign_offs, "sign_off_results": results}).data
    assert (data["items"][0]["sign_off"], data["disputed_items"]) == ("agree", [])


def test_an_item_nobody_gave_an_opinion_about_is_disputed_not_waved_through() -> None:
    data = run("summarise_sign_offs", {"items": [item("a")], "sign_offs": [], "sign_off_results": []}).data
    assert [d["item_id"] for d in data["disputed_items"]] == ["a"]
