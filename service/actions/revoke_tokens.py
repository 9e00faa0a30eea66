"""The security administrator takes all API tokens of a person back."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.administering import lock_any, seal_change
from service.store import tokens


@dataclass(frozen=True, slots=True)
class RevokeTokens:
    person_id: str


def revoke_tokens(frame: Frame, order: RevokeTokens) -> int:
    """How many; none is no error."""
    lock_any(frame, "token.revoke", order.person_id)
    revoked = tokens.revoke_tokens(frame.tx, order.person_id, at=frame.now)
    if revoked:
        seal_change(frame, order.person_id, "tokens.revoked", facts={"tokens": revoked})
    return revoked
