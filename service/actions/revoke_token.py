"""A person takes an API token back, or the security administrator does; programs that hold it are out at once."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_any, seal_change
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.domain.errors import NotFound
from service.store import tokens


@dataclass(frozen=True, slots=True)
class RevokeToken:
    """``person_id`` empty: one's own."""

    token_id: str
    person_id: str = ""


def revoke_token(frame: Frame, order: RevokeToken) -> None:
    """Once; NotFound when it is revoked already, or is not that person's."""
    own = order.person_id in ("", frame.actor.person_id)
    if not own:
        lock_any(frame, "token.revoke", order.person_id)
    person = order.person_id or frame.actor.person_id
    if not tokens.revoke_api_token(frame.tx, order.token_id, person_id=person, at=frame.now):
        raise NotFound("token.unknown", id=order.token_id[:60])
    if own:
        event = EventFacts(type="token.revoked", facts={"token": order.token_id})
        seal_chain_event(frame, actor_day_chain(person, frame.now), event)
    else:
        seal_change(frame, person, "token.revoked", facts={"token": order.token_id})
