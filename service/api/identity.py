"""Who is asking: an API token in the header, or a session cookie. Nothing else counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from starlette.requests import Request

from service.actions.parts.tokens import token_hash
from service.domain.errors import NotAllowed, NotSignedIn
from service.domain.people import Actor
from service.store import accounts, people
from service.store.session import Transaction
from service.wiring import House

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
TOUCH_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """The actor; the session to be kept alive if it came by cookie, else what the token may do and until when."""

    actor: Actor
    session_hash: str = ""
    scopes: frozenset[str] = frozenset()
    ends: datetime | None = None


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


def must_be_fit(request: Request, house: House, found: Caller) -> None:
    """NotAllowed for a token without the scope, or a cookie sent from foreign pages. Asked once we know who it is, to write it down."""
    safe = request.method in SAFE
    if found.session_hash:
        if not safe:
            must_be_same_origin(request, house)
        return
    needed = "read" if safe else "write"
    if needed not in found.scopes:
        raise NotAllowed("token.scope_missing", scope=needed, verdict="token-scope")


def must_be_same_origin(request: Request, house: House) -> None:
    """A cookie is sent by the browser whoever made the request, so a mutation must come from our own pages (CSRF)."""
    origin = request.headers.get("origin", "")
    ours = urlsplit(house.settings.public_url).netloc or request.headers.get("host", "")
    if not origin or urlsplit(origin).netloc != ours:
        raise NotAllowed("session.foreign_origin", origin=origin or "-", verdict="foreign-origin")


def keep_alive(house: House, session_hash: str) -> None:
    """Push the idle limit on, at most once a minute."""
    idle = timedelta(minutes=house.settings.session_idle_minutes)
    with house.database.read() as tx:
        found, now = accounts.session_by_hash(tx, session_hash), house.clock.now(tx)
    if found and now + idle - found.idle_until > TOUCH_EVERY:
        with house.database.begin() as tx:
            accounts.touch_session(tx, session_hash, idle_until=now + idle)


def _by_token(token: str, house: House, tx: Transaction) -> Caller:
    found = accounts.api_token_by_hash(tx, token_hash(token)) if token.startswith("sat_") else None
    if found is None or found.revoked_at or found.expires_at <= house.clock.now(tx):
        _nobody()
    assert found
    actor = people.actor(tx, found.person_id)
    if actor is None:
        _nobody()
    assert actor
    return Caller(actor, scopes=frozenset(found.scopes), ends=found.expires_at)


def _by_session(session_hash: str, house: House, tx: Transaction) -> Caller:
    found, now = accounts.session_by_hash(tx, session_hash), house.clock.now(tx)
    if found is None or found.ended_at or now >= min(found.expires_at, found.idle_until):
        _nobody()
    assert found
    actor = people.actor(tx, found.person_id)
    if actor is None:
        _nobody()
    assert actor
    return Caller(actor, session_hash)


def _nobody() -> Caller:
    raise NotSignedIn("session.none")
