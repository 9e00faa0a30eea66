"""The decision table that is deployed, asked about items of the library with the same variables a case has after the precheck."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.facts import library_row
from service.domain.cases import Definition
from service.domain.errors import Conflict
from service.domain.items import Item
from service.engine.deciding import decide
from service.engine.model import Bundle, EngineError
from service.store import definitions, items, organisations

PROCESS = "seal_authorisation"
DECISION = "eligibility"


def deployed(frame: Frame) -> tuple[Definition, Bundle]:
    """What a case that starts now would run; Conflict when nothing is deployed."""
    definition = definitions.latest_definition(frame.tx, PROCESS)
    if definition is None:
        raise Conflict("eligibility.not_deployed", process=PROCESS)
    return definition, frame.bundles.get(frame.tx, definition.bundle_digest)


def variables_of(frame: Frame, found: Sequence[Item]) -> list[dict[str, Any]]:
    """One set for each item; nobody has corrected a class yet."""
    names = {o.id: o.name for o in organisations.list_organisations(frame.tx)}
    forms = {f.id: f for f in items.forms_by_ids(frame.tx, [id for item in found for id in item.form_ids])}
    return [{"item": library_row(item, names, forms) | {"confirmed_class": ""}} for item in found]


def classes_of(frame: Frame, found: Sequence[Item]) -> list[str]:
    """The class of each, for lists; empty where the table gives none, none is deployed, or it fails on that item."""
    try:
        _, bundle = deployed(frame)
    except Conflict:
        return [""] * len(found)
    return [_class(bundle, variables, at=frame.now) for variables in variables_of(frame, found)]


def _class(bundle: Bundle, variables: Mapping[str, Any], *, at: datetime) -> str:
    try:
        said = decide(bundle, DECISION, variables, at=at).value
    except EngineError:
        return ""
    return str(said.get("item_class") or "") if isinstance(said, Mapping) else ""
