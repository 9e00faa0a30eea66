"""试运行结论落地: good makes the authorisations regular, unfit suspends them until they are taken back (P7)."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output


def handle(given: Mapping[str, Any], _context: Context) -> Output:
    """``ledger_status``: in_force or suspended."""
    status = "in_force" if given.get("trial_decision") == "good" else "suspended"
    return Output({"ledger_status": status}, (Effect("authorisation_status", {"status": status}),))


HANDLER = Handler("settle_trial", "handler.settle_trial", handle, effects=("authorisation_status",))
