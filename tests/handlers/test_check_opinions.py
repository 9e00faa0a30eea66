"""意见规则校验: what a department may not answer."""

from typing import Any

import pytest

from tests.handlers.desk import run


def check(*rows: dict[str, Any], done: int = 0) -> tuple[bool, list[str]]:
    opinions = [{"item_id": f"i{n}", "name": f"事项{n}", **row} for n, row in enumerate(rows)]
    data = run("check_opinions", {"opinions": opinions, "opinion_round": done}).data
    assert data["opinion_round"] == done + 1
    assert data["must_redo"] == bool(data["opinion_faults"])
    return data["must_redo"], [f["text"] for f in data["opinion_faults"]]


@pytest.mark.parametrize("code", ["N1", "N2", "N3", "N4"])
@pytest.mark.parametrize("done", [0, 1, 5])
def test_a_reason_the_notice_forbids_is_bounced_every_time(code: str, done: int) -> None:
    again, faults = check({"opinion": "disagree", "reason_code": code, "basis": "某办法第三条"}, done=done)
    assert again
    assert "不是不同意的理由" in faults[0]


@pytest.mark.parametrize("basis", ["", "   ", None])
def test_a_missing_basis_is_bounced_once(basis: str | None) -> None:
    row = {"opinion": "disagree", "reason_code": "L1", "basis": basis}
    assert check(row, done=0)[0]
    assert not check(row, done=1)[0]


@pytest.mark.parametrize("done", [0, 3])
def test_conditions_need_words_every_time(done: int) -> None:
    assert check({"opinion": "agree_with_conditions", "conditions": " "}, done=done)[0]
    assert not check({"opinion": "agree_with_conditions", "conditions": "限本镇"}, done=done)[0]


@pytest.mark.parametrize("opinion", ["", None, "perhaps"])
def test_silence_is_not_consent(opinion: str | None) -> None:
    assert check({"opinion": opinion}, done=4)[0]


def test_it_lets_good_opinions_through() -> None:
    rows = [
        {"opinion": "agree"},
        {"opinion": "agree_with_conditions", "conditions": "限本镇"},
        {"opinion": "disagree", "reason_code": "L2", "basis": "行政许可法第二十四条"},
    ]
    assert check(*rows) == (False, [])


def test_it_names_every_faulty_line() -> None:
    rows = [{"opinion": "disagree", "reason_code": "N4"}, {"opinion": "agree"}, {"opinion": ""}]
    _, faults = check(*rows)
    assert [("事项0" in f, "事项2" in f) for f in faults] == [(True, False), (False, True)]
