"""A person signs out; the session is over at once, on every replica."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.store import sessions


@dataclass(frozen=True, slots=True)
class SignOut:
    token: str


def sign_out(frame: Frame, order: SignOut) -> None:
    """Ending a session that is already over is no error."""
    sessions.end_session(frame.tx, token_hash(order.token), at=frame.now)
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), EventFacts(type="session.ended"))
