"""生成会签材料."""

from tests.handlers.desk import item, run


def test_it_lays_out_one_line_per_item_in_both_lists() -> None:
    items = [item("a", power_source="2", legal_basis="条例", scope="decide", capacity_note="2人"), item("b", forms=[])]
    verdicts = [{"subject_id": "f1", "conclusion": "passed", "case_id": "c", "detail": "", "department_id": "weijian"}]
    data = run("build_sign_off_packet", {"sign_off_items": items}, form_verdicts=verdicts).data
    assert data["packet"] == [
        {
            "item_id": "a", "name": "事项a", "power_source": "2", "legal_basis": "条例", "scope": "decide",
            "form_conclusion": "登记表：自查合格", "note": "2人",
        },
        {
            "item_id": "b", "name": "事项b", "power_source": "1", "legal_basis": "", "scope": "", "form_conclusion": "",
            "note": "",
        },
    ]  # fmt: skip
    empty = {"opinion": "", "reason_code": "", "conditions": "", "basis": "", "system_change": False}
    assert data["opinions"] == [{"item_id": id, "name": f"事项{id}", **empty} for id in ("a", "b")]
    assert (data["opinion_round"], data["opinion_faults"]) == (0, [])


def test_it_starts_with_empty_lists_without_items() -> None:
    assert run("build_sign_off_packet").data == {"packet": [], "opinions": [], "opinion_round": 0, "opinion_faults": []}
