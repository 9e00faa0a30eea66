"""表格自查 and 部门会签, walked through with the engine alone."""

from tests.engine.batches import BIRTH
from tests.engine.shipped import Walk


def test_it_settles_findings_and_stations_and_tells_who_waits() -> None:
    walk = Walk("form_self_check", form_id="f", form_version=1, form_name="表", form_level="county")
    walk.does("register_form", form_usage="in_use").handles(
        "check_form", findings=[{}], pending_stations=[{}], check_note=""
    )
    walk.does("confirm_findings").does("review_stations").does("department_review")
    walk.does("accept_check", acceptance_decision="fix").does("rectify_form", form_version=2)
    walk.handles("check_form", findings=[], pending_stations=[], check_note="").does("confirm_findings")
    walk.does("department_review").does("accept_check", acceptance_decision="pass")
    walk.handles("record_form_check", form_id="f", form_version=2, conclusion="passed", valid_until="2027-11-23")
    assert walk.status == "completed"
    assert [(t.name, t.key) for t in walk.thrown] == [("form_check_done", "case-1")]
    assert walk.thrown[0].data["form_check_result"]["form_version"] == 2


def test_it_takes_a_zero_report_without_looking_for_a_file() -> None:
    walk = Walk("form_self_check").does("register_form", form_usage="none")
    assert walk.open == {"department_review"}


def test_it_is_drafted_again_when_the_rule_rejects_its_ground() -> None:
    walk = Walk("department_sign_off", sign_off_items=[BIRTH])
    walk.handles("build_packet", packet=[], opinions=[], opinion_round=0, opinion_faults=[])
    refused = [{"item_id": "生育登记", "opinion": "disagree", "reason_code": "N1"}]
    walk.does("draft_opinion", opinions=refused).does("sign_opinion", sign_off_decision="sign")
    walk.handles("check_opinions", must_redo=True, opinion_round=1, opinion_faults=[{}])
    assert walk.open == {"draft_opinion"}
    agreed = [{"item_id": "生育登记", "opinion": "agree"}]
    walk.does("draft_opinion", opinions=agreed).does("sign_opinion", sign_off_decision="sign")
    walk.handles("check_opinions", must_redo=False, opinion_round=2, opinion_faults=[]).handles("record_sign_off")
    assert walk.thrown[0].data["sign_off_result"] == {
        "case_id": "case-1",
        "department_id": "nongye",
        "opinions": agreed,
    }
