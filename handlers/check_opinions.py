"""意见规则校验: the notice leaves no room for 只认公章; a disagreement needs its legal basis, conditions need words."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import rows_of

NOT_A_REASON = frozenset({"N1", "N2", "N3", "N4"})  # 二(三)1: 各部门不得以任何理由不认可专用章的使用效力


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """``must_redo``: back to the clerk. A missing basis is sent back once; then the reform office decides."""
    done = int(given.get("opinion_round") or 0)
    faults = [
        {"item_id": row.get("item_id"), "name": row.get("name", ""), "text": context.say(key, name=row.get("name", ""))}
        for row in rows_of(given, "opinions")
        if (key := _fault(row, first=done == 0))
    ]
    return Output({"must_redo": bool(faults), "opinion_faults": faults, "opinion_round": done + 1})


def _fault(row: Mapping[str, Any], *, first: bool) -> str:
    opinion = row.get("opinion")
    if opinion == "disagree":
        if row.get("reason_code") in NOT_A_REASON:
            return "opinion.not_a_reason"
        if first and not str(row.get("basis") or "").strip():
            return "opinion.no_basis"
    if opinion == "agree_with_conditions" and not str(row.get("conditions") or "").strip():
        return "opinion.no_conditions"
    return "" if opinion in ("agree", "agree_with_conditions", "disagree") else "opinion.missing"


HANDLER = Handler("check_opinions", "handler.check_opinions", handle)
