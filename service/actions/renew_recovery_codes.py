"""A person makes new recovery codes; the old ones open nothing any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.codes import CheckCode, CodeRefused, code_counts
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.domain.errors import Conflict
from service.store import second_factors


@dataclass(frozen=True, slots=True)
class RenewRecoveryCodes:
    """``recovery``: the codes the door made and shows; kept as hashes."""

    code: str
    check: CheckCode
    recovery: Sequence[str]


def renew_recovery_codes(frame: Frame, order: RenewRecoveryCodes) -> CodeRefused | None:
    """None when the new ones count."""
    person = frame.actor.person_id
    factor = second_factors.lock_factor(frame.tx, person)
    if factor is None or factor.confirmed_at is None:
        raise Conflict("second-factor.none")
    refused = code_counts(frame, order.code, order.check)
    if refused:
        return refused
    second_factors.replace_codes(frame.tx, person, [token_hash(code) for code in order.recovery])
    seal_chain_event(frame, actor_day_chain(person, frame.now), EventFacts(type="recovery-codes.renewed"))
    return None
