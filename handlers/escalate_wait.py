"""提醒与催办: whoever can move a wait that lasts too long is told; silence is never taken for consent."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """Notices to 审改办, the centre's director, and the leaders of departments that are waited for."""
    office = context.facts["offices"].get("reform_office")
    waiting = {
        row.get("department_id")
        for name in ("form_checks", "sign_offs")
        for row in rows_of(given, name)
        if row.get("status") == "waiting"
    }
    told = [
        ("reform_clerk", office),
        ("center_director", given.get("center_id")),
        ("dept_leader", given.get("department_id")),
        *(("dept_leader", department) for department in sorted(filter(None, waiting))),
    ]
    text = context.say("escalate.text", key=given.get("business_key", ""), step=context.name or context.element)
    effects = tuple(
        Effect("notify", {"kind": "reminder", "post": post, "organisation_id": organisation, "text": text})
        for post, organisation in dict.fromkeys(told)
        if organisation
    )
    return Output({}, effects)


HANDLER = Handler("escalate_wait", "handler.escalate_wait", handle, facts=("offices",), effects=("notify",))
