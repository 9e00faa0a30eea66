"""An example item made whole: its own row, what follows from its kind of result, and what all examples share."""

from collections.abc import Mapping
from typing import Any

from service.domain.elements import BY_NAME
from service.domain.items import FlowStep, Item, Material, PowerSource
from service.domain.texts import say

Table = Mapping[str, Any]
ROWS = {"materials": Material, "flow": FlowStep}


def read_item(row: Table, library: Table) -> Item:
    """``library``: the whole file, for ``common`` and ``by_result``."""
    said = library["common"] | library["by_result"][row["result_kind"]] | row
    elements = {name: _value(name, value) for name, value in said.items() if name in BY_NAME}
    elements |= {
        "department_id": row["department"],
        "power_source": PowerSource(row["power_source"]),
        "form_ids": tuple(form["id"] for form in row.get("forms", ())),
        "note": say("demo.example_note", note=row.get("note", "")).strip(),
    }
    blank = {"agency": "", "seal_by_law": False}
    return Item(
        id=row["id"], version=1, status=row.get("status", "in_use"), status_reason=row.get("status_reason", ""),
        example=True, **blank | elements,
    )  # fmt: skip


def _value(name: str, value: Any) -> Any:
    if name in ROWS:
        return tuple(ROWS[name](**entry) for entry in value)
    return tuple(value) if isinstance(value, list) else value
