"""生成会签材料: what a department needs to give its opinion, and an empty opinion line for each of its items."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Handler, Output
from handlers.rows import rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """One row per item in both lists."""
    checked = {v["subject_id"]: f"packet.{v['conclusion']}" for v in context.facts["form_verdicts"]}
    items = rows_of(given, "sign_off_items")
    packet = [
        {
            "item_id": i["item_id"], "name": i.get("name", ""), "power_source": i.get("power_source", ""),
            "legal_basis": i.get("legal_basis", ""), "scope": i.get("scope", ""),
            "form_conclusion": context.say("packet.comma").join(_form(f, checked, context) for f in i.get("forms") or []),
            "note": i.get("capacity_note") or "",
        }
        for i in items
    ]  # fmt: skip
    opinions = [
        {
            "item_id": i["item_id"], "name": i.get("name", ""), "opinion": "", "reason_code": "", "conditions": "",
            "basis": "", "system_change": False,
        }
        for i in items
    ]  # fmt: skip
    return Output({"packet": packet, "opinions": opinions, "opinion_round": 0, "opinion_faults": []})


def _form(form: Mapping[str, Any], checked: Mapping[str, str], context: Context) -> str:
    """A form and what its self-check found, in words."""
    conclusion = context.say(checked.get(form["form_id"], "packet.unchecked"))
    return context.say("packet.form", name=form.get("name", ""), conclusion=conclusion)


HANDLER = Handler("build_sign_off_packet", "handler.build_sign_off_packet", handle, facts=("form_verdicts",))
