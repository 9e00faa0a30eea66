"""A suspended case goes on: 恢复. Timers that came due meanwhile fire now."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_match, reason_given
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Case, CaseStatus
from service.domain.errors import Conflict
from service.domain.texts import say
from service.store.session import notify_work


@dataclass(frozen=True, slots=True)
class ResumeCase:
    case_id: str
    reason: str
    if_match: int | None = None


def resume_case(frame: Frame, order: ResumeCase) -> Case:
    """The case, active again."""
    case, facts = lock_visible_case(frame, order.case_id)
    allow(frame, "case.resume", facts)
    must_match(order.if_match, case.version, what=case.business_key)
    if case.status is not CaseStatus.SUSPENDED:
        raise Conflict("case.not_suspended", case=case.business_key, status=say(f"case.status.{case.status.value}"))
    event = EventFacts(type="case.resumed", personal={"reason": reason_given(order.reason)})
    resumed = note_on_case(frame, replace(case, status=CaseStatus.ACTIVE), event)
    notify_work(frame.tx)
    return resumed
