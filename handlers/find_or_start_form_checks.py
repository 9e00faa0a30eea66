"""查找或发起表格自查: one check a form, county-wide. A valid result is used again, a running check joined, a missing one started."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``form_checks``: one row per distinct form; the effect fills in the case of those that wait."""
    known = {v["subject_id"]: v for v in context.facts["form_verdicts"]}
    forms = {form["form_id"]: form for item in rows_of(given, "items") for form in item.get("forms") or []}
    rows, effects = [], []
    for form_id, form in sorted(forms.items()):
        verdict = known.get(form_id)
        rows.append(
            {
                "form_id": form_id, "form_version": form.get("version", 1), "form_name": form.get("name", form_id),
                "department_id": form.get("owner_id", ""), "status": "valid" if verdict else "waiting",
                "case_id": verdict["case_id"] if verdict else "", "conclusion": verdict["conclusion"] if verdict else "",
            }
        )  # fmt: skip
        if not verdict:
            effects.append(_start(form_id, form, context, index=len(rows) - 1))
    return Output({"form_checks": rows}, tuple(effects))


def _start(form_id: str, form: Mapping[str, Any], context: Context, *, index: int) -> Effect:
    name = form.get("name", form_id)
    data = {
        "form_id": form_id,
        "form_version": form.get("version", 1),
        "form_name": name,
        "form_level": form.get("level", "county"),
    }
    return Effect(
        "ensure_case",
        {
            "process_key": "form_self_check", "subject_kind": "form", "subject": form_id,
            "department_id": form.get("owner_id", ""), "township_id": None,
            "title": context.say("form_check.title", name=name), "data": data, "list": "form_checks", "index": index,
        },
    )  # fmt: skip


HANDLER = Handler(
    "find_or_start_form_checks",
    "handler.find_or_start_form_checks",
    handle,
    facts=("form_verdicts",),
    effects=("ensure_case",),
)
