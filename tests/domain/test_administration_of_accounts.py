"""Who of the three administrators may do what to accounts; nobody else anything."""

import pytest

from service.domain.administration import MAY, may
from service.domain.people import Actor, Holding, Role

ALLOWED = {
    "account.read": "system security audit",
    "person.create": "system", "person.edit": "system", "account.deactivate": "system",
    "account.enable": "security", "post.grant": "security", "role.grant": "security", "account.unlock": "security",
    "password.reset": "security", "second-factor.reset": "security", "session.read": "security",
    "session.end": "security", "token.revoke": "security",
}  # fmt: skip
OFFICER = Actor("li", "李（虚构）", "huotian", (Holding("center_director", "huotian-center"),), auditor=True)


@pytest.mark.parametrize("verb", sorted(ALLOWED))
@pytest.mark.parametrize("role", list(Role))
def test_it_is_as_the_separation_of_the_three_says(verb: str, role: Role) -> None:
    found = may(Actor("a", "甲（虚构）", roles=frozenset({role})), verb)
    assert bool(found) is (role.value.removesuffix("_admin") in ALLOWED[verb].split())
    assert bool(found) or found.reason


@pytest.mark.parametrize("verb", sorted(ALLOWED))
def test_an_officer_of_whatever_post_may_nothing(verb: str) -> None:
    assert not may(OFFICER, verb)


def test_nobody_both_makes_accounts_and_gives_them_power() -> None:
    makes, grants = MAY["person.create"], MAY["account.enable"] | MAY["post.grant"] | MAY["role.grant"]
    assert not makes & grants
    assert not (makes | grants) & {Role.AUDIT_ADMIN}
