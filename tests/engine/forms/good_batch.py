"""Good submissions for 公章向专用章授权: what the task's variables are, and what the person fills in.

The people are invented (虚构), the numbers are examples; items carry the words of 火田镇's first batch.
"""

from typing import Any

Row = dict[str, Any]

SEAL = "火田镇人民政府便民服务中心审核审批专用章"
ITEMS: list[Row] = [
    {"item_id": "shengyu_dengji", "name": "生育登记", "item_class": "E1", "scope": "decide", "power_source": "1",
     "department_id": "weijianju", "department_name": "县卫生健康局", "outcome": "eligible", "basis": "法定本级行使"},
    {"item_id": "linmu_caifa", "name": "林木采伐许可", "item_class": "E3", "scope": "accept_only", "power_source": "5",
     "department_id": "linyeju", "department_name": "县林业局", "outcome": "accept_only", "basis": "上级委托"},
]  # fmt: skip
HOUSE_ROW: Row = {
    "item_id": "zhaijidi",
    "name": "农村宅基地批准书",
    "basis": "结果是批准书",
    "ruling": "",
    "article": "",
    "note": "",
}
EXCEPTIONS: list[Row] = [
    {"item_id": "youdaizheng", "name": "老年人优待证", "item_class": "E9", "outcome": "remove", "basis": "事项已停办",
     "ruling": "remove", "confirmed_class": "", "note": ""},
    {"item_id": "linmu_caifa", "name": "林木采伐许可", "item_class": "E3", "outcome": "accept_only", "basis": "上级委托",
     "ruling": "keep", "confirmed_class": "", "note": ""},
    {"item_id": "gonglu_zhanyong", "name": "农村公路占用", "item_class": "", "outcome": "manual", "basis": "人工确认",
     "ruling": "", "confirmed_class": "", "note": ""},
]  # fmt: skip
REPORT: Row = {"checked": 3, "faults": [{"item_id": "youdaizheng", "name": "老年人优待证", "text": "事项不在用"}]}
BATCH: Row = {"items": ITEMS, "dropped_items": [], "deferred_items": [], "precheck_report": REPORT}


def seen(row: Row, *names: str) -> Row:
    """The columns of a row that the form shows as they are."""
    return {name: row[name] for name in names}


def _ruled(row: Row, **said: Any) -> Row:
    return {**seen(row, "item_id", "name", "item_class", "outcome", "basis"), **said}


# What the service offers a form from its registers.
REGISTERS: Row = {
    "register_items": [
        {"value": "shengyu_dengji", "label": "生育登记"},
        {"value": "linmu_caifa", "label": "林木采伐许可"},
    ],
    "register_departments": [{"value": "linyeju", "label": "县林业局"}],
    "register_forms": [{"value": "form_shengyu_dengji", "label": "生育登记表"}],
}

PREPARATION: dict[str, tuple[Row, Row]] = {
    "draft_list": (
        {"batch_no": "1"} | REGISTERS,
        {
            "responsible_leader": "张示例（虚构）", "batch_name": "火田镇第一批",
            "items": [
                {"item_id": "shengyu_dengji", "department_id": "", "power_source": "1", "current_seal": "official",
                 "target_seal": "special", "yearly_volume": 320, "power_document": "", "power_document_date": None,
                 "entrusting_department": "", "power_document_file": [], "capacity_note": "窗口2人，已培训",
                 "forms": [{"form_id": "form_shengyu_dengji", "name": "生育登记表"}]},
                {"item_id": "linmu_caifa", "department_id": "linyeju", "power_source": "5", "current_seal": "official",
                 "target_seal": "accept_only", "yearly_volume": 12, "power_document": "云林〔2021〕15号",
                 "power_document_date": "2021-06-01", "entrusting_department": "县林业局", "power_document_file": [],
                 "capacity_note": "", "forms": []},
            ],
            "draft_opinion": "先报使用量大的事项。",
        },
    ),
    "confirm_exceptions": (
        BATCH | {"exceptions": EXCEPTIONS},
        {
            "exceptions": [
                _ruled(EXCEPTIONS[0], ruling="remove", note="2025年已停办"),
                _ruled(EXCEPTIONS[1], ruling="keep", note=""),
                _ruled(EXCEPTIONS[2], ruling="change", confirmed_class="E1", note="县交通运输局确认为乡镇法定权限"),
            ],
            "exceptions_opinion": "按判定结果处理。",
        },
    ),
    "director_review": (
        BATCH,
        {"director_checks": ["listed", "documents", "capacity"], "director_decision": "agree",
         "director_opinion": "清单属实，同意上报。"},
    ),
    "coordinate": (
        {"disputed_items": [{"item_id": "shengyu_dengji", "name": "生育登记", "department_name": "县卫生健康局",
                             "reason": "系统尚未开通", "ruling": "", "note": ""}]},
        {
            "coordination_date": "2022-10-28", "coordination_paper_number": "云审改办纪要〔2022〕3号",
            "coordination_attendees": "县审改办、县卫生健康局、火田镇便民服务中心",
            "disputed_items": [{"item_id": "shengyu_dengji", "name": "生育登记", "department_name": "县卫生健康局",
                                "reason": "系统尚未开通", "ruling": "agree", "note": "11月5日前开通账号"}],
            "coordination_file": [], "coordination_opinion": "各方同意授权。",
        },
    ),
    "assess_capacity": (
        BATCH,
        {
            "capacity_staff": 4, "capacity_training_times": 2, "capacity_training_people": 8, "capacity_site": "ready",
            "capacity_accounts": "ready", "capacity_seal": "to_make", "capacity_score": 92,
            "capacity_decision": "capable", "capacity_file": [], "capacity_opinion": "人员、场所、账号均已具备，接得住。",
        },
    ),
    "legal_review": (
        BATCH | {"legal_items": [HOUSE_ROW]},
        {
            "legal_decision": "lawful",
            "legal_items": [seen(HOUSE_ROW, "item_id", "name", "basis")
                            | {"ruling": "both", "article": "土地管理法第六十二条", "note": "批准书仍加盖公章"}],
            "legal_articles": "行政许可法第二十四条、云政办〔2022〕28号 二（三）", "legal_paper_number": "火法审〔2022〕6号",
            "legal_file": [], "legal_opinion": "内容合法，程序完备。",
        },
    ),
    "justice_opinion": (
        BATCH | {"legal_items": [HOUSE_ROW]},
        {
            "legal_items": [seen(HOUSE_ROW, "item_id", "name", "basis")
                            | {"ruling": "official", "article": "土地管理法第六十二条", "note": ""}],
            "justice_decision": "lawful_with_limits", "justice_articles": "土地管理法第六十二条",
            "justice_paper_number": "云司法函〔2022〕9号", "justice_file": [], "justice_opinion": "批准书保留公章。",
        },
    ),
    "county_first_review": (
        BATCH,
        {"first_review_checks": ["forms", "sign_off", "capacity", "legal"], "first_review_decision": "agree",
         "first_review_opinion": "材料齐全。"},
    ),
    "county_review": (
        BATCH | {"first_review_opinion": "材料齐全。"},
        {"county_decision": "agree", "county_paper_number": "云审改办〔2022〕17号", "county_file": [],
         "county_opinion": "同意授权。"},
    ),
    "handle_basis_change": (
        BATCH,
        {"basis_document": "国令第747号", "basis_date": "2021-07-20", "basis_affected": "流动人口婚育证明",
         "basis_decision": "continue", "basis_opinion": "删除该事项后继续。"},
    ),
}  # fmt: skip

DECISION: dict[str, tuple[Row, Row]] = {
    "collective_study": (
        BATCH | {"meeting_items": [seen(i, "item_id", "name", "item_class", "scope") | {"ruling": "pass", "note": ""}
                                   for i in ITEMS]},
        {
            "meeting_type": "joint_meeting", "meeting_date": "2022-11-07", "meeting_due": 9, "meeting_present": 8,
            "meeting_decision": "passed",
            "meeting_items": [seen(i, "item_id", "name", "item_class", "scope") | {"ruling": "pass", "note": ""}
                              for i in ITEMS],
            "minutes_number": "火政纪要〔2022〕11号", "minutes_file": [], "meeting_opinion": "一致通过。",
        },
    ),
    "sign_authorisation": (
        BATCH,
        {
            "sign_decision": "sign", "document_number": "火政〔2022〕31号", "document_date": "2022-11-09",
            "term": "long_term", "valid_from": "2022-11-15", "list_version": "2022年第一版",
            "authorised_person": "李示例（虚构）", "keeper_a": "王示例（虚构）", "keeper_b": "赵示例（虚构）",
            "restrictions": [{"text": "不得转授权"}, {"text": "林木采伐仅限受理"}], "authorisation_file": [],
            "sign_opinion": "同意签发。",
        },
    ),
    "issue_notice": (
        BATCH | {"seal_name": SEAL},
        {
            "notice_number": "火政〔2022〕33号", "seal_used_from": "2022-11-15", "seal_name": SEAL,
            "notice_scope": "清单所列事项的受理、审核、审批", "old_seal_treatment": "站所章停用，交镇党政办封存",
            "notice_specimen_file": [], "notice_copies": ["departments", "reform_office", "service_center"],
            "notice_decision": "sign", "notice_opinion": "同意。",
        },
    ),
    "publish": (
        {},
        {
            "publish_channels": ["board", "hall", "website"], "publish_url": "https://www.example.gov.cn/notice/33",
            "publish_file": [], "publish_from": "2022-11-10", "publish_to": "2022-11-17", "publicity_days": "5",
            "objections": [{"raised_by": "村民代表（虚构）", "raised_on": "2022-11-12", "content": "询问办理地点是否变化",
                            "substantiated": "no", "handling": "已当面解释"}],
            "publish_opinion": "已公布。",
        },
    ),
    "register_filing": (
        BATCH,
        {"filing_number": "云审改备〔2022〕5号", "filing_date": "2022-11-18", "filing_decision": "filed",
         "filing_file": [], "filing_opinion": "予以备案。"},
    ),
    "update_guides": (
        {"items": ITEMS},
        {
            "guide_changes": [
                {"item_id": "shengyu_dengji", "guide_version": "2022-2", "old_form": "生育登记表（旧）",
                 "old_form_stopped_on": "2022-11-20", "new_form": "生育登记表"},
                {"item_id": "linmu_caifa", "guide_version": "2022-2", "old_form": "", "old_form_stopped_on": None,
                 "new_form": ""},
            ],
            "guides_online": True, "guides_opinion": "",
        },
    ),
    "trial_review": (
        {},
        {
            "trial_from": "2022-11-21", "trial_to": "2022-12-20", "trial_cases": 46, "trial_seal_uses": 44,
            "trial_seal_rate": 95.7, "trial_returned": 1, "trial_complaints": 0, "trial_refusals": 0,
            "trial_takes_on": "good", "trial_does_well": "good", "trial_well_managed": "good",
            "trial_decision": "good", "trial_file": [], "trial_opinion": "运行平稳，转为正式生效。",
        },
    ),
    "rectify": (
        {"trial_opinion": "一件未按时办结。"},
        {
            "rectify_measures": [{"measure": "增设综合窗口", "responsible": "王示例（虚构）", "done_on": "2022-12-28"}],
            "rectify_file": [], "rectify_opinion": "已整改。",
        },
    ),
}  # fmt: skip
