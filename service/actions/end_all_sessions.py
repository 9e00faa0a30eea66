"""Everybody signs in anew, and programs get new tokens: after a backup came back, what was ended since then would live again."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.store import retention


@dataclass(frozen=True, slots=True)
class EndAllSessions:
    sessions: bool = True
    tokens: bool = True


@dataclass(frozen=True, slots=True)
class Ended:
    """How many were alive."""

    sessions: int
    tokens: int


def end_all_sessions(frame: Frame, order: EndAllSessions) -> Ended:
    """Whoever calls it seals the event it belongs to."""
    return Ended(
        retention.end_all_sessions(frame.tx, at=frame.now) if order.sessions else 0,
        retention.revoke_all_tokens(frame.tx, at=frame.now) if order.tokens else 0,
    )
