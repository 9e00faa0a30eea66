"""A person begins a case of a deployed process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.actions.frame import Frame
from service.actions.parts.acting import allow, checked_act
from service.actions.parts.asked import names_asked
from service.actions.parts.assign import organisations_of
from service.actions.parts.open_case import Opening, newest_definition, open_case
from service.actions.parts.record import Moved
from service.domain.assignment import parse_assignment, resolve
from service.domain.cases import Act
from service.domain.errors import Invalid, StepFailed
from service.domain.people import Holding
from service.domain.permission import Facts
from service.domain.variables import may_be_set
from service.engine.model import Bundle


@dataclass(frozen=True, slots=True)
class StartCase:
    """``data``: first variables; the names the house sets itself (case_id, initiator, ...) may not be given."""

    process_key: str
    data: Mapping[str, Any]
    township_id: str | None = None
    department_id: str | None = None
    title: str = ""
    message: str = ""  # of the message start event; empty for the plain start
    act: Act = field(default_factory=Act)


def start_case(frame: Frame, order: StartCase) -> Moved:
    """The case after its first step. Who may start is in the diagram: camunda:candidateStarterGroups."""
    _, bundle = newest_definition(frame, order.process_key)
    allow(frame, "case.start", Facts(starters=_starters(frame, order, bundle)))
    _refuse_names(order.data, bundle)
    opening = Opening(
        process_key=order.process_key,
        data=order.data,
        initiator_id=frame.actor.person_id,
        township_id=order.township_id,
        department_id=order.department_id,
        title=order.title,
        message=order.message,
        act=checked_act(frame, order.act, case_id=""),
    )
    try:
        return open_case(frame, opening)
    except StepFailed as error:
        if error.text != "step.failed":
            raise
        raise StepFailed(
            "step.not_begun", **error.values
        ) from error  # with the case gone there is no incident to promise


def _starters(frame: Frame, order: StartCase, bundle: Bundle) -> frozenset[Holding]:
    known = organisations_of(
        frame,
        township_id=order.township_id,
        department_id=order.department_id,
        initiator_id=frame.actor.person_id,
    )
    found = (resolve(parse_assignment(text), known) for text in bundle.starters)
    return frozenset(Holding(c.post, c.organisation_id) for c in found if c)


def _refuse_names(data: Mapping[str, Any], bundle: Bundle) -> None:
    """What a form asks for is given in the form, by whom the diagram names and checked field by field, never at the start."""
    asked = names_asked(bundle)
    for name in data:
        if not may_be_set(name):
            raise Invalid("variable.reserved", name=name)
        if name in asked:
            raise Invalid("variable.of_form", name=name)
