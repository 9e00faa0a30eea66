"""An account is enabled by the security administrator."""

import pytest

from service.actions.deactivate_account import DeactivateAccount, deactivate_account
from service.actions.enable_account import EnableAccount, enable_account
from service.actions.grant_posts import GrantPosts, grant_posts
from service.domain.accounts import ONE_TIME_LASTS, AccountState
from service.domain.errors import Conflict, NotAllowed, NotFound
from service.domain.people import Holding, Role
from service.store import people
from tests.actions.hall import enabled, hashed, newcomer, row, signed_in, staff, told
from tests.actions.stage import Stage
from tests.store.together import at_once

ORDER = EnableAccount("lin", hashed("One-time-1"))


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_it_opens_with_a_one_time_password_that_must_be_changed(stage: Stage) -> None:
    done = enabled(stage)
    assert (done.state, done.account.enabled_by) == (AccountState.ENABLED, "secadmin")
    assert (done.account.must_change, done.account.one_time_until) == (True, stage.now + ONE_TIME_LASTS)
    signed_in(stage, "lin", "One-time-1")


def test_the_history_says_what_was_enabled(stage: Stage) -> None:
    newcomer(stage)
    post = Holding("center_clerk", "huotian-center")
    stage.act("secadmin", grant_posts, GrantPosts("lin", (post,)))
    stage.act("secadmin", enable_account, ORDER)
    event = told(stage, "account/lin")[-1]
    assert (event["type"], event["actor"], event["posts"]) == (
        "account.enabled", "secadmin", ["center_clerk@huotian-center"],
    )  # fmt: skip
    assert "hash" not in event
    assert "One-time" not in str(event)


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk"])
def test_nobody_else_enables(stage: Stage, person: str) -> None:
    newcomer(stage)
    with pytest.raises(NotAllowed):
        stage.act(person, enable_account, ORDER)
    assert row(stage, "lin").state is AccountState.WAITING


def test_who_made_the_account_does_not_enable_it_even_in_another_role(stage: Stage) -> None:
    newcomer(stage)
    with stage.database.begin() as tx:
        people.set_role(tx, "sysadmin", Role.SECURITY_ADMIN)
    with pytest.raises(NotAllowed, match="由您建立"):
        stage.act("sysadmin", enable_account, ORDER)


def test_twice_is_a_conflict_also_at_once(stage: Stage) -> None:
    newcomer(stage)

    def press() -> bool:
        try:
            stage.act("secadmin", enable_account, ORDER)
        except Conflict:
            return False
        return True

    assert sorted(at_once([press] * 4)) == [False, False, False, True]
    assert sum(e["type"] == "account.enabled" for e in told(stage, "account/lin")) == 1


def test_one_that_was_taken_out_of_use_can_come_back(stage: Stage) -> None:
    enabled(stage)
    stage.act("sysadmin", deactivate_account, DeactivateAccount("lin", "调离"))
    assert row(stage, "lin").state is AccountState.DISABLED
    assert stage.act("secadmin", enable_account, ORDER).state is AccountState.ENABLED


def test_an_unknown_one_is_named(stage: Stage) -> None:
    with pytest.raises(NotFound, match="nobody"):
        stage.act("secadmin", enable_account, EnableAccount("nobody", "h"))
