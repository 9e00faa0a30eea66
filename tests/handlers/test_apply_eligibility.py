"""汇总判定结果, with the traps of the notice."""

from typing import Any

import pytest
from handlers.contract import Output

from tests.handlers.desk import ids, item, run


def judge(*verdicts: tuple[str, str, str], **more: Any) -> Output:
    items = [item(id, **more) for id, _, _ in verdicts]
    rows = [{"item_id": id, "item_class": c, "outcome": o, "basis": f"依据{c}"} for id, c, o in verdicts]
    return run("apply_eligibility", {"items": items, "classifications": rows})


def test_it_lets_an_eligible_item_pass_without_an_exception() -> None:
    data = judge(("birth", "E1", "eligible")).data
    (one,) = data["items"]
    assert (one["item_class"], one["outcome"], one["basis"], one["scope"]) == ("E1", "eligible", "依据E1", "decide")
    assert (data["exceptions"], data["legal_items"]) == ([], [])


@pytest.mark.parametrize(
    ("item_class", "outcome", "proposed"),
    [
        ("E9", "remove", "remove"),
        ("E6", "own_seal", "remove"),
        ("E7", "not_authorised", "remove"),
        ("", "not_applicable", "remove"),
        ("E8", "keep_official", "remove"),
        ("E3", "accept_only", "keep"),
        ("E8", "legal_review", "keep"),
        ("", "incomplete", ""),
        ("", "manual", ""),
    ],
)
def test_it_proposes_a_ruling_for_everything_that_is_not_plainly_eligible(
    item_class: str, outcome: str, proposed: str
) -> None:
    data = judge(("x", item_class, outcome)).data
    assert data["exceptions"] == [
        {
            "item_id": "x", "name": "事项x", "item_class": item_class, "outcome": outcome, "basis": f"依据{item_class}",
            "ruling": proposed, "confirmed_class": "", "note": "",
        }
    ]  # fmt: skip


def test_an_entrusted_item_may_only_be_accepted() -> None:
    assert judge(("林木采伐", "E3", "accept_only")).data["items"][0]["scope"] == "accept_only"


def test_a_certificate_goes_to_the_legal_reviewer() -> None:
    data = judge(("宅基地批准书", "E8", "legal_review")).data
    assert data["items"][0]["scope"] == "legal_review"
    (row,) = data["legal_items"]
    assert (row["item_id"], row["basis"], row["ruling"], row["article"], row["note"]) == (
        "宅基地批准书", "依据E8", "", "", "",
    )  # fmt: skip


def test_it_does_not_ask_again_about_what_a_person_confirmed() -> None:
    assert (
        judge(("a", "E3", "accept_only"), ("b", "E8", "legal_review"), exception_confirmed=True).data["exceptions"]
        == []
    )


@pytest.mark.parametrize(("item_class", "outcome"), [("E6", "own_seal"), ("E7", "not_authorised"), ("E9", "remove")])
def test_a_class_changed_to_one_that_may_not_be_authorised_does_not_slip_through(item_class: str, outcome: str) -> None:
    data = judge(("x", item_class, outcome), exception_confirmed=True, confirmed_class=item_class).data
    assert [(e["item_id"], e["ruling"]) for e in data["exceptions"]] == [("x", "remove")]


def test_an_item_the_table_gave_no_verdict_for_becomes_an_exception() -> None:
    data = run("apply_eligibility", {"items": [item("lost")], "classifications": []}).data
    assert ids(data["exceptions"]) == ["lost"]
    assert (data["items"][0]["item_class"], data["items"][0]["outcome"]) == ("", "")
