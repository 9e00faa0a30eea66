"""A person signs in with login and password. Failures are counted, so they are an answer here and not an error."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from service.actions.frame import Frame
from service.actions.parts.sessions import SessionTerms, SignedIn, begin_session
from service.actions.parts.trials import count_failure, locked_until, login_hash
from service.domain.accounts import SecondFactor
from service.store import accounts, people, second_factors, sign_ins
from service.store.accounts import Account

__all__ = ["SignIn", "SignInFailed", "SignedIn", "sign_in"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """``verify(hash, password)`` comes from the door; hashes are argon2id. ``fresh_hash(hash)``: the same password under today's

    parameters, or an empty text where they are today's already.
    """

    login: str
    password: str
    verify: Callable[[str, str], bool]
    terms: SessionTerms
    fresh_hash: Callable[[str], str] = lambda _hashed: ""


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """``locked_until`` is set when this way in is closed after too many failures; ``expired``: the one-time password is too old."""

    locked_until: datetime | None = None
    expired: bool = False


def sign_in(frame: Frame, order: SignIn) -> SignedIn | SignInFailed:
    """A session, or a counted failure. An unknown login costs the same time as a wrong password."""
    account = accounts.account_by_login(frame.tx, order.login)
    closed = locked_until(frame, order.login, order.terms.address, account)
    if closed:
        return SignInFailed(closed)
    right = order.verify(account.password_hash if account else "", order.password)
    person = people.get_person(frame.tx, account.person_id) if account and right else None
    if account is None or person is None or not person.active:
        return SignInFailed(count_failure(frame, order.login, order.terms.address, account))
    if account.one_time_until and account.one_time_until <= frame.now:
        return SignInFailed(expired=True)
    sign_ins.clear_failures(frame.tx, login_hash=login_hash(order.login), address=order.terms.address)
    _keep_fresh(frame, account, order)
    due = _code_due(frame, account, order.terms)
    return begin_session(frame, person, order.terms, method="password", code_due=due)


def _keep_fresh(frame: Frame, account: Account, order: SignIn) -> None:
    new = order.fresh_hash(account.password_hash)
    if new:
        accounts.rehash(frame.tx, account.person_id, old=account.password_hash, new=new)


def _code_due(frame: Frame, account: Account, terms: SessionTerms) -> bool:
    factor = second_factors.factor_of(frame.tx, account.person_id)
    return bool(factor and factor.confirmed_at) and terms.rules.second_factor is not SecondFactor.OFF
