"""Good submissions for 刻制备案启用, 表格自查 and 部门会签. The people are invented (虚构), the numbers are examples."""

from typing import Any

from tests.engine.forms.good_batch import SEAL, Row, seen

FINDINGS: list[Row] = [
    {"finding_id": "1", "cell": "表1 第9行第2格", "text": "乡镇林业站意见（盖章）", "rule": "R01", "level": "待查",
     "confirmed": "", "reason": "", "treatment": "", "done_on": None},
    {"finding_id": "2", "cell": "表1 第10行第2格", "text": "乡镇人民政府意见（盖章）", "rule": "R02", "level": "整改",
     "confirmed": "", "reason": "", "treatment": "", "done_on": None},
]  # fmt: skip
ORDER: Row = {"seal_name": SEAL, "seal_shape": "round", "seal_diameter": 42, "seal_reason": "本中心尚无专用章"}


def _found(row: Row, **said: Any) -> Row:
    return {**seen(row, "finding_id", "rule", "level", "cell", "text"), **said}


SEAL_MAKING: dict[str, tuple[Row, Row]] = {
    "seal_apply": (
        {},
        {**ORDER, "seal_copies": 1, "seal_apply_file": []},
    ),
    "seal_approve": (
        ORDER,
        {"seal_name": SEAL, "seal_diameter": 42, "seal_reason": ORDER["seal_reason"], "seal_approve_decision": "agree",
         "seal_approved_by": "陈示例（虚构），镇长", "seal_approved_on": "2022-11-09",
         "seal_approve_paper_number": "火政批〔2022〕8号", "seal_approve_file": [], "seal_approve_opinion": ""},
    ),
    "seal_inform": (
        ORDER,
        {"seal_name": SEAL, "seal_diameter": 42, "seal_inform_decision": "consistent", "seal_inform_opinion": ""},
    ),
    "seal_engrave": (
        {},
        {"engraver": "云霄县示例印章店（虚构）", "engraved_on": "2022-11-11", "engrave_handler": "周示例（虚构）",
         "engrave_file": []},
    ),
    "seal_file": (
        {},
        {"filing_number_seal": "云公印备20221101", "filing_date_seal": "2022-11-11", "seal_code": "3506220000001",
         "seal_filing_file": []},
    ),
    "seal_take_specimen": (
        ORDER,
        {"specimen_file": "5b0c9f5e2d1a4c6f8e7d9a0b1c2d3e4f", "specimen_name": SEAL, "specimen_diameter": 42.3,
         "specimen_dpi": 600},
    ),
    "seal_hand_over": (
        {"keeper_a": "王示例（虚构）", "keeper_b": "赵示例（虚构）"},
        {"keeper_a": "王示例（虚构）", "keeper_b": "赵示例（虚构）", "seal_received_by": "李示例（虚构）",
         "handover_date": "2022-11-12", "duty_letter_signed": True, "handover_file": [], "seal_hand_over_opinion": ""},
    ),
}  # fmt: skip

DEPARTMENTS: dict[str, tuple[Row, Row]] = {
    "register_form": (
        {"form_id": "form_shengyu_dengji", "form_version": 1, "form_name": "生育登记表", "form_level": "provincial"},
        {"form_usage": "in_use", "form_name": "生育登记表", "form_level": "provincial",
         "form_document": "闽卫人口〔2022〕47号", "form_items": "生育登记",
         "form_file": "0d1c2b3a49585f6e7d8c9bab0c1d2e3f", "register_opinion": ""},
    ),
    "confirm_findings": (
        {"form_name": "生育登记表", "form_level": "provincial", "check_note": "读出12格，发现2处。", "findings": FINDINGS},
        {
            "form_name": "生育登记表", "form_level": "provincial", "check_note": "读出12格，发现2处。",
            "findings": [
                _found(FINDINGS[0], confirmed="genuine", treatment="equivalence_note", done_on="2022-10-25"),
                _found(FINDINGS[1], confirmed="false_alarm", reason="该栏由村委会填写，不涉及站所"),
            ],
            "findings_opinion": "",
        },
    ),
    "review_stations": (
        {"pending_stations": [{"station": "林业站", "township": "", "status": "", "document_number": "", "note": ""}]},
        {
            "pending_stations": [{"station": "林业站", "township": "火田镇", "status": "abolished",
                                  "document_number": "云委编〔2019〕12号", "note": ""}],
            "stations_file": [], "stations_opinion": "已撤销，职能并入农业农村服务中心。",
        },
    ),
    "department_review": (
        {"form_name": "生育登记表", "findings": FINDINGS},
        {"form_name": "生育登记表", "department_decision": "agree", "department_signer": "林示例（虚构）",
         "department_seal_file": [], "department_opinion": ""},
    ),
    "accept_check": (
        {"form_name": "生育登记表", "form_usage": "in_use",
         "findings": [FINDINGS[0] | {"confirmed": "genuine", "treatment": "equivalence_note"},
                      FINDINGS[1] | {"confirmed": "false_alarm", "reason": "该栏由村委会填写"}]},
        {"form_name": "生育登记表", "form_usage": "in_use", "sample_size": 1, "acceptance_decision": "pass",
         "acceptance_opinion": "抽查属实，通过。"},
    ),
    "rectify_form": (
        {"form_name": "生育登记表", "form_version": 1},
        {"form_name": "生育登记表", "form_version": 2, "old_form_stopped_on": "2022-11-01",
         "form_file": "9f8e7d6c5b4a39281706f5e4d3c2b1a0", "equivalence_note": "", "report_up_number": "",
         "rectify_form_opinion": "已删除站所栏。"},
    ),
    "draft_opinion": (
        {"packet": [], "opinion_faults": [],
         "opinions": [{"item_id": "shengyu_dengji", "name": "生育登记", "opinion": "", "reason_code": "",
                       "conditions": "", "basis": "", "system_change": False}]},
        {
            "opinions": [{"item_id": "shengyu_dengji", "name": "生育登记", "opinion": "agree_with_conditions",
                          "reason_code": "none", "basis": "", "conditions": "一个月内完成系统账号开通",
                          "system_change": True}],
            "draft_opinion_note": "",
        },
    ),
    "sign_opinion": (
        {"opinions": []},
        {"sign_off_decision": "sign", "sign_off_paper_number": "云卫函〔2022〕40号", "sign_off_file": [],
         "sign_off_opinion": "同意。"},
    ),
}  # fmt: skip
