"""The forms that come with the house: each takes a lifelike submission, and refuses what its step must not let through."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from service.engine import codec, forms
from tests.engine.forms.good import GOOD
from tests.engine.forms.good_batch import Row
from tests.engine.shipped import ROOT

AT = datetime(2022, 11, 23, 1, 0, tzinfo=UTC)
PATHS = {path.stem: path for path in ROOT.glob("*/forms/*.form")}
NOTHING: Row = {}


def shipped_form(id: str) -> dict[str, Any]:
    form, problems = forms.read_form(PATHS[id].read_bytes(), PATHS[id].name)
    assert problems == ()
    assert form is not None
    return form


def submit(id: str, data: Row | None = None, **current: Any) -> forms.Checked:
    was, good = GOOD[id]
    return forms.check(shipped_form(id), good if data is None else data, current=was | current, at=AT)


def test_it_has_a_good_submission_for_every_form() -> None:
    assert set(GOOD) == set(PATHS)


@pytest.mark.parametrize("id", sorted(GOOD))
def test_it_takes_the_good_submission_and_takes_it_again(id: str) -> None:
    found = submit(id)
    assert found.faults == ()
    assert submit(id, found.data) == forms.Checked(found.data, (), found.files)
    assert codec.decode(codec.encode(found.data)) == found.data


@pytest.mark.parametrize("id", sorted(GOOD))
def test_it_refuses_an_empty_submission_an_unknown_field_and_a_number_for_a_text(id: str) -> None:
    good = GOOD[id][1]
    assert "required" in {f.code for f in submit(id, NOTHING).faults} or id == "draft_opinion" or id == "update_guides"
    assert [f.code for f in submit(id, good | {"__class__": "x"}).faults] == ["unknown-field"]
    text = next(name for name, value in good.items() if isinstance(value, str))
    assert submit(id, good | {text: 7}).faults


@pytest.mark.parametrize("id", sorted(GOOD))
def test_it_wants_every_required_field(id: str) -> None:
    _, good = GOOD[id]
    asked = [c for c in shipped_form(id)["components"] if c.get("validate", {}).get("required")]
    required = [name for c in asked if (name := c.get("key") or c["path"]) in good]
    for name in required:
        missing = {key: value for key, value in good.items() if key != name}
        assert (name, "required") in {(f.where["field"], f.code) for f in submit(id, missing).faults}


BAD: list[tuple[str, Row, list[tuple[str, str]]]] = [
    ("draft_list", {"items": [{"item_id": "linmu_caifa", "current_seal": "official", "target_seal": "official"}]},
     [("items[0].target_seal", "not-an-option")]),
    ("draft_list", {"items": [{"item_id": "linmu_caifa", "current_seal": "official", "target_seal": "special", "power_source": "7",
                               "yearly_volume": 1.5}]},
     [("items[0].power_source", "not-an-option"), ("items[0].yearly_volume", "too-precise")]),
    ("draft_list", {"items": [{"item_id": "linmu_caifa", "current_seal": "official", "target_seal": "special", "item_class": "E1"}]},
     [("items[0].item_class", "unknown-field")]),
    ("confirm_exceptions", {"exceptions": [{"ruling": "remove"}, {"ruling": "keep"}, {"ruling": "change"}]},
     [("exceptions[2].confirmed_class", "required")]),
    ("confirm_exceptions", {"exceptions": [{"ruling": "remove", "confirmed_class": "E1"}, {"ruling": "keep"}, {"ruling": "keep"}]},
     [("exceptions[0].confirmed_class", "hidden-field")]),
    ("confirm_exceptions", {"exceptions": [{"ruling": "keep", "item_class": "E1"}, {"ruling": "keep"}, {"ruling": "keep"}]},
     [("exceptions[0].item_class", "read-only")]),
    ("confirm_exceptions", {"exceptions": [{"ruling": "keep"}]}, [("exceptions", "row-count")]),
    ("director_review", {"director_decision": "refuse"}, [("director_decision", "not-an-option")]),
    ("coordinate", {"disputed_items": [{"ruling": "agree", "reason": "改写部门意见"}]}, [("disputed_items[0].reason", "read-only")]),
    ("assess_capacity", {"capacity_score": 101}, [("capacity_score", "out-of-range")]),
    ("assess_capacity", {"capacity_decision": "capable_with_conditions"}, [("capacity_conditions", "required")]),
    ("justice_opinion", {"legal_items": [{}]}, [("legal_items[0].ruling", "required")]),
    ("county_review", {"county_limits": "限一年"}, [("county_limits", "hidden-field")]),
    ("collective_study", {"meeting_present": 10}, [("meeting_present", "out-of-range")]),
    ("collective_study", {"meeting_date": "2022年11月7日"}, [("meeting_date", "wrong-type")]),
    ("sign_authorisation", {"valid_to": "2025-11-15"}, [("valid_to", "hidden-field")]),
    ("sign_authorisation", {"term": "fixed"}, [("valid_to", "required")]),
    ("issue_notice", {"seal_name": "另一枚章"}, [("seal_name", "read-only")]),
    ("publish", {"publicity_days": "0"}, [("objections", "hidden-field")]),
    ("publish", {"publish_channels": ["hall"]}, [("publish_url", "hidden-field")]),
    ("register_filing", {"filing_number": ""}, [("filing_number", "required")]),
    ("update_guides", {"guide_changes": [{"item_id": "not_in_batch", "guide_version": "1"}]},
     [("guide_changes[0].item_id", "not-an-option")]),
    ("trial_review", {"trial_seal_rate": 95.75}, [("trial_seal_rate", "too-precise")]),
    ("rectify", {"rectify_measures": [{"measure": "增设窗口"}]},
     [("rectify_measures[0].responsible", "required"), ("rectify_measures[0].done_on", "required")]),
    ("seal_apply", {"seal_diameter": 0, "seal_copies": 3}, [("seal_diameter", "out-of-range"), ("seal_copies", "out-of-range")]),
    ("seal_approve", {"seal_diameter": 45}, [("seal_diameter", "read-only")]),
    ("seal_file", {"seal_code": "350622"}, [("seal_code", "too-short")]),
    ("seal_take_specimen", {"specimen_file": ["a", "b"]}, [("specimen_file", "wrong-type")]),
    ("seal_hand_over", {"duty_letter_signed": False}, [("duty_letter_signed", "required")]),
    ("register_form", {"form_usage": "none"},
     [(name, "hidden-field") for name in ("form_level", "form_document", "form_items", "form_file")]),
    ("confirm_findings", {"findings": [{"confirmed": "genuine"}, {"confirmed": "false_alarm"}]},
     [("findings[0].treatment", "required"), ("findings[1].reason", "required")]),
    ("confirm_findings", {"findings": [{"confirmed": "genuine", "treatment": "keep"}, {"confirmed": "false_alarm", "reason": "x"}]},
     [("findings[0].reason", "required")]),
    ("review_stations", {"pending_stations": [{"status": "abolished"}]}, [("pending_stations[0].document_number", "required")]),
    ("review_stations", {"pending_stations": [{"status": "existing", "document_number": "云委编〔2019〕12号"}]},
     [("pending_stations[0].document_number", "hidden-field")]),
    ("accept_check", {"sample_size": 0}, [("sample_size", "out-of-range")]),
    ("rectify_form", {"form_version": 0}, [("form_version", "out-of-range")]),
    ("draft_opinion", {"opinions": [{"opinion": "agree", "reason_code": "N9"}]}, [("opinions[0].reason_code", "not-an-option")]),
    ("sign_opinion", {"sign_off_decision": "agree"}, [("sign_off_decision", "not-an-option")]),
]  # fmt: skip


@pytest.mark.parametrize(("id", "change", "wanted"), BAD)
def test_it_refuses_what_the_step_must_not_let_through(id: str, change: Row, wanted: list[tuple[str, str]]) -> None:
    found = submit(id, GOOD[id][1] | change)
    assert [(f.where["field"], f.code) for f in found.faults] == wanted


def test_it_keeps_dates_as_dates_and_clears_the_end_of_a_term_that_is_open() -> None:
    data = submit("sign_authorisation", valid_to=date(2025, 1, 1)).data
    assert (data["document_date"], data["valid_from"], data["valid_to"]) == (
        date(2022, 11, 9),
        date(2022, 11, 15),
        None,
    )


def test_it_lets_the_leader_send_back_without_numbers_and_dates() -> None:
    data = {"sign_decision": "return", "sign_opinion": "请补充限制条款"}
    assert submit("sign_authorisation", data).data["document_number"] is None


def test_it_files_a_zero_report_without_a_form() -> None:
    assert submit("register_form", {"form_usage": "none"}, form_id=None, form_name=None).faults == ()


def test_it_brings_the_rows_numbers_and_contexts_to_the_handlers() -> None:
    rows = [row | {"evidence": "原文"} for row in GOOD["confirm_findings"][0]["findings"]]
    found = submit("confirm_findings", findings=rows).data["findings"]
    assert [(row["finding_id"], row["evidence"]) for row in found] == [("1", "原文"), ("2", "原文")]


def test_it_starts_a_returned_list_afresh() -> None:
    stale = [{"item_id": "shengyu_dengji", "status": "in_use", "name": "旧名", "outcome": "eligible"}]
    assert "status" not in submit("draft_list", items=stale).data["items"][0]
