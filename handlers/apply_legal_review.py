"""落实合法性审核: for items whose law may want the organ's own seal, the legal reviewer's word decides (许可法 39)."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import by, dropped, rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """special: the centre's seal decides; both: with the official seal beside it; official or nothing said: out of the batch."""
    rulings = by(given.get("legal_items") or [], "item_id")
    left, gone = [], rows_of(given, "dropped_items")
    for item in rows_of(given, "items"):
        row = rulings.get(item["item_id"])
        if item.get("scope") != "legal_review":
            left.append(item)
        elif row and row.get("ruling") in ("special", "both"):
            kept = {**item, "scope": "decide"}
            if row["ruling"] == "both":
                kept["conditions"] = context.say("legal.both_seals", conditions=item.get("conditions") or "").strip()
            left.append(kept)
        else:
            reason = context.say(
                "legal.official", article=(row or {}).get("article") or "", note=(row or {}).get("note") or ""
            )
            gone.append(dropped(item, step="legal", reason=reason.strip()))
    meeting = [
        {
            "item_id": i["item_id"], "name": i["name"], "item_class": i.get("item_class", ""), "scope": i.get("scope", ""),
            "ruling": "pass", "note": "",
        }
        for i in left
    ]  # fmt: skip
    return Output({"items": left, "dropped_items": gone, "meeting_items": meeting})


HANDLER = Handler("apply_legal_review", "handler.apply_legal_review", handle)
