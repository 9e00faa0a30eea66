"""强制跳转: the system administrator takes a case from where it waits to another place. Never past a person's decision."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.record import Moved
from service.actions.parts.repairing import force, place_of
from service.actions.parts.sealing import EventFacts
from service.domain.errors import NotFound
from service.domain.permission import Facts
from service.engine.model import Jump
from service.store import cases


@dataclass(frozen=True, slots=True)
class JumpToken:
    """``number``: of the waiting place; ``target``: an element of the same scope. ``if_match``: of the preview; must be given."""

    case_id: str
    number: int
    target: str
    reason: str
    if_match: int | None = None


def jump_token(frame: Frame, order: JumpToken) -> Moved:
    """The case at its new place."""
    allow(frame, "case.force", Facts())
    case = cases.lock_case(frame.tx, order.case_id)
    if case is None:
        raise NotFound("case.unknown", id=order.case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    command = Jump(order.number, order.target)
    left = place_of(case, bundle, order.number)
    event = EventFacts(type="case.jumped", element=left.id, number=order.number, facts={"target": order.target})
    return force(frame, case, command, event=event, reason=order.reason, if_match=order.if_match)
