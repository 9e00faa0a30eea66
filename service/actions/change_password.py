"""A person changes the password. Every other session ends, and the own one goes on under a new token."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Frame
from service.actions.parts.passwords import set_new_password
from service.actions.parts.sealing import EventFacts, actor_day_chain, seal_chain_event
from service.actions.parts.sessions import SessionTerms, next_step, rotate_session
from service.actions.parts.trials import count_failure, locked_until, login_hash
from service.domain.accounts import Pending
from service.domain.errors import Fault, Invalid, NotFound
from service.domain.passwords import DENGBAO, PasswordProfile, password_faults
from service.domain.texts import say
from service.store import accounts, sessions, sign_ins
from service.store.accounts import Account
from service.store.sessions import Session


@dataclass(frozen=True, slots=True)
class ChangePassword:
    """``verify(hash, password)``, ``new_hash`` (argon2id of ``new``) and ``common`` come from the door; ``session`` is the one that asks."""

    current: str
    new: str
    new_hash: str
    verify: Callable[[str, str], bool]
    common: Callable[[str], bool]
    session: Session
    terms: SessionTerms
    profile: PasswordProfile = DENGBAO


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """``token`` of the session from now on; ``pending``: what it still has to do."""

    token: str
    expires_at: datetime
    pending: Pending | None


@dataclass(frozen=True, slots=True)
class PasswordWrong:
    """The current password was wrong. Counted like a failed sign-in, so it is an answer and not an error."""

    locked_until: datetime | None = None


def change_password(frame: Frame, order: ChangePassword) -> PasswordChanged | PasswordWrong:
    """Invalid lists everything wrong with the new one."""
    account = accounts.lock_account(frame.tx, frame.actor.person_id)
    if account is None:
        raise NotFound("account.unknown", id=frame.actor.person_id)
    closed = locked_until(frame, account.login, order.terms.address, account)
    if closed:
        return PasswordWrong(closed)
    if not order.verify(account.password_hash, order.current):
        return PasswordWrong(count_failure(frame, account.login, order.terms.address, account))
    _must_be_good(frame, account, order)
    sign_ins.clear_failures(frame.tx, login_hash=login_hash(account.login), address=order.terms.address)
    set_new_password(frame, account, order.new_hash)
    ended = sessions.end_sessions(frame.tx, account.person_id, at=frame.now, but=order.session.token_hash)
    token, made = rotate_session(frame, order.session, order.terms)
    event = EventFacts(type="password.changed", facts={"sessions": ended})
    seal_chain_event(frame, actor_day_chain(account.person_id, frame.now), event)
    return PasswordChanged(token, made.expires_at, next_step(frame, made, order.terms.rules))


def _must_be_good(frame: Frame, account: Account, order: ChangePassword) -> None:
    faults = password_faults(
        order.new, order.profile, login=account.login, name=frame.actor.name, common=order.common
    )  # fmt: skip
    before = accounts.earlier_passwords(frame.tx, account.person_id, limit=order.profile.remembered - 1)
    if not faults and any(order.verify(hashed, order.new) for hashed in (account.password_hash, *before)):
        remembered = order.profile.remembered
        faults = [Fault("password-used", say("password.used", remembered=remembered), {"field": "new"})]
    if faults:
        raise Invalid("password.refused", count=len(faults), faults=faults)
