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

EXAMPLES: dict[str, Json] = {
    "CitationShown": _CITATION,
    "MaterialShown": _MATERIAL,
    "FlowStepShown": _STEP,
    "MarksShown": _MARKS,
    "ItemShown": _ITEM,
}
