"""What nobody needs any more goes: answers kept for requests that might be repeated, sessions long over, failed
sign-ins of more than half a year ago, old notices, unused uploads.

The history is not touched: who signed in, who was refused and who did what stays there, and so do all records of business. Files
and notices are things people made, so that they went is sealed, with how many.
"""

from dataclasses import asdict

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.domain.keeping import CHAIN, Retention, Tidied
from service.store import idempotency, imports, retention, sessions, sign_ins
from service.store.failpoints import point


def tidy_up(frame: Frame, keep: Retention | None = None) -> Tidied:
    """Some of it at a time, so that the transaction stays short; call it again for more."""
    keep = keep or Retention()
    now, tx = frame.now, frame.tx
    uploads = retention.forget_uploads(tx, before=now - keep.uploads)
    uploads += imports.forget_previews(tx, before=now - keep.uploads)  # people stand in them
    files, size = retention.forget_files(tx, before=now - keep.uploads)
    done = Tidied(
        answers=idempotency.forget_before(tx, now - keep.answers),
        sessions=sessions.forget_sessions(tx, ended_before=now - keep.sessions),
        tries=sign_ins.forget_failures(tx, before=now - keep.failures)
        + sign_ins.forget_attempts(tx, before=now - keep.attempts),
        notices=retention.forget_notices(tx, before=now - keep.notices),
        uploads=uploads, files=files, bytes=size,
    )  # fmt: skip
    point("tidied_half")
    if done.notices or done.uploads or done.files:
        seal_chain_event(frame, CHAIN, EventFacts(type="data.tidied", facts=asdict(done)))
    return done
