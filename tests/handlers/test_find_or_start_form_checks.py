"""查找或发起表格自查."""

from tests.handlers.desk import item, run

OTHER = {"form_id": "f2", "version": 5, "name": "审批表", "level": "province", "owner_id": "nongye"}
VALID = {"subject_id": "f1", "conclusion": "passed", "case_id": "check-7", "detail": "", "department_id": "weijian"}


def test_it_uses_a_valid_result_again_and_starts_the_missing_check() -> None:
    items = [item("a"), item("b", forms=[OTHER, *item()["forms"]])]
    output = run("find_or_start_form_checks", {"items": items}, form_verdicts=[VALID])
    assert output.data["form_checks"] == [
        {
            "form_id": "f1", "form_version": 2, "form_name": "登记表", "department_id": "weijian", "status": "valid",
            "case_id": "check-7", "conclusion": "passed",
        },
        {
            "form_id": "f2", "form_version": 5, "form_name": "审批表", "department_id": "nongye", "status": "waiting",
            "case_id": "", "conclusion": "",
        },
    ]  # fmt: skip
    (effect,) = output.effects
    assert effect.kind == "ensure_case"
    assert effect.values == {
        "process_key": "form_self_check", "subject_kind": "form", "subject": "f2", "department_id": "nongye",
        "township_id": None, "title": "表格自查：审批表", "list": "form_checks", "index": 1,
        "data": {"form_id": "f2", "form_version": 5, "form_name": "审批表", "form_level": "province"},
    }  # fmt: skip


def test_a_form_of_several_items_is_checked_once() -> None:
    output = run("find_or_start_form_checks", {"items": [item("a"), item("b"), item("c")]})
    assert len(output.data["form_checks"]) == len(output.effects) == 1


def test_the_index_of_each_effect_is_the_place_of_its_row() -> None:
    forms = [{**OTHER, "form_id": id} for id in ("f3", "f1", "f2")]
    output = run("find_or_start_form_checks", {"items": [item("a", forms=forms)]}, form_verdicts=[VALID])
    rows = output.data["form_checks"]
    assert [(rows[e.values["index"]]["form_id"], e.values["subject"]) for e in output.effects] == [
        ("f2", "f2"),
        ("f3", "f3"),
    ]


def test_a_batch_without_forms_has_nothing_to_check() -> None:
    output = run("find_or_start_form_checks", {"items": [item("a", forms=[])]})
    assert (output.data["form_checks"], output.effects) == ([], ())
