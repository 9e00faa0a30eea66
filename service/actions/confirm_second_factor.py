"""A code proves that the phone has the secret: from now on sign-ins ask for one. Recovery codes are shown once."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.codes import SEPARATORS, CheckCode, CodeRefused, closed_until, forget_codes, refuse_code
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.sessions import SessionTerms, next_step, rotate_session
from service.actions.parts.tokens import token_hash
from service.domain.accounts import Pending
from service.domain.errors import Conflict
from service.store import second_factors, sessions
from service.store.sessions import Session


@dataclass(frozen=True, slots=True)
class ConfirmSecondFactor:
    """``recovery``: the codes the door made and shows; kept as hashes. ``session`` is the one that asks."""

    code: str
    check: CheckCode
    recovery: Sequence[str]
    session: Session
    terms: SessionTerms


@dataclass(frozen=True, slots=True)
class SecondFactorConfirmed:
    """``token`` of the session from now on; ``pending``: what it still has to do."""

    token: str
    pending: Pending | None


def confirm_second_factor(frame: Frame, order: ConfirmSecondFactor) -> SecondFactorConfirmed | CodeRefused:
    """The person's other sessions end: they never showed the factor."""
    person = frame.actor.person_id
    factor = second_factors.lock_factor(frame.tx, person)
    closed = closed_until(frame)
    if closed:
        return CodeRefused(closed)
    if factor is None or factor.confirmed_at:
        raise Conflict("second-factor.not_begun")
    step = order.check(factor, order.code.strip().translate(SEPARATORS))
    if step is None:
        return refuse_code(frame)
    forget_codes(frame, person)
    second_factors.confirm_factor(frame.tx, person, at=frame.now, step=step)
    second_factors.replace_codes(frame.tx, person, [token_hash(code) for code in order.recovery])
    ended = sessions.end_sessions(frame.tx, person, at=frame.now, but=order.session.token_hash)
    token, made = rotate_session(frame, order.session, order.terms)
    event = EventFacts(type="second-factor.begun", facts={"sessions": ended})
    seal_chain_event(frame, actor_day_chain(person, frame.now), event)
    return SecondFactorConfirmed(token, next_step(frame, made, order.terms.rules))
