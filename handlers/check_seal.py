"""核对专用章: whether the centre already has an active special seal, so that none is engraved twice."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output


def handle(_given: Mapping[str, Any], context: Context) -> Output:
    """One active special seal a centre."""
    seal = context.facts["active_seal"]
    return Output(
        {"seal_ready": bool(seal), "seal_id": seal["id"] if seal else None, "seal_name": seal["name"] if seal else ""}
    )


HANDLER = Handler("check_seal", "handler.check_seal", handle, facts=("active_seal",))
