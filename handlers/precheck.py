"""自动预检: rows of the clerk's list made whole from the item library, with every doubt named.

One thing is decided: what is not sorted and described leaves the batch (云政办〔2022〕28号 二(三)2: 梳理, then 规范流程, then 授权).
"""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import Row, by, dropped, rows_of

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
    """Items whole, those that may not be authorised yet dropped, a report of faults, and the lists later steps append to."""
    library = by(context.facts["item_library"], "item_id")
    valid = {a["item_id"]: a for a in context.facts["valid_authorisations"]}
    rows = rows_of(given, "items")
    items = [_whole(row, library, context) for row in by(rows, "item_id").values()]
    twice = [row["item_id"] for n, row in enumerate(rows) if row["item_id"] in {r["item_id"] for r in rows[:n]}]
    for item in items:
        again = [context.say("precheck.twice", name=item["name"])] if item["item_id"] in twice else []
        first = [context.say("precheck.unprepared", name=item["name"])] if _unprepared(item, library) else []
        item["faults"] = [*first, *item["faults"], *again, *_faults(item, valid, context)]
    faults = [{"item_id": i["item_id"], "name": i["name"], "text": text} for i in items for text in i["faults"]]
    gone = [i for i in items if _unprepared(i, library)]
    data = {
        "items": [item for item in items if item not in gone],
        "precheck_report": {"checked": len(items), "faults": faults},
        "dropped_items": [
            dropped(i, step="precheck", reason=context.say("precheck.unprepared", name=i["name"])) for i in gone
        ],
        "deferred_items": [],
        "exceptions": [],
    }
    return Output(data, _notice(gone, given, context))


def _unprepared(item: Mapping[str, Any], library: Mapping[Any, Mapping[str, Any]]) -> bool:
    return library.get(item["item_id"], {}).get("sorting") != "described"


def _notice(gone: list[Row], given: Mapping[str, Any], context: Context) -> tuple[Effect, ...]:
    """The centre reads why, even where nothing is left and the batch ends."""
    if not gone or not given.get("center_id"):
        return ()
    text = context.say("precheck.unprepared_notice", names="、".join(str(i["name"] or i["item_id"]) for i in gone))
    return (Effect("notify", {"organisation_id": given["center_id"], "post": "center_clerk", "text": text}),)


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
    if known.get("power_lapsed"):
        item["faults"].append(context.say("precheck.power_lapsed", name=item["name"]))
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


HANDLER = Handler(
    "precheck", "handler.precheck", handle, facts=("item_library", "valid_authorisations"), effects=("notify",)
)
