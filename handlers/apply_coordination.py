"""落实协调结论: agreed items stay, deferred ones go into a follow-up batch with a date, refused ones leave with the reason."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import by, dropped, legal_rows, local_day, rows_of

REVIEW_AFTER = timedelta(days=60)


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """An item without a ruling counts as refused: nothing is authorised by an oversight."""
    rulings = by(given.get("disputed_items") or [], "item_id")
    left, gone, later = [], rows_of(given, "dropped_items"), rows_of(given, "deferred_items")
    for item in rows_of(given, "items"):
        row = rulings.get(item["item_id"])
        if row is None or row.get("ruling") == "agree":
            left.append(item)
        elif row.get("ruling") == "defer":
            review_by = local_day(context.now) + REVIEW_AFTER
            later.append(
                {
                    "item_id": item["item_id"],
                    "name": item["name"],
                    "reason": row.get("note") or "",
                    "review_by": review_by,
                }
            )
        else:
            gone.append(
                dropped(item, step="coordination", reason=row.get("note") or context.say("coordination.refused"))
            )
    new = len(later) - len(rows_of(given, "deferred_items"))
    text = context.say("coordination.deferred", key=given.get("business_key", ""), count=new)
    notice = {"kind": "notice", "post": "center_clerk", "organisation_id": given.get("center_id"), "text": text}
    effects = (Effect("notify", notice),) if new else ()
    data = {"items": left, "dropped_items": gone, "deferred_items": later, "legal_items": legal_rows(left)}
    return Output(data, effects)


HANDLER = Handler("apply_coordination", "handler.apply_coordination", handle, effects=("notify",))
