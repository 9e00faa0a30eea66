"""强制跳过: the system administrator lets a case go on without something the machine waits for. Never without a person's decision."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow
from service.actions.parts.record import Moved
from service.actions.parts.repairing import force, place_of
from service.actions.parts.sealing import EventFacts
from service.domain.errors import NotFound
from service.domain.permission import Facts
from service.engine.model import Skip
from service.store import cases


@dataclass(frozen=True, slots=True)
class SkipWait:
    """``number``: of the waiting place. ``if_match``: the version the preview was made of; must be given."""

    case_id: str
    number: int
    reason: str
    if_match: int | None = None


def skip_wait(frame: Frame, order: SkipWait) -> Moved:
    """The case after it went on."""
    allow(frame, "case.force", Facts())
    case = cases.lock_case(frame.tx, order.case_id)
    if case is None:
        raise NotFound("case.unknown", id=order.case_id)
    bundle = frame.bundles.get(frame.tx, case.bundle_digest)
    command = Skip(order.number)
    left = place_of(case, bundle, order.number)
    event = EventFacts(type="case.skipped", element=left.id, number=order.number)
    return force(frame, case, command, event=event, reason=order.reason, if_match=order.if_match)
