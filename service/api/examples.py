"""An example of everything that goes out, for the OpenAPI document. People are invented (虚构), documents are 示例."""

from typing import Any

from service.api import import_examples as sheet_imports
from service.api import item_examples as item_library
from service.api import repair_examples as repairing
from service.api.deadline_examples import deadline_examples

Json = dict[str, Any]

_CASE, _TIME, _LATER = "019a20dfac98171af8ab19804d79f6bc", "2026-11-24T01:05:00Z", "2026-12-01T15:59:59Z"
_CANDIDATE: Json = {
    "post": "center_clerk", "post_name": "便民服务中心经办", "organisation": "huotian-center",
    "organisation_name": "火田镇便民服务中心",
}  # fmt: skip
_TASK: Json = {
    "id": f"{_CASE}.6", "case": _CASE, "element": "draft_list", "name": "编制授权事项建议清单", "lane": "便民服务中心",
    "form": "draft_list", "status": "open", "assignee": "huotian-clerk", "candidates": [_CANDIDATE],
    "created_at": _TIME, "due_at": _LATER, "due_workdays": 5, "provisional": False,
    "ended_at": None, "ended_by": None, "version": 2,
}  # fmt: skip
_MAY: Json = {"allowed": False, "code": "not-claimed", "reason": "任务“编制授权事项建议清单”尚未认领，请先认领再办理。"}
_RETURN: Json = {"element": "draft_list", "name": "编制授权事项建议清单"}
_OPENED: Json = {
    "kind": "user", "number": 6, "element": "draft_list", "name": "编制授权事项建议清单", "task": f"{_CASE}.6",
    "candidates": [_CANDIDATE], "due_at": _LATER, "workdays": 5, "provisional": False,
}  # fmt: skip
_CASE_SHOWN: Json = {
    "id": _CASE, "key": "授权-火田镇-2026-001", "title": "火田镇第一批事项公章向专用章授权（示例）", "process": "seal_authorisation",
    "definition_version": 1, "status": "active", "stage": "草拟", "township": "huotian", "department": None,
    "initiator": "huotian-clerk", "parent": None, "started_at": _TIME, "ended_at": None, "version": 1,
}  # fmt: skip
_PLACE: Json = {
    "number": 6, "element": "draft_list", "name": "编制授权事项建议清单", "variables": {"township_short": "火田镇"},
}  # fmt: skip
_EVENT: Json = {
    "chain": f"case/{_CASE}", "seq": 2, "type": "task.claimed", "at": _TIME, "actor": "huotian-clerk", "case": _CASE,
    "hash": "9f" * 32, "prev": "3c" * 32,
    "body": {"type": "task.claimed", "element": "draft_list", "post": "center_clerk", "seq": 2},
    "personal": {"actor_name": "方一鸣（虚构）"}, "erased": False,
}  # fmt: skip
_ACT: Json = {
    "seq": 41, "type": "task.completed", "element": "collective_study", "name": "乡镇集体研究", "actor": "huotian-office",
    "actor_name": "方七星（虚构）", "post": "party_office_clerk", "organisation": "huotian", "decision": "passed",
    "opinion": "同意。", "paper_number": "示例〔2026〕5号", "act_date": "2026-11-20", "entry_date": "2026-11-25",
    "entered_at": "2026-11-25T01:00:00Z", "late": True, "late_reason": "会议在乡镇召开，事后补录", "before_earlier": True,
    "decision_name": "通过", "target": "", "forced": False, "names": [], "attachments": [{"id": "019a20e4", "name": "会议纪要（示例）.pdf"}],
}  # fmt: skip
_BREAK: Json = {"chain": f"case/{_CASE}", "seq": 3, "what": "hash"}
_DEFINITION: Json = {
    "process": "seal_authorisation", "version": 1, "name": "公章向专用章授权", "bundle": "5e" * 32, "deployed_at": _TIME,
    "deployed_by": "sysadmin",
}  # fmt: skip
_JOB: Json = {
    "id": "019a20e0", "case": _CASE, "kind": "handler", "element": "precheck", "handler": "precheck", "status": "due",
    "due_at": _TIME, "provisional": False, "attempts": 0, "max_attempts": 3, "lease_owner": None, "lease_until": None, "last_error": "",
}  # fmt: skip
_INCIDENT: Json = {
    "id": "019a20e1", "case": _CASE, "job": "019a20e0", "task": None, "element": "precheck", "handler": "precheck",
    "message": "外部系统未就绪", "status": "open", "created_at": _TIME, "resolved_at": None, "resolved_by": None,
    "kind": "handler", "cause": "", "expression": "", "first_at": _TIME, "last_at": _TIME, "times": 3,
}  # fmt: skip
_AUTHORISATION: Json = {
    "id": f"{_CASE}-shengyu-dengji", "township": "huotian", "township_name": "火田镇人民政府", "item": "shengyu-dengji",
    "item_version": 1, "item_name": "生育登记", "item_class": "E1", "scope": "decide", "status": "in_force", "case": _CASE,
    "document_number": "示例火政〔2026〕1号", "document_date": "2026-11-27", "notice_number": "示例火政〔2026〕2号",
    "filing_number": "示例云备〔2026〕1号", "effective_at": "2026-11-27T01:30:00Z", "valid_from": "2026-11-27",
    "valid_to": None, "seal": "huotian-center-special",
}  # fmt: skip
_SEAL: Json = {
    "id": "huotian-center-special", "organisation": "huotian-center", "organisation_name": "火田镇便民服务中心",
    "kind": "special", "name": "火田镇便民服务中心审核审批专用章", "shape": "round", "diameter_mm": 42, "status": "active",
    "filing_number": "示例公备〔2026〕1号", "filing_date": "2026-11-27", "activated_on": "2026-11-27",
    "keeper_a": "方九成（虚构）", "keeper_b": "方十全（虚构）",
}  # fmt: skip
_FORM: Json = {
    "id": "shengyu-dengjibiao", "version": 1, "name": "生育服务登记表", "owner": "weijianju", "owner_name": "县卫生健康局",
    "level": "provincial", "status": "passed", "checked_until": "2027-11-24", "example": True,
}  # fmt: skip
_ORGANISATION: Json = {
    "id": "huotian", "name": "火田镇人民政府", "short_name": "火田镇", "kind": "township", "parent": "yunxiao", "code": "350622105",
    "office": "", "head_title": "镇长",
}  # fmt: skip
_PERSON: Json = {
    "id": "huotian-clerk", "name": "方一鸣（虚构）", "organisation": "huotian-center", "fictional": True, "active": True,
}  # fmt: skip
_NOTICE: Json = {
    "id": "019a20e2", "kind": "reminder", "organisation": "huotian-center", "post": "center_clerk", "person": None,
    "case": _CASE, "task": f"{_CASE}.6", "text": "【预警】…办理时限已过八成，请于2026-12-01前办结。", "created_at": _TIME,
}  # fmt: skip
_RECEIPT: Json = {
    "id": f"{_CASE}-weijianju", "case": _CASE, "organisation": "weijianju", "document": "启用（授权）通知（示例）", "sent_at": _TIME,
    "receipted_at": None, "receipted_by": None,
}  # fmt: skip
_POST: Json = {
    "post": "center_clerk", "post_name": "便民服务中心经办", "organisation": "huotian-center",
    "organisation_name": "火田镇便民服务中心",
}  # fmt: skip
_ACCOUNT: Json = {
    "person": "huotian-lin", "login": "huotian-lin", "name": "林一（虚构）", "fictional": True,
    "organisation": "huotian-center", "organisation_name": "火田镇便民服务中心", "state": "enabled", "posts": [_POST],
    "auditor": False, "role": None, "second_factor": False, "locked": False, "must_change": True, "created_at": _TIME,
    "created_by": "sysadmin", "enabled_at": _TIME, "enabled_by": "secadmin", "last_sign_in_at": None, "version": 3,
}  # fmt: skip

_FINDING: Json = {"state": "doubtful", "sentence": "2027年的放假通知还没有导入，跨年的办理时限为暂定。"}
_CHECK: Json = {"key": "calendar", "name": "工作日历", "state": "doubtful", "told": "", "findings": [_FINDING]}

EXAMPLES: dict[str, Json] = {
    "CandidateShown": _CANDIDATE,
    "TaskShown": _TASK,
    "MayShown": _MAY,
    "ReturnTarget": _RETURN,
    "TaskPage": _TASK
    | {
        "documentation": "逐项登记现用印章、目标印章、权力来源。", "form_schema": {"id": "draft_list", "components": []},
        "input": {"township_short": "火田镇"}, "draft": None, "may": {"complete": _MAY}, "return_to": [_RETURN],
    },
    "OpenedShown": _OPENED,
    "CaseShown": _CASE_SHOWN,
    "CasePage": _CASE_SHOWN | {"waits": [_OPENED]},
    "MovedShown": {"case": _CASE_SHOWN, "opened": [_OPENED], "task": None},
    "PlaceShown": _PLACE,
    "PlacesShown": {"items": [_PLACE]},
    "EventShown": _EVENT,
    "ActShown": _ACT,
    "BreakShown": _BREAK,
    "VerifiedShown": {"chains": 91, "events": 412, "breaks": [_BREAK]},
    "DefinitionShown": _DEFINITION,
    "DefinitionFiles": _DEFINITION | {"files": ["seal_authorisation/process.bpmn"]},
    "JobShown": _JOB,
    "IncidentShown": _INCIDENT,
    "AuthorisationShown": _AUTHORISATION,
    "SealShown": _SEAL,
    "FormShown": _FORM,
    "OrganisationShown": _ORGANISATION,
    "PersonShown": _PERSON,
    "NotificationShown": _NOTICE,
    "ReceiptShown": _RECEIPT,
    "SessionShown": {
        "person": "huotian-clerk", "name": "方一鸣（虚构）", "expires_at": "2026-11-24T13:05:00Z", "pending": None,
    },
    "OwnSessionShown": {
        "id": "019a20e6", "created_at": _TIME, "seen_at": _TIME, "expires_at": "2026-11-24T13:05:00Z",
        "address": "192.0.2.7", "agent": "Mozilla/5.0 …", "method": "password", "current": True,
    },
    "ApiTokenShown": {
        "id": "019a20e3", "name": "审批系统接口", "scopes": ["read"], "created_at": _TIME,
        "expires_at": "2026-12-24T01:05:00Z", "last_used_at": _TIME,
    },
    "SecondFactorShown": {
        "state": "in_use", "confirmed_at": _TIME, "recovery_codes_left": 10, "offered": True, "demanded": False,
    },
    "NewSecondFactorShown": {
        "secret": "JBSWY3DPEHPK3PXP", "address": "otpauth://totp/…", "picture": "data:image/svg+xml;charset=utf-8,…",
    },
    "RecoveryCodesShown": {"codes": ["ABCD-EFGH-2345-6723"], "pending": None},
    "AccountShown": _ACCOUNT,
    "OneTimePasswordShown": {"account": _ACCOUNT, "password": "…", "valid_until": "2026-12-01T01:05:00Z"},
    "EndedShown": {"sessions": 2, "tokens": 0},
    "KnownPost": {"post": "center_clerk", "name": "便民服务中心经办", "kinds": ["center"]},
    "PostShown": _POST,
    "MeShown": {
        "id": "huotian-clerk", "name": "方一鸣（虚构）", "organisation": "huotian-center",
        "organisation_name": "火田镇便民服务中心", "posts": [_POST], "roles": [], "auditor": False,
    },
    "TokenShown": {"id": "019a20e3", "token": "sat_019a20e3_…", "expires_at": "2026-12-24T01:05:00Z"},
    "FileShown": {
        "id": "019a20e4", "sha256": "ab" * 32, "file_name": "会议纪要（示例）.pdf", "media_type": "application/pdf", "size": 48213,
    },
    "DeliveriesShown": {"jobs": ["019a20e5"]},
    **deadline_examples(_TASK),
    "ClockShown": {"now": _TIME, "demo": True, "moved": False},
    "FindingShown": _FINDING,
    "CheckShown": _CHECK,
    "ReadinessShown": {"ready": False, "checks": [_CHECK]},
    "FileNamed": {"id": "019a20e4", "name": "会议纪要（示例）.pdf"},
    **item_library.EXAMPLES,
    **sheet_imports.EXAMPLES,
    **repairing.EXAMPLES,
    "IncidentPage": repairing.incident_page(_INCIDENT),
}  # fmt: skip


def with_examples(document: Json) -> Json:
    """The document with our examples at its schemas."""
    for name, schema in document["components"]["schemas"].items():
        if name in EXAMPLES:
            schema["examples"] = [EXAMPLES[name]]
    return document
