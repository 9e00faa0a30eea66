"""授权适格判定 shown: what the deployed decision table says of an item, by which rule and why. A case that starts now gets the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.eligibility import DECISION, deployed, variables_of
from service.domain.errors import Conflict, NotFound
from service.domain.items import Item
from service.engine.deciding import MatchedRule, decide
from service.engine.model import EngineError
from service.store import items


@dataclass(frozen=True, slots=True)
class Eligibility:
    """``rules``: those that hold, the first is the one that counts. ``process_version``: the deployment that was asked."""

    item: Item
    process_version: int
    decision: str
    item_class: str
    outcome: str
    basis: str
    rules: tuple[MatchedRule, ...]
    inputs: tuple[tuple[str, Any], ...]


def look_at_eligibility(frame: Frame, item_id: str, *, version: int | None = None) -> Eligibility:
    """Of the newest version, or of ``version``. Conflict when no table is deployed or it has no answer."""
    item = items.item_version(frame.tx, item_id, version) if version else items.get_item(frame.tx, item_id)
    if item is None:
        raise NotFound("item.unknown", id=item_id[:60])
    definition, bundle = deployed(frame)
    try:
        found = decide(bundle, DECISION, variables_of(frame, [item])[0], at=frame.now)
    except EngineError as error:
        raise Conflict("eligibility.no_answer", name=item.name, why=error.message) from error
    said: Mapping[str, Any] = found.value if isinstance(found.value, Mapping) else {}
    return Eligibility(
        item=item, process_version=definition.version, decision=found.name,
        item_class=str(said.get("item_class") or ""), outcome=str(said.get("outcome") or ""),
        basis=str(said.get("basis") or ""), rules=found.rules, inputs=found.inputs,
    )  # fmt: skip
