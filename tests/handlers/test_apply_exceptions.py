"""落实例外结论."""

from typing import Any

import pytest

from tests.handlers.desk import ids, judged, run


def rule(items: list[dict[str, Any]], *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return dict(run("apply_exceptions", {"items": items, "exceptions": list(rows), **more}).data)


def test_a_cancelled_item_is_dropped_as_e9_with_its_reason() -> None:
    card = judged("老年人优待证", "remove", "E9")
    data = rule([judged("birth", "eligible"), card], {"item_id": "老年人优待证", "ruling": "remove", "note": "已取消"})
    assert ids(data["items"]) == ["birth"]
    assert data["dropped_items"] == [
        {
            "item_id": "老年人优待证", "name": "事项老年人优待证", "item_class": "E9", "step": "exception",
            "reason": "依据 已取消",
        }
    ]  # fmt: skip
    assert data["reclassify"] is False


@pytest.mark.parametrize("outcome", ["accept_only", "legal_review"])
def test_it_keeps_what_may_stay_as_judged(outcome: str) -> None:
    data = rule([judged("x", outcome)], {"item_id": "x", "ruling": "keep"})
    assert (ids(data["items"]), data["items"][0]["exception_confirmed"]) == (["x"], True)
    assert ids(data["legal_items"]) == (["x"] if outcome == "legal_review" else [])


@pytest.mark.parametrize(
    "outcome", ["remove", "own_seal", "not_authorised", "not_applicable", "keep_official", "incomplete", "manual", ""]
)
def test_nothing_else_can_be_kept_without_a_changed_class(outcome: str) -> None:
    data = rule([judged("x", outcome)], {"item_id": "x", "ruling": "keep"})
    assert (data["items"], ids(data["dropped_items"])) == ([], ["x"])


def test_a_changed_class_is_judged_again() -> None:
    data = rule([judged("x", "manual", "")], {"item_id": "x", "ruling": "change", "confirmed_class": "E4"})
    (kept,) = data["items"]
    assert (kept["confirmed_class"], kept["exception_confirmed"], data["reclassify"]) == ("E4", True, True)


@pytest.mark.parametrize("ruling", ["", None, "what"])
def test_a_line_without_a_ruling_authorises_nothing(ruling: str | None) -> None:
    assert rule([judged("x", "accept_only")], {"item_id": "x", "ruling": ruling})["items"] == []


def test_it_appends_to_what_was_dropped_before() -> None:
    data = rule([judged("x", "remove")], {"item_id": "x", "ruling": "remove"}, dropped_items=[{"item_id": "earlier"}])
    assert ids(data["dropped_items"]) == ["earlier", "x"]
