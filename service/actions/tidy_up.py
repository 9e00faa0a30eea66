"""What nobody needs any more goes: answers kept for requests that might be repeated, and sessions and tokens long over.

The history is not touched: who signed in and who did what stays there.
"""

from datetime import timedelta

from service.actions.frame import Frame
from service.store import accounts, idempotency

KEEP_ANSWERS = timedelta(days=7)
KEEP_SESSIONS = timedelta(days=30)


def tidy_up(frame: Frame) -> int:
    """How many rows went."""
    answers = idempotency.forget_before(frame.tx, frame.now - KEEP_ANSWERS)
    return answers + accounts.forget_sessions(frame.tx, ended_before=frame.now - KEEP_SESSIONS)
