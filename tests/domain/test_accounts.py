"""What a session has to do before anything else, and when guessing is slowed down."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.domain.accounts import SLOWEST, Pending, SecondFactor, SignInRules, Standing, pending, slow_down

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PLAIN = Standing(
    administrator=False, enrolled=False, code_due=False, by_password=True, must_change=False, password_set_at=NOW
)  # fmt: skip
EVERYTHING = Standing(
    administrator=True, enrolled=False, code_due=True, by_password=True, must_change=True, password_set_at=NOW
)


def _with(**changes: Any) -> Standing:
    return replace(PLAIN, **changes)


def test_who_has_nothing_to_do_works() -> None:
    assert pending(PLAIN, SignInRules(), NOW) is None


def test_the_code_comes_first_then_the_password_then_the_second_factor() -> None:
    rules = SignInRules(SecondFactor.ADMINISTRATORS)
    assert pending(EVERYTHING, rules, NOW) is Pending.SECOND_FACTOR
    assert pending(_with(administrator=True, must_change=True), rules, NOW) is Pending.PASSWORD_CHANGE
    assert pending(_with(administrator=True), rules, NOW) is Pending.ENROLMENT
    assert pending(_with(administrator=True, enrolled=True), rules, NOW) is None


@pytest.mark.parametrize(("days", "longest", "due"), [(89, 90, False), (90, 90, True), (900, None, False)])
def test_a_password_gets_old(days: int, longest: int | None, due: bool) -> None:
    rules = SignInRules(longest_age=timedelta(days=longest) if longest else None)
    found = pending(_with(password_set_at=NOW - timedelta(days=days)), rules, NOW)
    assert (found is Pending.PASSWORD_CHANGE) is due


def test_a_demo_password_has_no_age_and_another_providers_is_not_ours() -> None:
    rules = SignInRules(longest_age=timedelta(days=1))
    assert pending(_with(password_set_at=None), rules, NOW) is None
    assert pending(_with(by_password=False, must_change=True), rules, NOW + timedelta(days=9)) is None


def test_it_is_slow_only_while_many_fail_and_never_for_long() -> None:
    waits = [slow_down(n) for n in (0, 19, 20, 30, 1000)]
    assert waits[:2] == [0, 0]
    assert 0 < waits[2] < waits[3] < waits[4] == SLOWEST
