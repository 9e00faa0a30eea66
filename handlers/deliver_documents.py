"""送达县直各部门: the notice goes to every department concerned with a receipt, which ends the excuse 未收到启用通知 (N4)."""

from collections.abc import Mapping
from typing import Any

from handlers.contract import Context, Effect, Handler, Output
from handlers.rows import rows_of


def handle(given: Mapping[str, Any], context: Context) -> Output:
    """To the items' departments, the service centre and the reform office."""
    offices = context.facts["offices"]
    to = sorted(
        {i["department_id"] for i in rows_of(given, "items") if i.get("department_id")}
        | {offices[key] for key in ("service_center", "reform_office") if key in offices}
    )
    number = given.get("notice_number") or given.get("document_number") or ""
    document = context.say("deliver.document", township=given.get("township_short") or "", number=number)
    effect = Effect("send_document", {"document": document, "number": number, "organisation_ids": to})
    return Output({"delivered_to": to, "missing_receipts": to, "receipt_round": 0}, (effect,))


HANDLER = Handler(
    "deliver_documents", "handler.deliver_documents", handle, facts=("offices",), effects=("send_document",)
)
