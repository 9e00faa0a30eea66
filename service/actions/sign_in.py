"""A person signs in with login and password. Failures are counted, so they are an answer here and not an error."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.tokens import token_hash
from service.domain.people import Actor, Person
from service.store import accounts, people
from service.store.accounts import Account

LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SignIn:
    """``verify(hash, password)`` and ``new_token()`` come from the door; hashes are argon2id."""

    login: str
    password: str
    verify: Callable[[str, str], bool]
    new_token: Callable[[], str]
    lasts: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """``token`` is shown once; the database keeps its SHA-256."""

    token: str
    person: Person
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """``locked_until`` is set when the account rests after too many failures."""

    locked_until: datetime | None = None


def sign_in(frame: Frame, order: SignIn) -> SignedIn | SignInFailed:
    """A session, or a counted failure. An unknown login costs the same time as a wrong password."""
    account = accounts.account_by_login(frame.tx, order.login)
    if account and account.locked_until and account.locked_until > frame.now:
        return SignInFailed(account.locked_until)
    right = order.verify(account.password_hash if account else "", order.password)
    if account is None or not right:
        return _failed(frame, account)
    person = people.get_person(frame.tx, account.person_id)
    if person is None or not person.active:
        return _failed(frame, account)
    if account.failures:
        accounts.save_failures(frame.tx, account.person_id, failures=0, locked_until=None)
    return _begin_session(replace(frame, actor=Actor(person.id, person.name)), order, person=person)


def _begin_session(frame: Frame, order: SignIn, *, person: Person) -> SignedIn:
    token = order.new_token()
    expires = frame.now + order.lasts
    accounts.add_session(
        frame.tx, token_hash=token_hash(token), person_id=person.id, created_at=frame.now, expires_at=expires,
        idle_until=frame.now + order.idle,
    )  # fmt: skip
    seal_chain_event(frame, actor_day_chain(person.id, frame.now), EventFacts(type="session.begun"))
    return SignedIn(token, person, expires)


def _failed(frame: Frame, account: Account | None) -> SignInFailed:
    if account is None:
        return SignInFailed()
    frame = replace(frame, actor=Actor(account.person_id, account.login))
    failures = account.failures + 1
    locked = frame.now + LOCK_FOR if failures >= LOCK_AFTER else None
    accounts.save_failures(frame.tx, account.person_id, failures=0 if locked else failures, locked_until=locked)
    event = EventFacts(type="session.refused", facts={"failures": failures, "locked": bool(locked)})
    seal_chain_event(frame, actor_day_chain(account.person_id, frame.now), event)
    return SignInFailed(locked)
