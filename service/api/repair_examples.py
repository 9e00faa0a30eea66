"""Examples of what repairing answers, for the description of the API."""

from typing import Any

_PASSED = {"element": "draft_list", "name": "编制授权事项建议清单", "kind": "userTask", "how": "opened"}
_VARIABLE = {"name": "rounds", "kind": "数字", "text": "3", "guarded": False}
_TARGET = {"element": "draft_list", "name": "编制授权事项建议清单"}
_WAITING = {
    "number": 7, "element": "precheck", "name": "机器预检", "kind": "job", "may_skip": True, "why_not": "",
    "targets": [_TARGET], "variables": [],
}  # fmt: skip
_CHANGE = {"name": "rounds", "old": "3", "new": "4"}
_LOOKED_AT = {"name": "rounds", "value": None}
_RETRIED = {"incident": "019a20e6", "refused": None}

EXAMPLES: dict[str, Any] = {
    "PassedShown": _PASSED,
    "VariableShown": _VARIABLE,
    "TargetShown": _TARGET,
    "WaitingShown": _WAITING,
    "RepairShown": {
        "case": "019a20e0", "key": "授权-火田镇-2026-001", "status": "active", "version": 12, "may_force": True,
        "may_set": False, "places": [_WAITING],
    },
    "ForeseenShown": {"version": 12, "passed": [], "closed": [], "opened": [_PASSED], "status": "active"},
    "VariableChangeShown": _CHANGE,
    "VariablesForeseenShown": {"version": 12, "changes": [_CHANGE]},
    "ForcedShown": {"case": "019a20e0", "status": "active", "version": 13},
    "LookedAt": _LOOKED_AT,
    "Retried": _RETRIED,
    "RetriedAll": {"items": [_RETRIED], "more": False},
}  # fmt: skip


def incident_page(incident: dict[str, Any]) -> dict[str, Any]:
    """The page of ``incident``."""
    return {
        "incident": incident, "case_key": "授权-火田镇-2026-001", "element_name": "机器预检", "cause_name": "机器预检",
        "process_name": "公章向专用章授权", "number": 7, "looked_at": [_LOOKED_AT],
    }  # fmt: skip
