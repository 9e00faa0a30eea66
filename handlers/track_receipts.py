"""催收回执: who has not confirmed is reminded; the document counts as sent all the same."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``missing_receipts``: organisations without a receipt; one more round."""
    missing = [r for r in context.facts["receipts"] if not r["receipted"]]
    effects = tuple(
        Effect(
            "notify",
            {
                "kind": "reminder", "post": "clerk", "organisation_id": r["organisation_id"],
                "text": context.say("receipt.reminder", document=r["document"]),
            },
        )
        for r in missing
    )  # fmt: skip
    data = {
        "missing_receipts": sorted({r["organisation_id"] for r in missing}),
        "receipt_round": int(given.get("receipt_round") or 0) + 1,
    }
    return Output(data, effects)


HANDLER = Handler("track_receipts", "handler.track_receipts", handle, facts=("receipts",), effects=("notify",))
