"""Somebody comes back from the county's identity provider. The answer counts once, soon, and in the browser that was sent there."""

import hmac
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.tokens import token_hash
from service.domain.accounts import PROVIDER_LASTS
from service.store import sign_ins


@dataclass(frozen=True, slots=True)
class ReturnFromProvider:
    """``state`` as it came in the address, ``browser`` as it came in the cookie."""

    state: str
    browser: str


def return_from_provider(frame: Frame, order: ReturnFromProvider) -> str | None:
    """Where the person wanted to go; None when nobody was sent with this state, or another browser, or long ago.

    Whatever the answer, the state is spent: a second return with it finds nothing.
    """
    found = sign_ins.take_attempt(frame.tx, token_hash(order.state))
    if found is None or found.begun_at <= frame.now - PROVIDER_LASTS:
        return None
    return found.next_path if hmac.compare_digest(found.browser_hash, token_hash(order.browser)) else None
