"""A batch inside the subprocess: judged, excepted, signed off, reviewed; withdrawn, interrupted, left without items."""

import pytest

from tests.engine.batches import BIRTH, CARD, HOUSE, LOGGING, judged, outcomes, prepared, reviewed
from tests.engine.shipped import Walk


@pytest.mark.parametrize("message", ["", "batch_issued"])
def test_it_begins_with_the_list_by_hand_or_when_a_batch_is_handed_down(message: str) -> None:
    walk = Walk("seal_authorisation", message, batch_no="2026-1")
    assert walk.open == {"draft_list"}
    assert walk.wait("draft_list").data["batch_no"] == "2026-1"
    assert walk.trail[0] == (message or "batch_started")
    assert walk.element(walk.trail[0]).lane == ("县审改办" if message else "便民服务中心")


def test_it_judges_every_item_of_a_batch_in_order() -> None:
    walk = Walk("seal_authorisation").does("draft_list", items=[])
    walk.handles("precheck", items=[BIRTH, LOGGING, CARD, HOUSE])
    assert list(outcomes(walk).items()) == [
        ("生育登记", ("E1", "eligible")),
        ("林木采伐", ("E3", "accept_only")),
        ("老年人优待证", ("E9", "remove")),
        ("宅基地批准书", ("E8", "legal_review")),
    ]


def test_it_asks_for_exceptions_and_goes_on_with_the_rest() -> None:
    walk = judged(BIRTH, CARD, exceptions=[{"item_id": "老年人优待证"}])
    assert walk.open == {"confirm_exceptions"}
    walk.does("confirm_exceptions", exceptions=[{"item_id": "老年人优待证", "ruling": "remove"}])
    walk.handles("apply_exceptions", items=[BIRTH], dropped_items=[{"item_id": "老年人优待证"}], reclassify=False)
    assert walk.open == {"director_review"}


def test_it_judges_again_what_was_reclassified() -> None:
    walk = judged(LOGGING, exceptions=[{"item_id": "林木采伐"}]).does("confirm_exceptions")
    changed = LOGGING | {"confirmed_class": "E2", "exception_confirmed": True}
    walk.handles("apply_exceptions", items=[changed], dropped_items=[], reclassify=True)
    assert outcomes(walk) == {"林木采伐": ("E2", "eligible")}


def test_it_ends_not_passed_when_no_item_is_left() -> None:
    walk = judged(CARD, exceptions=[{"item_id": "老年人优待证"}]).does("confirm_exceptions")
    walk.handles("apply_exceptions", items=[], dropped_items=[{}], reclassify=False)
    assert walk.status == "completed"
    assert walk.trail[-1] == "not_passed_end"


def test_it_is_returned_to_the_list_and_starts_over() -> None:
    walk = judged(BIRTH).returns("director_review", "draft_list")
    assert walk.open == {"draft_list"}


def test_it_waits_for_every_pending_form_and_department() -> None:
    walk = judged(BIRTH).does("director_review", director_decision="agree")
    checks = [
        {"form_id": "f1", "status": "valid", "case_id": "c1"},
        {"form_id": "f2", "status": "waiting", "case_id": "c2"},
    ]
    walk.handles("find_form_checks", form_checks=checks)
    assert walk.wait("wait_form_checks").message == "form_check_done"
    assert walk.wait("wait_form_checks").key == "c2"
    walk.hears("wait_form_checks", form_check_result={"case_id": "c2", "conclusion": "passed"})
    waiting = [{"department_id": d, "status": "waiting", "case_id": d} for d in ("a", "b")]
    walk.handles("find_sign_offs", sign_offs=waiting)
    assert {w.key for w in walk.waits if w.element == "wait_sign_offs"} == {"a", "b"}
    walk.hears("wait_sign_offs", sign_off_result={"case_id": "a", "opinions": []})
    walk.hears("wait_sign_offs", sign_off_result={"case_id": "b", "opinions": []})
    found = walk.wait("summarise_sign_offs").data
    assert [r["case_id"] for r in found["sign_off_results"]] == ["a", "b"]
    assert found["form_check_results"] == [{"case_id": "c2", "conclusion": "passed"}]


def test_it_reminds_without_leaving_the_wait() -> None:
    walk = judged(BIRTH).does("director_review", director_decision="agree").handles("find_form_checks", form_checks=[])
    walk.handles("find_sign_offs", sign_offs=[{"department_id": "a", "status": "waiting", "case_id": "a"}])
    timer = walk.wait("sign_offs_late").timer
    assert timer
    assert (timer.value, timer.unit) == ("P3D", "workdays")
    walk.wakes("sign_offs_late").handles("remind_sign_offs")
    assert walk.open == {"wait_sign_offs"}


def test_it_is_withdrawn_by_its_own_key_only_until_the_county_has_reviewed() -> None:
    walk = reviewed()
    assert walk.wait("batch_withdrawn_caught").key == "case-1"
    walk.hears("batch_withdrawn_caught")
    assert walk.status == "completed"
    assert walk.trail[-1] == "batch_withdrawn_end"
    assert "batch_withdrawn_caught" not in {w.element for w in prepared().waits}


def test_it_asks_the_service_centre_when_a_basis_is_repealed() -> None:
    walk = reviewed().hears("basis_repealed_caught")
    assert walk.open == {"handle_basis_change"}
    walk.does("handle_basis_change", basis_decision="continue")
    assert walk.open == {"draft_list"}
    walk.hears("basis_repealed_caught").does("handle_basis_change", basis_decision="end")
    assert walk.status == "completed"
    assert walk.trail[-1] == "basis_ended"


def test_it_takes_disagreement_to_the_reform_office() -> None:
    walk = reviewed(disputed=True)
    assert walk.open == {"coordinate"}
    walk.does("coordinate").handles("apply_coordination", items=[], deferred_items=[{"item_id": "生育登记"}])
    assert walk.status == "completed"
    assert walk.trail[-1] == "not_passed_end"


def test_it_asks_the_justice_bureau_in_doubt_and_stops_what_is_unlawful() -> None:
    walk = reviewed().does("assess_capacity").does("legal_review", legal_decision="refer")
    assert walk.open == {"justice_opinion"}
    walk.does("justice_opinion").handles("apply_legal_review", items=[BIRTH], meeting_items=[])
    assert walk.open == {"county_first_review"}
    walk = reviewed().does("assess_capacity").does("legal_review", legal_decision="unlawful")
    assert walk.status == "completed"
    assert walk.trail[-1] == "not_passed_end"
