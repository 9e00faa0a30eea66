"""A decision asked outside a case answers as it does inside."""

from typing import Any

import pytest

from service.engine.deciding import decide
from service.engine.model import Bundle, EngineError
from tests.engine.batches import item as row
from tests.engine.batches import outcomes
from tests.engine.shipped import AT, Walk, shipped


def bundle() -> Bundle:
    return shipped("seal_authorisation")


@pytest.mark.parametrize(
    "said", [{}, {"status": "paused"}, {"agency": "police"}, {"power_source": "5"}, {"result_kind": "certificate"}]
)
def test_it_says_what_the_case_says(said: dict[str, Any]) -> None:
    found = decide(bundle(), "eligibility", {"item": row("a", **said)}, at=AT)
    walk = Walk("seal_authorisation").does("draft_list", items=[]).handles("precheck", items=[row("a", **said)])
    assert (found.value["item_class"], found.value["outcome"]) == outcomes(walk)["a"]


def test_it_names_the_rule_its_note_and_what_it_saw() -> None:
    found = decide(bundle(), "eligibility", {"item": row("a", agency="market")}, at=AT)
    assert [(rule.id, rule.number) for rule in found.rules] == [("rule_own_seal", 8)]
    assert "公安派出所、市场监管所" in found.rules[0].note
    assert dict(found.inputs)["派驻机构"] == "market"
    assert len(found.inputs) == 6


def test_it_says_why_there_is_no_answer() -> None:
    with pytest.raises(EngineError, match="nothing"):
        decide(bundle(), "nothing", {}, at=AT)
    with pytest.raises(EngineError):
        decide(bundle(), "eligibility", {"item": {"status": 5}}, at=AT)
