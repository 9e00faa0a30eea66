"""What a handler finds on its desk in tests: a context with facts, and rows of a batch."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from handlers import HANDLERS
from handlers.contract import Context, Output

from service.domain.texts import say

NOW = datetime(2022, 10, 14, 17, 0, tzinfo=UTC)  # in Shanghai it is already the 15th
HOUSE = {
    "case_id": "case-1", "business_key": "火-2022-001", "initiator": "clerk", "township_id": "huotian",
    "township_name": "火田镇人民政府", "township_short": "火田镇", "center_id": "huotian-center", "department_id": None,
    "department_name": None,
}  # fmt: skip
OFFICES = {"reform_office": "shengaiban", "service_center": "fuwuzhongxin"}
EMPTY_FACTS: dict[str, Any] = {
    "item_library": [], "valid_authorisations": [], "form_verdicts": [], "sign_off_verdicts": [], "active_seal": None,
    "official_seal_name": "云霄县火田镇人民政府", "offices": OFFICES, "receipts": [], "form_file": None, "stations": {},
}  # fmt: skip


def run(
    name: str, given: Mapping[str, Any] | None = None, *, element: str = "some_element", step: str = "", **facts: Any
) -> Output:
    """The handler's output; it sees the facts it declared and no others."""
    handler = HANDLERS[name]
    assert set(facts) <= set(handler.facts), f"{name} did not declare {sorted(set(facts) - set(handler.facts))}"
    seen = {fact: (EMPTY_FACTS | facts)[fact] for fact in handler.facts}
    context = Context("case-1", element, key="job-1", now=NOW, facts=seen, say=say, name=step)
    output = handler.handle(HOUSE | dict(given or {}), context)
    assert {effect.kind for effect in output.effects} <= set(handler.effects)
    return output


def item(item_id: str = "birth", **more: Any) -> dict[str, Any]:
    """A whole item as ``precheck`` leaves it."""
    plain: dict[str, Any] = {
        "item_id": item_id, "version": 1, "name": f"事项{item_id}", "department_id": "weijian", "department_name": "县卫健局",
        "status": "in_use", "status_reason": "", "power_source": "1", "power_document": "", "power_document_date": None,
        "entrusting_department": "", "agency": "", "result_kind": "record", "seal_by_law": False, "legal_basis": "",
        "current_seal": "official", "target_seal": "special", "yearly_volume": 12, "capacity_note": "",
        "power_document_file": None, "example": True, "faults": [], "confirmed_class": "", "exception_confirmed": False,
        "forms": [{"form_id": "f1", "version": 2, "name": "登记表", "level": "county", "owner_id": "weijian"}],
    }  # fmt: skip
    return plain | more


def judged(item_id: str, outcome: str, item_class: str = "E1", **more: Any) -> dict[str, Any]:
    """An item as ``apply_eligibility`` leaves it."""
    scope = outcome if outcome in ("accept_only", "legal_review") else "decide"
    return item(item_id, outcome=outcome, item_class=item_class, basis="依据", scope=scope, **more)


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["item_id"] for row in rows]
