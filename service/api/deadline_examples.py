"""Examples of calendars and deadlines, for the OpenAPI document. The notice of 2027 in them is 示例, not the State Council's."""

from typing import Any

Json = dict[str, Any]

_DAY: Json = {
    "day": "2026-10-10", "kind": "shifted", "name": "国庆节", "provisional": False, "said_by": "county",
    "source": "chinesecalendar 1.11.0", "since": "2026-11-24T01:00:00Z",
}  # fmt: skip
_SENTENCE: Json = {
    "text": "一、元旦：1月1日（周五）至3日（周日）放假，共3天", "understood": "放假：2027-01-01（周五）至2027-01-03（周日），计3天", "faults": [],
}  # fmt: skip
_FAULT: Json = {
    "code": "kind",
    "message": "类型“调休”不认识，应为：工作日、上班、放假",
    "sentence": None,
    "row": 3,
    "column": "类型",
}
_CHANGE: Json = {
    "day": "2027-01-04", "before": "working", "guessed": True, "after": "holiday", "name": "元旦", "source": "示例",
}  # fmt: skip
_MOVE: Json = {
    "case": "019a20dfac98171af8ab19804d79f6bc", "case_key": "授权-火田镇-2026-001", "number": 6, "element": "draft_list",
    "name": "编制授权事项建议清单", "kind": "task", "workdays": 10, "organisation": "huotian-center",
    "old": "2027-01-12T15:59:59Z", "new": "2027-01-13T15:59:59Z", "provisional": False,
}  # fmt: skip
_CLAUSE: Json = {"place": "二（一）1", "words": "今年内", "due": "2022-12-31", "named": True, "counts": True}
_GENERAL: Json = {
    "place": "二（一）完成时限", "words": "2022年11月中旬", "due": "2022-11-20", "named": False, "counts": False,
}  # fmt: skip
_DEADLINE: Json = {
    "id": "gongan-jinzhu-dongxia", "version": 1, "document": "云政办〔2022〕28号", "document_date": "2022-10-13",
    "subject": "公安派出所审批事项进驻便民服务中心", "organisation": "dongxia", "organisation_name": "东厦镇人民政府",
    "helper": "gonganju", "helper_name": "云霄县公安局", "strength": "hard", "reason": "", "on": "2022-11-25",
    "state": "running", "words": "今年内", "place": "二（一）1", "due": "2022-12-31", "last_workday": "2022-12-30",
    "provisional": False, "overdue": False, "late": False, "deductible": False, "conflict": "open",
    "clauses": [_CLAUSE, _GENERAL], "chosen_reason": "", "chosen_by": None, "chosen_at": None, "done_on": None,
    "done_note": "", "example": True,
}  # fmt: skip


def deadline_examples(task: Json) -> dict[str, Json]:
    """``task``: the example of a task."""
    return {
        "CalendarShown": {
            "id": "county", "organisation_name": "", "version": 1, "changed_at": "2026-11-24T01:00:00Z",
            "first_known": "2004-01-01", "last_known": "2026-12-31",
        },
        "CalendarDayShown": _DAY,
        "CalendarYearShown": {"calendar": "county", "year": 2026, "provisional": False, "days": [_DAY]},
        "SentenceShown": _SENTENCE,
        "ImportFaultShown": _FAULT,
        "DayChangeShown": _CHANGE,
        "MoveShown": _MOVE,
        "CalendarPreviewShown": {
            "calendar": "county", "year": 2027, "source": "示例", "sentences": [_SENTENCE], "faults": [],
            "changes": [_CHANGE], "settled_days": 365, "moves": [_MOVE], "settled_limits": 3, "resting_limits": 1,
            "preview": "7c" * 32,
        },
        "CountShown": {
            "due": "2027-01-12", "days": ["2026-12-29", "2026-12-30"], "provisional": True, "guessed": ["2027-01-01"],
        },
        "ClauseShown": _CLAUSE,
        "DeadlineShown": _DEADLINE,
        "WordsShown": {
            "words": "2022年11月中旬", "due": "2022-11-20", "last_workday": "2022-11-18", "provisional": False,
        },
        "OverdueShown": task | {
            "case_key": "授权-火田镇-2026-001", "case_title": "火田镇第一批事项公章向专用章授权（示例）", "township": "huotian",
            "organisation": "huotian-center", "organisation_name": "火田镇便民服务中心", "workdays_over": 2,
        },
    }  # fmt: skip
