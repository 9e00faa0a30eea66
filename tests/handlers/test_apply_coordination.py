"""落实协调结论."""

from datetime import date

from tests.handlers.desk import ids, judged, run

ITEMS = [judged(id, "eligible") for id in ("a", "b", "c", "d")]


def test_agreed_stay_deferred_wait_and_refused_leave_with_the_reason() -> None:
    rows = [
        {"item_id": "a", "ruling": "agree", "note": ""},
        {"item_id": "b", "ruling": "defer", "note": "系统改造中"},
        {"item_id": "c", "ruling": "refuse", "note": "保留公章"},
    ]
    output = run("apply_coordination", {"items": ITEMS, "disputed_items": rows, "dropped_items": []})
    data = output.data
    assert ids(data["items"]) == ["a", "d"]
    assert data["deferred_items"] == [
        {"item_id": "b", "name": "事项b", "reason": "系统改造中", "review_by": date(2022, 12, 14)}
    ]
    assert [(d["item_id"], d["step"], d["reason"]) for d in data["dropped_items"]] == [
        ("c", "coordination", "保留公章")
    ]
    (effect,) = output.effects
    told = {k: effect.values[k] for k in ("post", "organisation_id", "kind")}
    assert told == {"post": "center_clerk", "organisation_id": "huotian-center", "kind": "notice"}
    assert "火-2022-001" in effect.values["text"]
    assert "1项" in effect.values["text"]


def test_it_tells_nobody_when_nothing_new_is_deferred() -> None:
    rows = [{"item_id": "a", "ruling": "refuse"}]
    output = run("apply_coordination", {"items": ITEMS, "disputed_items": rows, "deferred_items": [{"item_id": "old"}]})
    assert output.effects == ()
    assert ids(output.data["deferred_items"]) == ["old"]
    assert output.data["dropped_items"][0]["reason"] == "协调结论：不授权。"


def test_a_disputed_item_without_a_ruling_is_not_authorised_by_an_oversight() -> None:
    data = run("apply_coordination", {"items": ITEMS, "disputed_items": [{"item_id": "a", "ruling": ""}]}).data
    assert ids(data["items"]) == ["b", "c", "d"]


def test_it_says_which_items_left_still_need_a_legal_review() -> None:
    items = [judged("a", "legal_review"), judged("b", "legal_review")]
    rows = [{"item_id": "a", "ruling": "refuse"}]
    assert ids(run("apply_coordination", {"items": items, "disputed_items": rows}).data["legal_items"]) == ["b"]
