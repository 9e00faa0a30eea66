"""自动预检: rows of the clerk's list made whole from the item library, with every doubt named. Nothing is decided here."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import Row, by, rows_of

FROM_LIBRARY = (
    "name", "version", "department_id", "department_name", "status", "status_reason", "power_source", "power_document",
    "entrusting_department", "agency", "result_kind", "seal_by_law", "legal_basis", "current_seal", "example",
)  # fmt: skip
BLANK: Row = {
    "name": "", "version": 0, "department_id": "", "department_name": "", "status": "in_use", "status_reason": "",
    "power_source": "", "power_document": "", "entrusting_department": "", "agency": "", "result_kind": "",
    "seal_by_law": False, "legal_basis": "", "current_seal": "", "example": False,
}  # fmt: skip


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """Items whole, a report of faults, and the empty lists later steps append to."""
    library = by(context.facts["item_library"], "item_id")
    valid = {a["item_id"]: a for a in context.facts["valid_authorisations"]}
    rows = rows_of(given, "items")
    items = [_whole(row, library, context) for row in by(rows, "item_id").values()]
    twice = [row["item_id"] for n, row in enumerate(rows) if row["item_id"] in {r["item_id"] for r in rows[:n]}]
    for item in items:
        again = [context.say("precheck.twice", name=item["name"])] if item["item_id"] in twice else []
        item["faults"] = [*item["faults"], *again, *_faults(item, valid, context)]
    faults = [{"item_id": i["item_id"], "name": i["name"], "text": text} for i in items for text in i["faults"]]
    return Output(
        {
            "items": items,
            "precheck_report": {"checked": len(items), "faults": faults},
            "dropped_items": [],
            "deferred_items": [],
            "exceptions": [],
        }
    )


def _whole(row: Mapping[str, Any], library: Mapping[Any, Mapping[str, Any]], context: Context) -> Row:
    """What the form gave wins; what it left out comes from the library; a difference is a fault."""
    known = library.get(row.get("item_id"), {})
    item = {**row, "confirmed_class": "", "exception_confirmed": False, "faults": []}
    if not known:
        item["faults"].append(context.say("precheck.unknown", id=row.get("item_id", "")))
    for name in FROM_LIBRARY:
        own, theirs = row.get(name), known.get(name)
        if own in (None, ""):
            item[name] = BLANK[name] if theirs is None else theirs
        elif theirs not in (None, "") and own != theirs and name in ("power_source", "department_id"):
            field = context.say(f"precheck.field.{name}")
            item["faults"].append(context.say("precheck.differs", name=item.get("name") or known["name"], field=field))
    item["forms"] = _forms(row, known, owner=item["department_id"])
    item["catalog_code"], item["task_code"] = known.get("catalog_code", ""), known.get("task_code", "")
    item["faults"] += [context.say("precheck.entry", name=item["name"], fault=f) for f in known.get("faults", [])]
    return item


def _forms(row: Mapping[str, Any], known: Mapping[str, Any], *, owner: str) -> list[Row]:
    library = {form["form_id"]: dict(form) for form in known.get("forms", [])}
    given = [f for f in (row.get("forms") or []) if isinstance(f, Mapping) and f.get("form_id")]
    if not given:
        return list(library.values())
    blank = {"version": 1, "level": "county", "owner_id": owner}
    return [{**blank, **dict(form), **library.get(form["form_id"], {})} for form in given]


def _faults(item: Row, valid: Mapping[str, Any], context: Context) -> list[str]:
    checks = {
        "precheck.not_in_use": item["status"] != "in_use",
        "precheck.duplicate": item["item_id"] in valid,
        "precheck.no_forms": not item["forms"],
        "precheck.no_entrusting": item["power_source"] in ("5", "6") and not item["entrusting_department"],
        "precheck.no_document": item["power_source"] in ("2", "3", "4") and not item["power_document"],
    }
    found = [key for key, wrong in checks.items() if wrong]
    return [context.say(key, name=item["name"], why=item["status_reason"]) for key in found]


HANDLER = Handler("precheck", "handler.precheck", handle, facts=("item_library", "valid_authorisations"))
