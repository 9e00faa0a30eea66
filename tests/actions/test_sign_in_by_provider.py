"""Signing in with the county's identity provider."""

import pytest

from service.actions.deactivate_account import DeactivateAccount, deactivate_account
from service.actions.sign_in import SignedIn
from service.actions.sign_in_by_provider import ProviderRefused, SignInByProvider, WhyNot, sign_in_by_provider
from service.domain.accounts import Pending
from service.store import people
from tests.actions.hall import enabled, in_secret, newcomer, session, staff, terms, told, with_factor
from tests.actions.stage import Stage

ISSUER = "https://idp.example.test"


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def _try(stage: Stage, login: str) -> SignedIn | ProviderRefused:
    return stage.act("system", sign_in_by_provider, SignInByProvider(login, ISSUER, terms()))


def test_an_enabled_account_of_that_login_signs_in(stage: Stage) -> None:
    done = _try(stage, "clerk")
    assert isinstance(done, SignedIn)
    assert (done.person.id, done.pending) == ("clerk", None)
    assert session(stage, done.token).method == "oidc"
    assert told(stage, f"actor/clerk/{stage.now.date()}")[-1]["method"] == "oidc"


def test_a_password_that_must_be_changed_does_not_matter_here(stage: Stage) -> None:
    enabled(stage)
    done = _try(stage, "lin")
    assert isinstance(done, SignedIn)
    assert done.pending is None


def test_a_second_factor_of_ours_is_asked_for_here_too(stage: Stage) -> None:
    with_factor(stage, "clerk")
    done = _try(stage, "clerk")
    assert isinstance(done, SignedIn)
    assert done.pending is Pending.SECOND_FACTOR


def test_an_unknown_identity_gets_no_account_and_is_recorded(stage: Stage) -> None:
    assert _try(stage, "stranger\x1b") == ProviderRefused(WhyNot.UNKNOWN, "stranger")
    with stage.database.read() as tx:
        assert people.get_person(tx, "stranger") is None
    chain = f"sign-in/{stage.now.date()}"
    (event,) = told(stage, chain)
    assert (event["type"], event["method"], event["why"], event["issuer"]) == (
        "session.refused", "oidc", "unknown", ISSUER,
    )  # fmt: skip
    assert "stranger" not in str(event)
    assert in_secret(stage, chain)[0]["login"] == "stranger"


def test_an_account_that_waits_or_was_taken_out_of_use_stays_shut(stage: Stage) -> None:
    newcomer(stage)
    assert _try(stage, "lin") == ProviderRefused(WhyNot.NOT_ENABLED, "lin")
    stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", "调离"))
    assert _try(stage, "clerk") == ProviderRefused(WhyNot.NOT_ENABLED, "clerk")
