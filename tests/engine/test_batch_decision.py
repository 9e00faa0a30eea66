"""A batch after the county's review: meeting, signature, seal, notice, filing, trial."""

from tests.engine.batches import BIRTH, in_force, prepared, signed
from tests.engine.shipped import Walk


def test_it_ends_when_the_meeting_rejects_all() -> None:
    walk = prepared().does("collective_study", meeting_decision="rejected").handles("apply_meeting", items=[])
    assert walk.status == "completed"
    assert walk.trail[-1] == "meeting_rejected"


def test_it_goes_back_to_the_list_when_the_leader_does_not_sign() -> None:
    walk = prepared().does("collective_study").handles("apply_meeting", items=[BIRTH])
    walk.does("sign_authorisation", sign_decision="return")
    assert walk.open == {"draft_list"}


def test_it_makes_a_seal_first_and_again_when_the_specimen_differs() -> None:
    walk = signed().handles("check_seal", seal_ready=False, seal_id=None, seal_name="")
    walk.does("seal_apply", seal_name="火田镇专用章").fails("seal_check_name", "seal_mismatch")
    assert walk.open == {"seal_apply"}
    walk.does("seal_apply", seal_name="火田镇便民服务中心审核审批专用章").handles("seal_check_name")
    for step in ("seal_approve", "seal_inform", "seal_engrave", "seal_file", "seal_take_specimen"):
        walk.does(step)
    walk.handles("seal_check_specimen").does("seal_hand_over")
    walk.handles("seal_register", seal_id="s", seal_ready=True)
    assert walk.open == {"issue_notice"}
    assert walk.wait("issue_notice").data["seal_id"] == "s"


def test_it_chases_receipts_beside_the_main_road_until_all_are_in() -> None:
    walk = signed().handles("check_seal", seal_ready=True, seal_id="s", seal_name="n").does("issue_notice")
    walk.handles("deliver_documents_task", missing_receipts=["nongye"], receipt_round=0)
    walk.wakes("receipt_wait").handles("track_receipts", missing_receipts=["nongye"], receipt_round=1)
    assert walk.open == {"publish"}
    assert walk.wait("receipt_wait")
    walk.wakes("receipt_wait").handles("track_receipts", missing_receipts=[], receipt_round=2)
    assert {w.element for w in walk.waits} == {"publish"}


def test_it_publishes_again_when_the_filing_is_defective() -> None:
    walk = signed().handles("check_seal", seal_ready=True, seal_id="s", seal_name="n").does("issue_notice")
    walk.handles("deliver_documents_task", missing_receipts=[], receipt_round=0).does(
        "publish", publicity_days="0", objections=[]
    )
    assert walk.does("register_filing", filing_decision="defect").open == {"publish"}


def test_it_runs_thirty_days_on_trial_and_ends_in_force() -> None:
    walk = in_force().does("trial_review", trial_decision="rectify").does("rectify")
    walk.does("trial_review", trial_decision="good").handles("confirm_in_force", ledger_status="in_force")
    walk.wakes("receipt_wait").handles("track_receipts", missing_receipts=[], receipt_round=1)
    assert walk.status == "completed"
    assert {"archived", "receipts_done"} <= set(walk.trail)


def test_it_suspends_what_proved_unfit() -> None:
    walk = (
        in_force()
        .does("trial_review", trial_decision="unfit")
        .handles("suspend_authorisation", ledger_status="suspended")
    )
    assert "suspended_end" in walk.trail


def published(substantiated: str) -> Walk:
    walk = signed().handles("check_seal", seal_ready=True, seal_id="s", seal_name="n").does("issue_notice")
    walk.handles("deliver_documents_task", missing_receipts=[], receipt_round=0)
    objection = {"raised_by": "示例（虚构）", "content": "重名", "substantiated": substantiated}
    return walk.does("publish", publicity_days="5", objections=[objection])


def test_it_goes_back_to_the_list_when_an_objection_is_upheld_and_only_then() -> None:
    assert published("yes").open == {"draft_list"}
    assert published("no").open == {"register_filing"}
