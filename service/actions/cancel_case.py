"""The initiator or the coordinating office ends a case for good: 撤销. Tasks, jobs and timers go with it, history stays."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_match, reason_given
from service.actions.parts.record import take_step
from service.actions.parts.sealing import EventFacts
from service.domain.cases import Case, CaseStatus
from service.domain.errors import Conflict
from service.domain.texts import say
from service.engine.model import Cancel


@dataclass(frozen=True, slots=True)
class CancelCase:
    case_id: str
    reason: str
    if_match: int | None = None


def cancel_case(frame: Frame, order: CancelCase) -> Case:
    """The case, cancelled; a suspended case may be cancelled too."""
    case, facts = lock_visible_case(frame, order.case_id)
    allow(frame, "case.cancel", facts)
    must_match(order.if_match, case.version, what=case.business_key)
    if case.status not in (CaseStatus.ACTIVE, CaseStatus.SUSPENDED):
        raise Conflict("case.not_active", case=case.business_key, status=say(f"case.status.{case.status.value}"))
    event = EventFacts(type="case.cancelled", personal={"reason": reason_given(order.reason)})
    return take_step(frame, case, Cancel(), event=event).case
