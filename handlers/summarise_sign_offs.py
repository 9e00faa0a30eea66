"""汇总会签意见: the departments' opinions put to the items; every disagreement, and every silence, becomes a line for the reform office."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import Row, rows_of

AGREED = frozenset({"agree", "agree_with_conditions"})


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """Opinions of this round win over verdicts that were used again. An item nobody spoke about is not waved through."""
    opinions: dict[str, Mapping[str, Any]] = {}
    names: dict[str, str] = {}
    for source in (*rows_of(given, "sign_offs"), *rows_of(given, "sign_off_results")):
        for opinion in source.get("opinions") or []:
            opinions[opinion["item_id"]] = opinion
    for row in rows_of(given, "sign_offs"):
        names |= {item_id: row.get("department_name", "") for item_id in row["item_ids"]}
    items = rows_of(given, "items")
    disputed: list[Row] = []
    for item in items:
        opinion = opinions.get(item["item_id"], {})
        item["sign_off"], item["conditions"] = opinion.get("opinion", ""), opinion.get("conditions") or ""
        if item["sign_off"] not in AGREED:
            reason = opinion.get("basis") or ("" if opinion else context.say("sign_off.none"))
            disputed.append(
                {
                    "item_id": item["item_id"], "name": item["name"], "ruling": "", "note": "",
                    "department_name": names.get(item["item_id"], ""), "reason": reason,
                }
            )  # fmt: skip
    return Output({"items": items, "disputed_items": disputed})


HANDLER = Handler("summarise_sign_offs", "handler.summarise_sign_offs", handle)
