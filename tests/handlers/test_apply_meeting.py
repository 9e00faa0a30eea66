"""落实会议结论."""

import pytest

from tests.handlers.desk import ids, judged, run

ITEMS = [judged("a", "eligible"), judged("b", "eligible")]
ROWS = [{"item_id": "a", "ruling": "pass", "note": ""}, {"item_id": "b", "ruling": "reject", "note": "力量不足"}]


@pytest.mark.parametrize(
    ("decision", "left", "gone"), [("passed", ["a", "b"], []), ("partly", ["a"], ["b"]), ("rejected", [], ["a", "b"])]
)
def test_it_does_what_the_meeting_decided(decision: str, left: list[str], gone: list[str]) -> None:
    data = run("apply_meeting", {"items": ITEMS, "meeting_items": ROWS, "meeting_decision": decision}).data
    assert (ids(data["items"]), ids(data["dropped_items"])) == (left, gone)


def test_it_gives_the_meeting_s_words_as_the_reason() -> None:
    data = run("apply_meeting", {"items": ITEMS, "meeting_items": ROWS, "meeting_decision": "rejected"}).data
    assert [(d["step"], d["reason"]) for d in data["dropped_items"]] == [
        ("meeting", "集体研究未通过。"),
        ("meeting", "力量不足"),
    ]
