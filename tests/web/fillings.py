"""A good answer to any shipped form, made from its fields: what somebody would type who fills in everything."""

from collections.abc import Mapping
from typing import Any

LONG_ENOUGH = "示例文字一二三四五六七八九"
LAYOUT = ("text", "table", "button", "image", "html", "separator", "spacer")
FACTS: dict[str, Any] = {"items": [{"item_id": "shengyu", "name": "生育登记"}], "findings": [], "form_id": "biao"}


def filled(form: Mapping[str, Any]) -> dict[str, Any]:
    """Field -> answer, rows with one row; files are left out, they are stored before a form is sent."""
    answers: dict[str, Any] = {}
    for field in form["components"]:
        if field["type"] == "dynamiclist":
            answers[field["path"]] = [filled(field)]
        elif field["type"] not in (*LAYOUT, "filepicker"):
            answers[field["key"]] = answer(field)
    return answers


def answer(field: Mapping[str, Any]) -> Any:
    kind, values = field["type"], [v["value"] for v in field.get("values", ())]
    plain = {
        "textfield": LONG_ENOUGH,
        "textarea": LONG_ENOUGH,
        "number": max(int(field.get("validate", {}).get("min") or 0), 1) if _fixed(field) else 1,
        "datetime": "2026-11-20",
        "checkbox": True,
    }
    if kind in ("radio", "select"):
        return values[0] if values else FACTS["items"][0]["item_id"]
    return values if kind == "checklist" else plain[kind]


def _fixed(field: Mapping[str, Any]) -> bool:
    return not str(field.get("validate", {}).get("min", "")).startswith("=")


def needed_files(form: Mapping[str, Any]) -> set[str]:
    return {c["key"] for c in form["components"] if c["type"] == "filepicker" and c.get("validate", {}).get("required")}
