"""查找或发起部门会签: one sign-off a department, listing all its items without a valid verdict of this version."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import Row, rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``sign_offs``: one row per department; the effect makes one for each case it waits for."""
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
            name = items[0].get("department_name", "")
            effects.append(
                Effect("ensure_sign_offs", {"department_id": department_id, "department_name": name, "items": missing})
            )
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


HANDLER = Handler(
    "find_or_start_sign_offs",
    "handler.find_or_start_sign_offs",
    handle,
    facts=("sign_off_verdicts",),
    effects=("ensure_sign_offs",),
)
