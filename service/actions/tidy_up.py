"""What nobody needs any more goes: answers kept for requests that might be repeated, sessions and tokens long over, failures that
no longer count, sign-ins nobody finished.

The history is not touched: who signed in and who did what stays there.
"""

from datetime import timedelta

from service.actions.frame import Frame
from service.store import idempotency, sessions, sign_ins

KEEP_ANSWERS = timedelta(days=7)
KEEP_SESSIONS = timedelta(days=30)
KEEP_TRIES = timedelta(days=1)


def tidy_up(frame: Frame) -> int:
    """How many rows went."""
    gone = idempotency.forget_before(frame.tx, frame.now - KEEP_ANSWERS)
    gone += sessions.forget_sessions(frame.tx, ended_before=frame.now - KEEP_SESSIONS)
    gone += sign_ins.forget_failures(frame.tx, before=frame.now - KEEP_TRIES)
    return gone + sign_ins.forget_attempts(frame.tx, before=frame.now - KEEP_TRIES)
