"""出具自查结论: the verdict about exactly this version of the form, good for twelve months or until the form changes."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import local_day, months_later

VALID_MONTHS = 12


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """A department without forms files a zero report (无表格) of its own."""
    usage = given.get("form_usage") or "in_use"
    conclusion = {"none": "no_form", "stopped": "stopped"}.get(usage, "passed")
    until = months_later(local_day(context.now), VALID_MONTHS)
    form_id, version = given.get("form_id") or "", int(given.get("form_version") or 0)
    effects = [Effect("record_verdict", _verdict(context, form_id, version, conclusion=conclusion, until=until))]
    if conclusion != "no_form" and form_id:
        status = "stopped" if conclusion == "stopped" else "passed"
        form = {"form_id": form_id, "version": version, "status": status, "checked_until": until}
        effects.append(Effect("form_status", form))
    data = {"conclusion": conclusion, "valid_until": until, "form_id": form_id, "form_version": version}
    return Output(data, tuple(effects))


def _verdict(context: Context, form_id: str, version: int, *, conclusion: str, until: Any) -> dict[str, Any]:
    return {
        "id": f"{context.case_id}-{form_id}", "kind": "form_check", "subject_id": form_id, "subject_version": version,
        "conclusion": conclusion, "detail": "", "valid_until": until,
    }  # fmt: skip


HANDLER = Handler("record_form_check", "handler.record_form_check", handle, effects=("record_verdict", "form_status"))
