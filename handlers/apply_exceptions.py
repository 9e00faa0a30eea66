"""落实例外结论: what the service centre ruled about each exception: keep as judged, remove with the reason, or judge again."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import MAY_STAY, by, dropped, legal_rows, rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """Items left, items dropped, and whether the table must be asked again."""
    rulings = by(given.get("exceptions") or [], "item_id")
    left, gone, again = [], rows_of(given, "dropped_items"), False
    for item in rows_of(given, "items"):
        row = rulings.get(item["item_id"])
        ruling = row.get("ruling") if row else "keep"
        if row is None:
            left.append(item)
        elif ruling == "change":
            changed = {"confirmed_class": row.get("confirmed_class") or "", "exception_confirmed": True}
            left.append({**item, **changed})
            again = True
        elif ruling == "keep" and item.get("outcome") in MAY_STAY:
            left.append({**item, "exception_confirmed": True})
        else:
            reason = context.say("exception.reason", basis=item.get("basis", ""), note=row.get("note") or "").strip()
            gone.append(dropped(item, step="exception", reason=reason))
    return Output({"items": left, "dropped_items": gone, "reclassify": again, "legal_items": legal_rows(left)})


HANDLER = Handler("apply_exceptions", "handler.apply_exceptions", handle)
