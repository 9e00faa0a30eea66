"""Accounts as values: who may sign in, what stands between a sign-in and work, and how many failures are too many."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
"""Small letters and digits first: two logins never look alike, and a login may stand in an address."""

LOCK_FOR = timedelta(minutes=30)
ONE_TIME_LASTS = timedelta(days=7)
PROVIDER_LASTS = timedelta(minutes=10)
"""How long somebody may take at the county's identity provider."""


class AccountState(StrEnum):
    """An account waits until 安全管理员 enables it; 系统管理员 who made it can take it out of use, never into it."""

    WAITING = "waiting"
    ENABLED = "enabled"
    DISABLED = "disabled"


class SecondFactor(StrEnum):
    """Who has to show a second factor; ``offered``: whoever has set one up."""

    OFF = "off"
    OFFERED = "offered"
    ADMINISTRATORS = "administrators"
    ALL = "all"


class Pending(StrEnum):
    """What a session must do before anything else; the value is the code of the problem it gets instead."""

    SECOND_FACTOR = "second-factor-needed"
    PASSWORD_CHANGE = "password-change-needed"
    ENROLMENT = "second-factor-setup-needed"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a session may work. ``password_set_at`` is None for a password that does not age (demo)."""

    administrator: bool
    enrolled: bool
    code_due: bool
    by_password: bool
    must_change: bool
    password_set_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignInRules:
    """The county's settings. ``longest_age``: of a password, None for ever."""

    second_factor: SecondFactor = SecondFactor.OFFERED
    longest_age: timedelta | None = None


def pending(standing: Standing, rules: SignInRules, now: datetime) -> Pending | None:
    """The one thing this session has to do next, or None: it may work."""
    if standing.code_due and rules.second_factor is not SecondFactor.OFF:
        return Pending.SECOND_FACTOR
    if standing.by_password and (standing.must_change or too_old(standing.password_set_at, rules.longest_age, now)):
        return Pending.PASSWORD_CHANGE
    if not standing.enrolled and must_enrol(rules.second_factor, administrator=standing.administrator):
        return Pending.ENROLMENT
    return None


def must_enrol(policy: SecondFactor, *, administrator: bool) -> bool:
    return policy is SecondFactor.ALL or (policy is SecondFactor.ADMINISTRATORS and administrator)


def too_old(set_at: datetime | None, longest: timedelta | None, now: datetime) -> bool:
    return bool(set_at and longest and now >= set_at + longest)


@dataclass(frozen=True, slots=True)
class Brake:
    """``most`` failures within ``LOCK_FOR`` close the way until half an hour after the last of them."""

    most: int


PAIR = Brake(5)
"""One account from one address (security.md 5; 等保 三级 8.1.4.1 b asks for a limit and names no number)."""

ACCOUNT = Brake(20)
"""One account from all addresses it never signed in from: a guess spread over many machines does not lock its owner out."""

ADDRESS = Brake(100)
"""All accounts from one address: one password tried on everybody. High, for a whole office may share an address."""

SLOW_FROM = 20
SLOWEST = 4.0


def slow_down(failures_last_minute: int) -> float:
    """Seconds every sign-in waits when many fail, wherever they come from: people notice little, a guessing machine a lot."""
    return min(SLOWEST, 0.1 * max(0, failures_last_minute - SLOW_FROM + 1))
