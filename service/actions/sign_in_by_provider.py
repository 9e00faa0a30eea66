"""A person whom the county's own identity provider vouches for signs in. The login must be that of an enabled account."""

from dataclasses import dataclass
from enum import StrEnum

from service.actions.frame import Frame
from service.actions.parts.sealing import EventFacts, seal_chain_event
from service.actions.parts.sessions import SessionTerms, SignedIn, begin_session
from service.domain.accounts import SecondFactor
from service.domain.calendar import local_date
from service.store import accounts, people, second_factors

LONGEST = 200


class WhyNot(StrEnum):
    """Nobody is let in by being known elsewhere alone."""

    UNKNOWN = "unknown"
    NOT_ENABLED = "not-enabled"


@dataclass(frozen=True, slots=True)
class SignInByProvider:
    """``login``: what the claim named by ONESEAL_OIDC_LOGIN_CLAIM holds. ``issuer`` goes into the history."""

    login: str
    issuer: str
    terms: SessionTerms


@dataclass(frozen=True, slots=True)
class ProviderRefused:
    """``login`` as the provider said it, shortened."""

    why: WhyNot
    login: str


def sign_in_by_provider(frame: Frame, order: SignInByProvider) -> SignedIn | ProviderRefused:
    """A session, or a refusal that is recorded. A second factor set up here is asked for here too."""
    account = accounts.account_by_login(frame.tx, order.login)
    person = people.get_person(frame.tx, account.person_id) if account else None
    if account is None or person is None:
        return _refused(frame, order, WhyNot.UNKNOWN)
    if not person.active:
        return _refused(frame, order, WhyNot.NOT_ENABLED)
    factor = second_factors.factor_of(frame.tx, person.id)
    due = bool(factor and factor.confirmed_at) and order.terms.rules.second_factor is not SecondFactor.OFF
    return begin_session(frame, person, order.terms, method="oidc", code_due=due)


def _refused(frame: Frame, order: SignInByProvider, why: WhyNot) -> ProviderRefused:
    login = "".join(c for c in order.login if c.isprintable())[:LONGEST]
    event = EventFacts(
        type="session.refused", facts={"method": "oidc", "issuer": order.issuer, "why": why.value},
        personal={"login": login, "address": order.terms.address},
    )  # fmt: skip
    seal_chain_event(frame, f"sign-in/{local_date(frame.now).isoformat()}", event)
    return ProviderRefused(why, login)
