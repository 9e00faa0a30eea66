"""A person takes an API token back; programs that hold it are out at once."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.domain.errors import NotFound
from service.store import accounts


@dataclass(frozen=True, slots=True)
class RevokeToken:
    token_id: str


def revoke_token(frame: Frame, order: RevokeToken) -> None:
    """Only one's own token, and once."""
    person = frame.actor.person_id
    if not accounts.revoke_api_token(frame.tx, order.token_id, person_id=person, at=frame.now):
        raise NotFound("token.unknown", id=order.token_id)
    event = EventFacts(type="token.revoked", facts={"token": order.token_id})
    seal_chain_event(frame, actor_day_chain(person, frame.now), event)
