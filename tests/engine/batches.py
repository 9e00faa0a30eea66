"""Batches of 公章向专用章授权 brought to a stage, with the fewest words a test needs."""

from typing import Any

from tests.engine.shipped import Walk

FACTS = {"status": "in_use", "agency": "", "power_source": "1", "result_kind": "record", "seal_by_law": False}


def item(id: str, **facts: Any) -> dict[str, Any]:
    return {"item_id": id, "name": id, "confirmed_class": "", "exception_confirmed": False, **FACTS} | facts


BIRTH, LOGGING, CARD = (item("生育登记"), item("林木采伐", power_source="5"), item("老年人优待证", status="cancelled"))
HOUSE = item("宅基地批准书", result_kind="certificate")


def outcomes(walk: Walk) -> dict[str, tuple[str, str]]:
    found = walk.wait("apply_eligibility").data["classifications"]
    return {c["item_id"]: (c["item_class"], c["outcome"]) for c in found}


def judged(*items: dict[str, Any], exceptions: list[dict[str, Any]] | None = None) -> Walk:
    """A batch up to and including the summary of the decision table."""
    walk = Walk("seal_authorisation").does("draft_list", items=[{"item_id": i["item_id"]} for i in items])
    walk.handles("precheck", items=list(items), precheck_report={"faults": []}, dropped_items=[], deferred_items=[])
    return walk.handles("apply_eligibility", items=list(items), exceptions=exceptions or [], legal_items=[])


def reviewed(*, disputed: bool = False) -> Walk:
    """A batch of one item up to the sign-offs' summary."""
    walk = judged(BIRTH).does("director_review", director_decision="agree")
    walk.handles("find_form_checks", form_checks=[]).handles("find_sign_offs", sign_offs=[])
    rows = [{"item_id": "生育登记"}] if disputed else []
    return walk.handles("summarise_sign_offs", items=[BIRTH], disputed_items=rows)


def prepared() -> Walk:
    walk = reviewed().does("assess_capacity").does("legal_review", legal_decision="lawful")
    walk.handles("apply_legal_review", items=[BIRTH], meeting_items=[])
    return walk.does("county_first_review").does("county_review", county_decision="agree")


def signed() -> Walk:
    walk = prepared().does("collective_study", meeting_decision="passed").handles("apply_meeting", items=[BIRTH])
    return walk.does("sign_authorisation", sign_decision="sign", document_number="火政〔2026〕1号")


def in_force() -> Walk:
    walk = signed().handles("check_seal", seal_ready=True, seal_id="s", seal_name="n").does("issue_notice")
    walk.handles("deliver_documents_task", delivered_to=["nongye"], missing_receipts=["nongye"], receipt_round=0)
    walk.does("publish", publicity_days="0", objections=[]).does("register_filing", filing_decision="filed").does(
        "update_guides"
    )
    return walk.handles("put_into_force").wakes("trial_run")
