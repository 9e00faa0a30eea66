"""登记印章台账: the engraved, filed and handed-over special seal becomes the centre's active one."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import local_day


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """The seal's id comes from the case, so doing this twice registers one seal."""
    seal_id = f"seal-{context.case_id}"
    seal = {
        "id": seal_id,
        "organisation_id": given["center_id"],
        "kind": "special",
        "name": given.get("seal_name") or "",
        "shape": given.get("seal_shape") or "round",
        "diameter_mm": int(given.get("seal_diameter") or 0),
        "status": "active",
        "filing_number": given.get("filing_number_seal") or "",
        "filing_date": given.get("filing_date_seal"),
        "seal_code": given.get("seal_code") or "",
        "activated_on": given.get("handover_date") or local_day(context.now),
        "keeper_a": given.get("keeper_a") or "",
        "keeper_b": given.get("keeper_b") or "",
    }
    return Output({"seal_id": seal_id, "seal_ready": True}, (Effect("put_seal", seal),))


HANDLER = Handler("register_seal", "handler.register_seal", handle, effects=("put_seal",))
