"""查找或发起部门会签: one sign-off a department, listing all its items without a valid verdict of this version."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import Row, rows_of


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
    opinions = [
        {
            "item_id": i["item_id"], "opinion": known[i["item_id"]]["conclusion"],
            "conditions": known[i["item_id"]]["detail"], "basis": "",
        }
        for i in items
        if i["item_id"] in known
    ]  # fmt: skip
    return {
        "department_id": department_id,
        "department_name": items[0].get("department_name", ""),
        "item_ids": [i["item_id"] for i in items],
        "status": "waiting" if waiting else "valid",
        "case_id": "",
        "opinions": opinions,
    }


def _start(department_id: str, items: list[Row], context: Context, *, index: int) -> Effect:
    name = items[0].get("department_name", "")
    # The same items of the same department are one sign-off, whichever township asks first.
    subject = ",".join(sorted(f"{i['item_id']}@{i.get('version', 0)}" for i in items))
    return Effect(
        "ensure_case",
        {
            "process_key": "department_sign_off", "subject_kind": "item_department", "subject": subject,
            "department_id": department_id, "township_id": None,
            "title": context.say("sign_off.title", name=name, count=len(items)),
            "data": {"sign_off_items": items}, "list": "sign_offs", "index": index,
        },
    )  # fmt: skip


HANDLER = Handler(
    "find_or_start_sign_offs",
    "handler.find_or_start_sign_offs",
    handle,
    facts=("sign_off_verdicts",),
    effects=("ensure_case",),
)
