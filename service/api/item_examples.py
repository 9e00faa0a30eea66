"""Examples of the item library for the OpenAPI document; all of them 示例, no code or document is a real one."""

from typing import Any

Json = dict[str, Any]

_TIME = "2026-11-24T01:05:00Z"
_CITATION: Json = {"basis_id": "fujian-renkou-tiaoli", "article": "第十四条"}
_MATERIAL: Json = {"name": "居民身份证", "source": "公安机关", "originals": 1, "copies": 0, "required": True}
_STEP: Json = {"name": "受理", "actor": "综合窗口", "limit_days": 0, "standard": "材料齐全、符合法定形式"}
_MARKS: Json = {
    "sorting": "described", "sorted_by": "weijianju-clerk", "sorted_at": _TIME, "described_by": "weijianju-clerk",
    "described_at": _TIME, "reviewed_by": "", "reviewed_at": None,
}  # fmt: skip
_ITEM: Json = {
    "id": "shengyu-dengji", "version": 3, "name": "生育登记", "department": "weijianju", "department_name": "县卫生健康局",
    "status": "in_use", "status_reason": "", "power_source": "1", "agency": "", "result_kind": "record",
    "seal_by_law": False, "legal_basis": "福建省人口与计划生育条例", "current_seal": "official", "forms": ["shengyu-dengjibiao"],
    "catalog_code": "", "task_code": "", "entrusting_department": "", "power_document": "", "note": "示例，待县级核定",
    "example": True, "item_type": "20", "use_level": "5", "dept_type": "1", "implementing_body": "乡镇人民政府",
    "implementing_code": "", "business_code": "", "local_catalog_code": "", "local_task_code": "", "citations": [_CITATION],
    "statutory_days": None, "statutory_unit": "", "statutory_note": "无法定时限", "promised_days": 1,
    "promised_unit": "workday", "promised_note": "", "service_objects": ["1"], "handling_kind": "1", "ways": ["1", "3"],
    "visits": 1, "special_procedure": "", "places": "乡镇便民服务中心综合窗口", "hours": "工作日8:00-12:00、14:30-17:30",
    "contact": "综合窗口（示例）", "complaints": "县效能办（示例）", "fee": False, "fee_basis": "", "conditions": "夫妻一方户籍在本镇",
    "flow": [_STEP], "results": ["生育服务登记"], "materials": [_MATERIAL], "planned_from": None, "planned_until": None,
    "joint_departments": [], "region_scope": "4", "intermediary": "", "quantity_limit": "", "in_hall": True,
    "agent_service": True, "tags": ["1", "3"], "target_seal": "special", "made_by": "weijianju-clerk", "made_at": _TIME,
    "change_note": "补充办理流程", "marks": _MARKS,
}  # fmt: skip

_FAULT: Json = {"code": "code-old", "message": "基本编码是旧位数（10位），请换用12位编码。", "element": "catalog_code"}
_AUTHORISED: Json = {
    "township": "huotian", "township_name": "火田镇人民政府", "item_version": 3, "status": "in_force", "scope": "decide",
    "document_number": "示例火政〔2026〕1号", "case": "019a20dfac98171af8ab19804d79f6bc",
}  # fmt: skip
_DIFFERENCE: Json = {"element": "promised_days", "label": "承诺办结时限", "before": "3", "after": "1"}
_VERSION: Json = {
    "version": 3, "status": "in_use", "sorting": "described", "reviewed": False, "made_by": "weijianju-clerk",
    "made_by_name": "经办（虚构）", "made_at": _TIME, "change_note": "压缩时限", "changed": [_DIFFERENCE], "signed": 1,
    "authorised": 2,
}  # fmt: skip
_RULE: Json = {"id": "rule_statutory", "number": 17, "note": "法律、法规规定由乡镇办理"}
_INPUT: Json = {"label": "权力来源", "value": "1"}
_ELIGIBILITY: Json = {
    "item": "shengyu-dengji", "version": 3, "process": "seal_authorisation", "process_version": 1, "decision": "授权适格判定",
    "item_class": "E1", "outcome": "eligible", "outcome_name": "适格，可以授权", "basis": "乡镇法定权限（云政办〔2022〕28号 二（三））",
    "rules": [_RULE], "inputs": [_INPUT],
}  # fmt: skip
_BASIS: Json = {
    "id": "fujian-renkou-tiaoli", "name": "福建省人口与计划生育条例", "number": "", "level": "local_regulation", "issuers": [],
    "articles": "", "effective_on": None, "repealed_on": None, "status": "unverified", "successor": "", "note": "",
    "example": True, "version": 1,
}  # fmt: skip
_DOCUMENT: Json = {
    "id": "wj-0001", "kind": "empower", "number": "示例云政〔2026〕3号", "title": "赋权决定（示例）", "issuer": "云霄县人民政府",
    "dated": "2026-11-01", "valid_from": "2026-12-01", "valid_to": None, "items": ["menpai-zheng"],
    "townships": ["huotian"], "withdrawn_on": None, "withdrawn_by": "", "note": "", "example": True, "version": 1,
}  # fmt: skip
_STATION: Json = {
    "id": "zs-0001", "township": "huotian", "township_name": "火田镇人民政府", "name": "××站（示例）", "aliases": [],
    "status": "unclear", "abolition_number": "", "abolished_on": None, "successor": "", "note": "", "version": 1,
}  # fmt: skip
_ENTRY: Json = {
    "dictionary": "way", "dictionary_name": "办理形式", "code": "1", "label": "窗口", "position": 1, "active": True,
    "source": "GB/T 39046—2020 A.5", "version": 1,
}  # fmt: skip

EXAMPLES: dict[str, Json] = {
    "CitationShown": _CITATION,
    "MaterialShown": _MATERIAL,
    "FlowStepShown": _STEP,
    "MarksShown": _MARKS,
    "ItemShown": _ITEM,
    "ItemRowShown": _ITEM | {"item_class": "E1"},
    "ElementFaultShown": _FAULT,
    "AuthorisedShown": _AUTHORISED,
    "ItemPageShown": _ITEM
    | {"faults": [], "doubts": [_FAULT], "missing": [], "power_documents": [], "authorisations": [_AUTHORISED]},
    "DifferenceShown": _DIFFERENCE,
    "DifferencesShown": {"items": [_DIFFERENCE]},
    "VersionShown": _VERSION,
    "VersionsShown": {"items": [_VERSION]},
    "ProgressShown": {"draft": 12, "sorted": 5, "described": 31, "authorised": 18},
    "RuleShown": _RULE,
    "InputShown": _INPUT,
    "EligibilityShown": _ELIGIBILITY,
    "BasisShown": _BASIS,
    "BasisPageShown": _BASIS | {"items": ["shengyu-dengji"]},
    "DocumentShown": _DOCUMENT,
    "StationShown": _STATION,
    "EntryShown": _ENTRY,
    "EntriesShown": {"items": [_ENTRY]},
}
