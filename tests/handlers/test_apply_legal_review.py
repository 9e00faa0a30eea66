"""落实合法性审核."""

from typing import Any

import pytest

from tests.handlers.desk import ids, judged, run

HOUSE_PERMIT = judged("宅基地批准书", "legal_review", "E8", conditions="")


def review(*rows: dict[str, Any], conditions: str = "") -> dict[str, Any]:
    items = [judged("birth", "eligible"), HOUSE_PERMIT | {"conditions": conditions}]
    return dict(run("apply_legal_review", {"items": items, "legal_items": list(rows)}).data)


def test_the_special_seal_may_decide_when_the_reviewer_says_so() -> None:
    data = review({"item_id": "宅基地批准书", "ruling": "special", "article": "", "note": ""})
    assert [(i["item_id"], i["scope"]) for i in data["items"]] == [("birth", "decide"), ("宅基地批准书", "decide")]
    assert [(m["item_id"], m["ruling"]) for m in data["meeting_items"]] == [("birth", "pass"), ("宅基地批准书", "pass")]
    assert data["dropped_items"] == []


@pytest.mark.parametrize(("before", "after"), [("", "同时加盖公章。"), ("限本镇", "限本镇 同时加盖公章。")])
def test_both_seals_become_a_condition_beside_the_department_s(before: str, after: str) -> None:
    data = review({"item_id": "宅基地批准书", "ruling": "both"}, conditions=before)
    assert (data["items"][1]["scope"], data["items"][1]["conditions"]) == ("decide", after)


def test_the_official_seal_takes_the_item_out_with_article_and_note() -> None:
    data = review({"item_id": "宅基地批准书", "ruling": "official", "article": "许可法39", "note": "须镇政府公章"})
    assert ids(data["items"]) == ["birth"]
    (gone,) = data["dropped_items"]
    assert (gone["item_id"], gone["item_class"], gone["step"]) == ("宅基地批准书", "E8", "legal")
    assert "许可法39 须镇政府公章" in gone["reason"]
    assert ids(data["meeting_items"]) == ["birth"]


@pytest.mark.parametrize("rows", [(), ({"item_id": "宅基地批准书", "ruling": ""},)])
def test_nothing_said_takes_it_out_as_well(rows: tuple[dict[str, Any], ...]) -> None:
    assert ids(review(*rows)["items"]) == ["birth"]


def test_an_item_that_may_only_be_accepted_stays_so() -> None:
    data = run("apply_legal_review", {"items": [judged("林木采伐", "accept_only", "E3")], "legal_items": []}).data
    assert data["items"][0]["scope"] == "accept_only"
    assert data["meeting_items"][0]["scope"] == "accept_only"
