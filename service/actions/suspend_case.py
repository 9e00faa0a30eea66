"""The coordinating office stops a case for a while: 挂起. Its tasks rest, its jobs and timers wait, its working days are not counted."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_be_active, must_match, reason_given
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Case, CaseStatus
from service.store import calendars


@dataclass(frozen=True, slots=True)
class SuspendCase:
    case_id: str
    reason: str
    if_match: int | None = None


def suspend_case(frame: Frame, order: SuspendCase) -> Case:
    """The case, suspended."""
    case, facts = lock_visible_case(frame, order.case_id)
    allow(frame, "case.suspend", facts)
    must_match(order.if_match, case.version, what=case.business_key)
    must_be_active(case)
    calendars.begin_pause(frame.tx, case.id, at=frame.now)
    event = EventFacts(type="case.suspended", personal={"reason": reason_given(order.reason)})
    return note_on_case(frame, replace(case, status=CaseStatus.SUSPENDED), event)
