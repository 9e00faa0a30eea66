"""登记会签意见."""

from datetime import date
from typing import Any

import pytest

from tests.handlers.desk import item, run


def opinion(item_id: str, opinion: str, **more: Any) -> dict[str, Any]:
    return {"item_id": item_id, "opinion": opinion, "conditions": "", "basis": "", **more}


def test_it_records_one_verdict_per_item_and_version() -> None:
    opinions = [
        opinion("a", "agree"),
        opinion("b", "agree_with_conditions", conditions="限本镇"),
        opinion("c", "disagree", basis="许可法24", conditions=None),
    ]
    items = [item("a", version=4), item("b"), item("c")]
    output = run("record_sign_off", {"opinions": opinions, "sign_off_items": items})
    values = [e.values for e in output.effects]
    assert [(v["subject_id"], v["subject_version"], v["conclusion"], v["detail"]) for v in values] == [
        ("a", 4, "agree", ""),
        ("b", 1, "agree_with_conditions", "限本镇"),
        ("c", 1, "disagree", "许可法24"),
    ]
    assert {(v["kind"], v["valid_until"]) for v in values} == {("sign_off", date(2023, 10, 15))}
    assert len({v["id"] for v in values}) == 3


@pytest.mark.parametrize(
    ("opinions", "worst"),
    [
        (["agree", "agree"], "agree"),
        (["agree", "agree_with_conditions"], "agree_with_conditions"),
        (["agree_with_conditions", "disagree", "agree"], "disagree"),
        ([], "agree"),
    ],
)
def test_it_names_the_worst_opinion(opinions: list[str], worst: str) -> None:
    rows = [opinion(f"i{n}", o) for n, o in enumerate(opinions)]
    assert run("record_sign_off", {"opinions": rows, "sign_off_items": []}).data == {"sign_off_opinion": worst}
