"""落实会议结论: what the township's meeting passed goes on, the rest leaves with the meeting's word."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import by, dropped, rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """passed: all stay; partly: rows ruled reject leave; rejected: all leave."""
    decision = given.get("meeting_decision")
    rulings = by(given.get("meeting_items") or [], "item_id")
    left, gone = [], rows_of(given, "dropped_items")
    for item in rows_of(given, "items"):
        row = rulings.get(item["item_id"], {})
        rejected = decision == "rejected" or (decision == "partly" and row.get("ruling") == "reject")
        if rejected:
            gone.append(dropped(item, step="meeting", reason=row.get("note") or context.say("meeting.rejected")))
        else:
            left.append(item)
    return Output({"items": left, "dropped_items": gone})


HANDLER = Handler("apply_meeting", "handler.apply_meeting", handle)
