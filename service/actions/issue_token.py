"""A person makes an API token for a program that acts in the person's name, with no more rights than the person has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.domain.errors import Invalid, NotAllowed
from service.store import tokens

LONGEST = timedelta(days=366)
SCOPES = frozenset({"read", "write"})


@dataclass(frozen=True, slots=True)
class IssueToken:
    """``new_token`` gives 256 random bits as text. ``within``, ``not_after``: of the token that asks for a new one."""

    name: str
    scopes: tuple[str, ...]
    expires_at: datetime
    new_token: Callable[[], str]
    within: frozenset[str] = SCOPES
    not_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """``token`` (``sat_<id>_<secret>``) is shown once."""

    id: str
    token: str
    expires_at: datetime


def issue_token(frame: Frame, order: IssueToken) -> IssuedToken:
    """The new token of the acting person."""
    if not order.scopes or not set(order.scopes) <= SCOPES:
        raise Invalid("token.scopes", known=", ".join(sorted(SCOPES)))
    if not frame.now < order.expires_at <= frame.now + LONGEST:
        raise Invalid("token.expiry", days=LONGEST.days)
    if not set(order.scopes) <= order.within or (order.not_after and order.expires_at > order.not_after):
        raise NotAllowed("token.wider", verdict="token-wider")
    id = frame.new_id()
    token = f"sat_{id}_{order.new_token()}"
    tokens.add_api_token(
        frame.tx, id=id, token_hash=token_hash(token), person_id=frame.actor.person_id, name=order.name,
        scopes=order.scopes, created_at=frame.now, expires_at=order.expires_at,
    )  # fmt: skip
    event = EventFacts(type="token.issued", facts={"token": id, "scopes": sorted(order.scopes)})
    seal_chain_event(frame, actor_day_chain(frame.actor.person_id, frame.now), event)
    return IssuedToken(id, token, order.expires_at)
