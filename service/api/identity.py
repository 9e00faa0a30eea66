"""Who is asking: an API token in the header, or a session cookie. Nothing else counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NoReturn
from urllib.parse import urlsplit

from starlette.requests import Request

from service.actions.parts.tokens import token_hash
from service.domain.accounts import Pending, pending
from service.domain.errors import (
    NotAllowed,
    NotSignedIn,
    OneSealError,
    PasswordChangeNeeded,
    SecondFactorNeeded,
    SecondFactorSetupNeeded,
)
from service.domain.people import Actor
from service.store import people, sessions, tokens
from service.store.session import Transaction
from service.store.sessions import Session
from service.wiring import House

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOUCH_EVERY = timedelta(minutes=1)
PENDING: Mapping[Pending, tuple[type[OneSealError], str]] = {
    Pending.SECOND_FACTOR: (SecondFactorNeeded, "session.code_due"),
    Pending.PASSWORD_CHANGE: (PasswordChangeNeeded, "session.password_due"),
    Pending.ENROLMENT: (SecondFactorSetupNeeded, "session.enrolment_due"),
}


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor; the session if it came by cookie, else what the token may do and until when.

    ``pending``: what the session has to do before anything else.
    """

    actor: Actor
    session: Session | None = None
    scopes: frozenset[str] = frozenset()
    ends: datetime | None = None
    pending: Pending | None = None
    token_id: str = ""
    touched_at: datetime | None = None

    @property
    def session_hash(self) -> str:
        return self.session.token_hash if self.session else ""


def cookie_name(house: House) -> str:
    """``__Host-`` binds the cookie to this host and to TLS; plain HTTP on loopback cannot carry it."""
    return "__Host-oneseal" if house.settings.secure else "oneseal"


def caller(request: Request, house: House, tx: Transaction) -> Caller:
    """NotSignedIn unless a live token or session says who asks. Whether it may be used for this request: ``must_be_fit``."""
    header = request.headers.get("authorization", "")
    if header:
        kind, _, token = header.partition(" ")
        return _by_token(token.strip(), house, tx) if kind.lower() == "bearer" else _nobody()
    cookie = request.cookies.get(cookie_name(house), "")
    return _by_session(token_hash(cookie), house, tx) if cookie else _nobody()


def must_be_fit(request: Request, house: House, found: Caller, *, during: Collection[Pending] = ()) -> None:
    """NotAllowed for a token without the scope, or a cookie sent from foreign pages. Asked once we know who it is, to write it down.

    A session that has something to do first may do nothing else: only what is named ``during`` that step.
    """
    safe = request.method in SAFE
    if found.session:
        if not safe:
            must_be_same_origin(request, house)
        must_be_settled(found, during=during)
        return
    needed = "read" if safe else "write"
    if needed not in found.scopes:
        raise NotAllowed("token.scope_missing", scope=needed, verdict="token-scope")


def must_be_settled(found: Caller, *, during: Collection[Pending] = ()) -> None:
    if found.pending and found.pending not in during:
        kind, text = PENDING[found.pending]
        raise kind(text)


def must_be_in_person(found: Caller | None) -> Session:
    """Passwords, second factors and sessions are a person's own; a program with a token keeps its hands off. Answers the session."""
    if found is None or found.session is None:
        raise NotAllowed("session.in_person", verdict="in-person")
    return found.session


def must_be_same_origin(request: Request, house: House) -> None:
    """A cookie is sent by the browser whoever made the request, so a mutation must come from our own pages (CSRF)."""
    origin = request.headers.get("origin", "")
    ours = urlsplit(house.settings.public_url).netloc or request.headers.get("host", "")
    if not origin or urlsplit(origin).netloc != ours:
        raise NotAllowed("session.foreign_origin", origin=origin or "-", verdict="foreign-origin")


def keep_alive(house: House, found: Caller) -> None:
    """Push the idle limit of a session on, note that a token was used; at most once a minute."""
    now = found.touched_at
    if now is None:
        return
    idle = timedelta(minutes=house.settings.session_idle_minutes)
    with house.database.begin() as tx:
        if found.session:
            sessions.touch_session(tx, found.session.token_hash, idle_until=now + idle, seen_at=now)
        else:
            tokens.note_use(tx, found.token_id, at=now)


def _by_token(token: str, house: House, tx: Transaction) -> Caller:
    found = tokens.api_token_by_hash(tx, token_hash(token)) if token.startswith("sat_") else None
    now = house.clock.now(tx)
    if found is None or found.revoked_at or found.expires_at <= now:
        _nobody()
    actor = _actor(tx, found.person_id)
    stale = found.last_used_at is None or now - found.last_used_at > TOUCH_EVERY
    return Caller(
        actor, scopes=frozenset(found.scopes), ends=found.expires_at, token_id=found.id,
        touched_at=now if stale else None,
    )  # fmt: skip


def _by_session(session_hash: str, house: House, tx: Transaction) -> Caller:
    found, now = sessions.session_with_standing(tx, session_hash), house.clock.now(tx)
    if found is None or not found[0].live(now):
        _nobody()
    session, standing = found
    step = pending(standing, house.settings.sign_in_rules, now)
    stale = now - session.seen_at > TOUCH_EVERY and not session.second_factor_due
    return Caller(_actor(tx, session.person_id), session, pending=step, touched_at=now if stale else None)


def _actor(tx: Transaction, person_id: str) -> Actor:
    return people.actor(tx, person_id) or _nobody()


def _nobody() -> NoReturn:
    raise NotSignedIn("session.none")
