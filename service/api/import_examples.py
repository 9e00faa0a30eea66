"""Examples of imports for the OpenAPI document. People are invented (虚构), documents are 示例."""

from typing import Any

Json = dict[str, Any]

_AT = "2026-11-24T01:05:00Z"
_FAULT: Json = {
    "sheet": "机构", "row": 12, "column": "D", "heading": "机构类型", "code": "choice", "wanted": "应为下列之一：县直部门、乡镇",
    "found": "局", "message": "工作表“机构”第12行D列“机构类型”：应为下列之一：县直部门、乡镇；现为“局”。",
}  # fmt: skip
_COUNT: Json = {"kind": "organisations", "title": "机构", "new": 40, "changed": 2, "unchanged": 0, "faulty": 1}
_CHANGE: Json = {"heading": "简称", "before": "火田", "after": "火田镇"}
_LISTED: Json = {
    "id": "019a20e6", "file_name": "机构（示例）.xlsx", "status": "faulty", "sheets": [_COUNT], "added_by": "sysadmin", "added_at": _AT,
}  # fmt: skip

EXAMPLES: dict[str, Json] = {
    "FaultyCell": _FAULT,
    "SheetCount": _COUNT,
    "ChangeShown": _CHANGE,
    "ImportListed": _LISTED,
    "ImportShown": _LISTED
    | {
        "sha256": "ab" * 32, "fault_count": 1, "faults": [_FAULT], "notes": ["工作表“机构”：2行示例没有导入。"], "closed_by": "",
        "closed_at": None, "renewed_as": None,
    },
    "LineShown": {
        "kind": "organisations", "sheet": "机构", "row": 5, "key": "huotian", "state": "changed", "changes": [_CHANGE],
        "faults": [],
    },
}  # fmt: skip
