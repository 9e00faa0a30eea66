"""A suspended case goes on: 恢复. Limits in working days are longer by those of the rest; timers that go by the clock and came due fire now."""

from dataclasses import dataclass, replace

from service.actions.frame import Frame
from service.actions.parts.acting import allow, lock_visible_case, must_match, reason_given
from service.actions.parts.moving import recount, write_moves, write_settled
from service.actions.parts.sealing import EventFacts
from service.actions.parts.touch import note_on_case
from service.domain.cases import Case, CaseStatus
from service.domain.counting import told
from service.domain.errors import Conflict
from service.domain.texts import say
from service.store import calendars
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
    reason = reason_given(order.reason)
    calendars.end_pause(frame.tx, case.id, at=frame.now)
    counted = recount(frame, status=CaseStatus.SUSPENDED, case_id=case.id)
    write_moves(frame, counted.moves)
    write_settled(frame, counted.settled)
    moved = {"moved": [told(move) for move in counted.moves]} if counted.moves else {}
    event = EventFacts(type="case.resumed", facts=moved, personal={"reason": reason})
    resumed = note_on_case(frame, replace(case, status=CaseStatus.ACTIVE), event)
    notify_work(frame.tx)
    return resumed
