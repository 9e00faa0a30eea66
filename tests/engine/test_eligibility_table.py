"""授权适格判定: which class and outcome each kind of item gets, row by row."""

import re
from typing import Any

import pytest

from service.engine import dmn
from tests.engine.shipped import AT, ROOT

ORDINARY: dict[str, Any] = {
    "confirmed_class": "", "status": "in_use", "agency": "", "power_source": "1", "result_kind": "record", "seal_by_law": False,
}  # fmt: skip

ROWS: list[tuple[dict[str, Any], tuple[str, str, str]]] = [
    ({"confirmed_class": "E4", "power_source": ""}, ("confirmed_eligible", "E4", "eligible")),
    ({"confirmed_class": "E3"}, ("confirmed_entrusted", "E3", "accept_only")),
    ({"confirmed_class": "E6"}, ("confirmed_own_seal", "E6", "own_seal")),
    ({"confirmed_class": "E7"}, ("confirmed_department", "E7", "not_authorised")),
    ({"confirmed_class": "E8"}, ("confirmed_legal", "E8", "legal_review")),
    ({"confirmed_class": "E9"}, ("confirmed_closed", "E9", "remove")),
    ({"status": "cancelled"}, ("closed", "E9", "remove")),
    ({"status": "paused", "agency": "police"}, ("closed", "E9", "remove")),
    ({"agency": "police"}, ("own_seal", "E6", "own_seal")),
    ({"agency": "market", "power_source": "5"}, ("own_seal", "E6", "own_seal")),
    ({"agency": "branch"}, ("branch", "E7", "not_authorised")),
    ({"result_kind": "penalty"}, ("penalty", "", "not_applicable")),
    ({"power_source": "5"}, ("entrusted", "E3", "accept_only")),
    ({"power_source": "6", "result_kind": "certificate"}, ("entrusted", "E3", "accept_only")),
    ({"result_kind": "certificate"}, ("certificate", "E8", "legal_review")),
    ({"seal_by_law": True}, ("seal_by_law", "E8", "keep_official")),
    ({"power_source": "2"}, ("devolved", "E2", "eligible")),
    ({"power_source": "3", "result_kind": "opinion"}, ("devolved", "E2", "eligible")),
    ({"power_source": "4"}, ("devolved", "E2", "eligible")),
    ({"result_kind": "opinion"}, ("first_opinion", "E4", "eligible")),
    ({"result_kind": "proof"}, ("proof", "E5", "eligible")),
    ({}, ("statutory", "E1", "eligible")),
    ({"result_kind": "payment"}, ("statutory", "E1", "eligible")),
    ({"power_source": ""}, ("incomplete", "", "incomplete")),
    ({"power_source": "9"}, ("manual", "", "manual")),
]


def judge(**facts: Any) -> tuple[str, str, str]:
    """(rule id, class, outcome) of an ordinary statutory item with ``facts`` instead."""
    decisions, problems = dmn.read_decisions(
        (ROOT / "seal_authorisation/eligibility.dmn").read_bytes(), "eligibility.dmn"
    )
    assert not problems
    result = dmn.evaluate(decisions["eligibility"], {"item": ORDINARY | facts}, at=AT)
    assert len(result.matched) == 1
    assert result.value["basis"]
    return (result.matched[0].removeprefix("rule_"), result.value["item_class"], result.value["outcome"])


@pytest.mark.parametrize(("facts", "expected"), ROWS)
def test_it_judges(facts: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert judge(**facts) == expected


def test_it_has_a_test_for_every_row() -> None:
    table = (ROOT / "seal_authorisation/eligibility.dmn").read_text("utf-8")
    assert {expected[0] for _, expected in ROWS} == set(re.findall(r'<rule id="rule_(\w+)"', table))


def test_it_treats_an_unconfirmed_class_as_none() -> None:
    assert judge(confirmed_class=None) == ("statutory", "E1", "eligible")
