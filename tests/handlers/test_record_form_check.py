"""出具自查结论."""

from datetime import date
from typing import Any

import pytest

from tests.handlers.desk import run


@pytest.mark.parametrize(
    ("usage", "conclusion", "status"), [("in_use", "passed", "passed"), ("stopped", "stopped", "stopped")]
)
def test_it_records_the_verdict_about_this_version_for_twelve_months(usage: str, conclusion: str, status: str) -> None:
    output = run("record_form_check", {"form_id": "f1", "form_version": 2, "form_name": "x", "form_usage": usage})
    until = date(2023, 10, 15)
    assert output.data == {"conclusion": conclusion, "valid_until": until, "form_id": "f1", "form_version": 2}
    verdict, form = output.effects
    assert verdict.values == {
        "id": "case-1-f1", "kind": "form_check", "subject_id": "f1", "subject_version": 2, "conclusion": conclusion,
        "detail": "", "valid_until": until,
    }  # fmt: skip
    assert form.values == {"form_id": "f1", "version": 2, "status": status, "checked_until": until}


@pytest.mark.parametrize("given", [{}, {"form_id": None, "form_version": None}, {"form_id": "", "form_version": ""}])
def test_a_zero_report_says_no_form_and_touches_none(given: dict[str, Any]) -> None:
    output = run("record_form_check", {"form_name": "（无表格）", "form_usage": "none", **given})
    assert (output.data["conclusion"], output.data["form_id"], output.data["form_version"]) == ("no_form", "", 0)
    assert [e.kind for e in output.effects] == ["record_verdict"]
