"""The second half of a sign-in: the code of the phone, or a recovery code."""

from dataclasses import dataclass

from service.actions.frame import Frame
from service.actions.parts.codes import CheckCode, CodeRefused, code_counts
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.sessions import SessionTerms, SignedIn, next_step, rotate_session
from service.domain.errors import Conflict
from service.domain.people import Person
from service.store import accounts, sessions
from service.store.sessions import Session


@dataclass(frozen=True, slots=True)
class ShowSecondFactor:
    """``session``: the half sign-in that waits for the code."""

    code: str
    check: CheckCode
    session: Session
    terms: SessionTerms


def show_second_factor(frame: Frame, order: ShowSecondFactor) -> SignedIn | CodeRefused:
    """A whole session under a new token, or a counted failure; after too many the half one is over too."""
    if not order.session.second_factor_due:
        raise Conflict("second-factor.not_due")
    refused = code_counts(frame, order.code, order.check)
    if refused:
        if refused.locked_until:
            sessions.end_session(frame.tx, order.session.token_hash, at=frame.now)
        return refused
    person = frame.actor.person_id
    if order.terms.alone:
        sessions.end_sessions(frame.tx, person, at=frame.now, but=order.session.token_hash)
    token, made = rotate_session(frame, order.session, order.terms)
    accounts.note_sign_in(frame.tx, person, at=frame.now)
    event = EventFacts(type="second-factor.shown", facts={"session": made.id})
    seal_chain_event(frame, actor_day_chain(person, frame.now), event)
    shown = Person(person, frame.actor.name, frame.actor.organisation_id)
    return SignedIn(token, shown, made.expires_at, next_step(frame, made, order.terms.rules))
