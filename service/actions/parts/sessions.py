"""Beginning, rotating and ending sessions. The token is shown once, as a cookie; the database keeps its SHA-256."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.domain.accounts import Pending, SignInRules, pending
from service.domain.people import Actor, Person
from service.store import accounts, sessions
from service.store.sessions import Session

HALF_WAY = timedelta(minutes=10)
"""How long a sign-in may wait for its second factor."""


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """What the door knows: ``new_token`` gives 256 random bits as text; ``before`` is the session the browser came with, which ends.

    ``address`` and ``agent`` are shown to the person in the list of sessions; they are personal values.
    """

    new_token: Callable[[], str]
    lasts: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=30)
    address: str = ""
    agent: str = ""
    before: str = ""
    alone: bool = False
    rules: SignInRules = field(default_factory=SignInRules)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """``token`` is shown once. ``pending``: what comes before any work."""

    token: str
    person: Person
    expires_at: datetime
    pending: Pending | None = None


def begin_session(
    frame: Frame, person: Person, terms: SessionTerms, *, method: str, code_due: bool = False
) -> SignedIn:
    """A new session of a person who proved to be one, in place of what the browser had before (session fixation)."""
    frame = replace(frame, actor=Actor(person.id, person.name))
    if terms.before:
        sessions.end_session(frame.tx, token_hash(terms.before), at=frame.now)
    if terms.alone and not code_due:
        sessions.end_sessions(frame.tx, person.id, at=frame.now)
    token = terms.new_token()
    made = _session(frame, terms, token, method=method, code_due=code_due)
    sessions.add_session(frame.tx, made)
    if not code_due:
        accounts.note_sign_in(frame.tx, person.id, at=frame.now)
    told = EventFacts(
        type="session.begun", facts={"session": made.id, "method": method, "second_factor_due": code_due},
        personal={"address": terms.address},
    )  # fmt: skip
    seal_chain_event(frame, actor_day_chain(person.id, frame.now), told)
    return SignedIn(token, person, made.expires_at, next_step(frame, made, terms.rules))


def rotate_session(frame: Frame, old: Session, terms: SessionTerms) -> tuple[str, Session]:
    """The same session under a new token, for its rights change now; the absolute end stays. Answers token and session."""
    sessions.end_session(frame.tx, old.token_hash, at=frame.now)
    token = terms.new_token()
    made = replace(
        _session(frame, terms, token, method=old.method, code_due=False), created_at=old.created_at,
        expires_at=max(old.expires_at, old.created_at + terms.lasts), address=old.address, agent=old.agent,
    )  # fmt: skip
    sessions.add_session(frame.tx, made)
    return token, made


def next_step(frame: Frame, session: Session, rules: SignInRules) -> Pending | None:
    """What this session has to do before anything else, as the database stands now."""
    found = sessions.session_with_standing(frame.tx, session.token_hash)
    return pending(found[1], rules, frame.now) if found else None


def _session(frame: Frame, terms: SessionTerms, token: str, *, method: str, code_due: bool) -> Session:
    lasts = min(HALF_WAY, terms.lasts) if code_due else terms.lasts
    return Session(
        id=frame.new_id(), token_hash=token_hash(token), person_id=frame.actor.person_id, created_at=frame.now,
        expires_at=frame.now + lasts, idle_until=frame.now + min(terms.idle, lasts), seen_at=frame.now,
        address=terms.address, agent=terms.agent, method=method, second_factor_due=code_due,
    )  # fmt: skip
