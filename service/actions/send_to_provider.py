"""Somebody wants to sign in with the county's identity provider and is sent there; what must come back is noted."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.tokens import token_hash
from service.domain.accounts import PROVIDER_LASTS
from service.domain.errors import Unavailable
from service.store import sign_ins
from service.store.sign_ins import Attempt

MOST_UNDER_WAY = 10_000


@dataclass(frozen=True, slots=True)
class SendToProvider:
    """``state`` comes back with the answer, ``browser`` stays in a cookie; of both the database has the hash. ``next_path``: where to then."""

    state: str
    browser: str
    next_path: str = "/"


def send_to_provider(frame: Frame, order: SendToProvider) -> None:
    """Anybody may begin, so those who never come back are forgotten here, and a flood of them is stopped."""
    sign_ins.forget_attempts(frame.tx, before=frame.now - PROVIDER_LASTS)
    if sign_ins.count_attempts(frame.tx) >= MOST_UNDER_WAY:
        raise Unavailable("session.storm")
    attempt = Attempt(token_hash(order.state), token_hash(order.browser), order.next_path, frame.now)
    sign_ins.add_attempt(frame.tx, attempt)
