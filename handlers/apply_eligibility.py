"""汇总判定结果: the decision table's answers put into the items, and the lines a person must confirm."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import MAY_STAY, by, legal_rows, rows_of

SCOPES = {"accept_only": "accept_only", "legal_review": "legal_review"}
PROPOSED = {
    "remove": "remove", "own_seal": "remove", "not_authorised": "remove", "not_applicable": "remove",
    "keep_official": "remove", "accept_only": "keep", "legal_review": "keep",
}  # fmt: skip


def handle(given: Mapping[str, Any], _context: Context) -> Output:
    """Class, outcome, basis and scope for each item; everything not plainly eligible becomes an exception line."""
    verdicts = by(given.get("classifications") or [], "item_id")
    items = rows_of(given, "items")
    for item in items:
        verdict = verdicts.get(item["item_id"], {})
        item |= {k: verdict.get(k) or "" for k in ("item_class", "outcome", "basis")}
        item["scope"] = SCOPES.get(item["outcome"], "decide")
    exceptions = [
        {
            "item_id": item["item_id"], "name": item["name"], "item_class": item["item_class"],
            "outcome": item["outcome"], "basis": item["basis"], "ruling": PROPOSED.get(item["outcome"], ""),
            "confirmed_class": "", "note": "",
        }
        for item in items
        if item["outcome"] != "eligible" and not _settled(item)
    ]  # fmt: skip
    return Output({"items": items, "exceptions": exceptions, "legal_items": legal_rows(items)})


def _settled(item: Mapping[str, Any]) -> bool:
    """A person confirmed it. A class changed to one that may not be authorised still has to be removed by a person."""
    return bool(item.get("exception_confirmed")) and item["outcome"] in MAY_STAY


HANDLER = Handler("apply_eligibility", "handler.apply_eligibility", handle)
