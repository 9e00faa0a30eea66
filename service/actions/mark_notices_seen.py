"""A person has looked at the notices. Like a draft that is no act, so it is not in the history."""

from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Frame
from service.store import notices


@dataclass(frozen=True, slots=True)
class MarkNoticesSeen:
    """``until``: when the list was shown; what came after it is still new."""

    until: datetime


def mark_notices_seen(frame: Frame, order: MarkNoticesSeen) -> datetime:
    """Up to when the person has seen them; it never goes back and never lies ahead."""
    before = notices.seen_until(frame.tx, frame.actor.person_id)
    until = min(order.until, frame.now)
    if before and before >= until:
        return before
    notices.set_seen(frame.tx, frame.actor.person_id, at=until)
    return until
