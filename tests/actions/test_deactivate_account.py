"""An account is taken out of use."""

from datetime import timedelta

import pytest

from service.actions.deactivate_account import DeactivateAccount, deactivate_account
from service.actions.issue_token import IssueToken, issue_token
from service.actions.parts.tokens import token_hash
from service.domain.accounts import AccountState
from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.people import Role
from service.store import people, tokens
from tests.actions.hall import in_secret, lives, newcomer, row, signed_in, staff, told
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_sessions_and_tokens_are_dead_at_once(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    order = IssueToken("接口", ("read",), stage.now + timedelta(days=9), lambda: "secret")
    program = stage.act("clerk", issue_token, order)
    done = stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", "调离火田镇"))
    assert (done.row.state, done.sessions, done.tokens) == (AccountState.DISABLED, 1, 1)
    assert not lives(stage, token)
    with stage.database.read() as tx:
        kept = tokens.api_token_by_hash(tx, token_hash(program.token))
        assert people.actor(tx, "clerk") is None
    assert kept
    assert kept.revoked_at == stage.now


def test_the_history_keeps_the_reason_apart(stage: Stage) -> None:
    stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", "调离火田镇"))
    event = told(stage, "account/clerk")[-1]
    assert (event["type"], event["actor"]) == ("account.deactivated", "sysadmin")
    assert "调离" not in str(event)
    assert in_secret(stage, "account/clerk")[-1]["reason"] == "调离火田镇"


@pytest.mark.parametrize("person", ["secadmin", "auditadmin", "clerk2"])
def test_nobody_else_does(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, deactivate_account, DeactivateAccount("clerk", "x"))


def test_not_oneself_not_without_a_reason_not_twice(stage: Stage) -> None:
    with pytest.raises(NotAllowed, match="自己"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("sysadmin", "x"))
    with pytest.raises(Invalid):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", " "))
    stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", "x"))
    with pytest.raises(Conflict, match="已停用"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("clerk", "x"))
    newcomer(stage)
    with pytest.raises(Conflict, match="待启用"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("lin", "x"))


def test_the_last_administrator_of_a_kind_stays(stage: Stage) -> None:
    with pytest.raises(Conflict, match="最后一名在用的审计管理员"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("auditadmin", "x"))
    stage.act("sysadmin", deactivate_account, DeactivateAccount("secadmin", "x"))
    with pytest.raises(Conflict, match="安全管理员"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("secadmin2", "x"))


def test_two_that_take_the_last_two_out_at_once_leave_one(stage: Stage) -> None:
    def out(person: str) -> bool:
        try:
            stage.act("sysadmin", deactivate_account, DeactivateAccount(person, "x"))
        except Conflict:
            return False
        return True

    assert sorted(at_once([lambda: out("secadmin"), lambda: out("secadmin2")])) == [False, True]
    with stage.database.begin() as tx:
        assert len(people.lock_role(tx, Role.SECURITY_ADMIN)) == 1


def test_an_administrator_who_waits_does_not_count(stage: Stage) -> None:
    newcomer(stage)
    with stage.database.begin() as tx:
        people.set_role(tx, "lin", Role.AUDIT_ADMIN)
    with pytest.raises(Conflict, match="最后一名"):
        stage.act("sysadmin", deactivate_account, DeactivateAccount("auditadmin", "x"))
    assert row(stage, "auditadmin").active
