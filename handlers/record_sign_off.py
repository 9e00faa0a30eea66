"""登记会签意见: one verdict per item version and department, so that no department is asked twice about the same thing."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import by, local_day, months_later, rows_of

VALID_MONTHS = 12
WORST_FIRST = ("disagree", "agree_with_conditions", "agree")


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``sign_off_opinion``: the worst of all lines."""
    items = by(given.get("sign_off_items") or [], "item_id")
    until = months_later(local_day(context.now), VALID_MONTHS)
    opinions = rows_of(given, "opinions")
    effects = tuple(
        Effect(
            "record_verdict",
            {
                "id": f"{context.case_id}-{row['item_id']}", "kind": "sign_off", "subject_id": row["item_id"],
                "subject_version": int(items.get(row["item_id"], {}).get("version") or 0),
                "conclusion": row["opinion"], "detail": row.get("conditions") or row.get("basis") or "",
                "valid_until": until,
            },
        )
        for row in opinions
    )  # fmt: skip
    given_opinions = {row["opinion"] for row in opinions}
    return Output({"sign_off_opinion": next((o for o in WORST_FIRST if o in given_opinions), "agree")}, effects)


HANDLER = Handler("record_sign_off", "handler.record_sign_off", handle, effects=("record_verdict",))
