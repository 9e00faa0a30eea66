"""生效: every item left in the batch becomes a row of the 授权台账, on trial for thirty days."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import Row, rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """Ids come from case and item, so doing this twice gives one row each. E3 items may only be accepted, not decided."""
    effects = tuple(Effect("authorise", _row(item, given, context)) for item in rows_of(given, "items"))
    data = {"effective_at": context.now, "authorisation_ids": [e.values["id"] for e in effects]}
    return Output(data, effects)


def _row(item: Row, given: Mapping[str, Any], context: Context) -> Row:
    return {
        "id": f"{context.case_id}-{item['item_id']}",
        "township_id": given["township_id"],
        "item_id": item["item_id"],
        "item_version": int(item.get("version") or 0),
        "item_name": item.get("name", ""),
        "item_class": item.get("item_class", ""),
        "scope": "accept_only" if item.get("scope") == "accept_only" else "decide",
        "document_number": given.get("document_number") or "",
        "document_date": given.get("document_date"),
        "notice_number": given.get("notice_number") or "",
        "filing_number": given.get("filing_number") or "",
        "effective_at": context.now,
        "valid_from": given.get("valid_from"),
        "valid_to": given.get("valid_to"),
        "seal_id": given.get("seal_id"),
    }


HANDLER = Handler("put_into_force", "handler.put_into_force", handle, effects=("authorise",))
