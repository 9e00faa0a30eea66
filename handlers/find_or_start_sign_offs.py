"""查找或发起部门会签: one sign-off a department, listing all its items without a valid verdict of this version."""

import hashlib
from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import Row, rows_of

LONGEST_SUBJECT = 100


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``sign_offs``: one row per department."""
    known = {v["subject_id"]: v for v in context.facts["sign_off_verdicts"]}
    departments: dict[str, list[Row]] = {}
    for item in rows_of(given, "items"):
        departments.setdefault(item["department_id"], []).append(item)
    rows: list[Row] = []
    effects = []
    for department_id, items in sorted(departments.items()):
        missing = [item for item in items if item["item_id"] not in known]
        rows.append(_row(department_id, items, known, waiting=bool(missing)))
        if missing:
            effects.append(_start(department_id, missing, context, index=len(rows) - 1))
    return Output({"sign_offs": rows}, tuple(effects))


def _row(department_id: str, items: list[Row], known: Mapping[str, Any], *, waiting: bool) -> Row:
    opinions = [_opinion(known[i["item_id"]]) for i in items if i["item_id"] in known]
    return {
        "department_id": department_id,
        "department_name": items[0].get("department_name", ""),
        "item_ids": [i["item_id"] for i in items],
        "status": "waiting" if waiting else "valid",
        "case_id": "",
        "opinions": opinions,
    }


def _opinion(verdict: Mapping[str, Any]) -> Row:
    """A verdict's detail is the basis of a disagreement, else the conditions; see ``record_sign_off``."""
    refused = verdict["conclusion"] == "disagree"
    conditions, basis = ("", verdict["detail"]) if refused else (verdict["detail"], "")
    return {
        "item_id": verdict["subject_id"],
        "opinion": verdict["conclusion"],
        "conditions": conditions,
        "basis": basis,
    }


def _start(department_id: str, items: list[Row], context: Context, *, index: int) -> Effect:
    name = items[0].get("department_name", "")
    return Effect(
        "ensure_case",
        {
            "process_key": "department_sign_off", "subject_kind": "item_department", "subject": _subject(items),
            "department_id": department_id, "township_id": None,
            "title": context.say("sign_off.title", name=name, count=len(items)),
            "data": {"sign_off_items": items}, "list": "sign_offs", "index": index,
        },
    )  # fmt: skip


def _subject(items: list[Row]) -> str:
    """The same items of the same department are one sign-off, whichever township asks first. A long list goes by its digest."""
    subject = ",".join(sorted(f"{i['item_id']}@{i.get('version', 0)}" for i in items))
    return subject if len(subject) <= LONGEST_SUBJECT else f"sha256:{hashlib.sha256(subject.encode()).hexdigest()}"


HANDLER = Handler(
    "find_or_start_sign_offs",
    "handler.find_or_start_sign_offs",
    handle,
    facts=("sign_off_verdicts",),
    effects=("ensure_case",),
)
