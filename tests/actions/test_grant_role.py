"""Somebody becomes one of the three administrators, or ceases to be."""

from datetime import timedelta

import pytest

from service.actions.grant_posts import GrantPosts, grant_posts
from service.actions.grant_role import GrantRole, grant_role
from service.actions.issue_token import IssueToken, issue_token
from service.domain.errors import Conflict, NotAllowed
from service.domain.people import Role
from service.store import people
from tests.actions.hall import enabled, lives, row, signed_in, staff, told
from tests.actions.stage import Stage
from tests.store.together import at_once


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_a_role_replaces_the_one_before_and_ends_sessions_and_tokens(stage: Stage) -> None:
    enabled(stage)
    stage.act("secadmin", grant_role, GrantRole("lin", Role.SYSTEM_ADMIN))
    token, _ = signed_in(stage, "lin", "One-time-1")
    stage.act("lin", issue_token, IssueToken("x", ("read",), stage.now + timedelta(days=1), lambda: "s"))
    done = stage.act("secadmin", grant_role, GrantRole("lin", Role.AUDIT_ADMIN))
    assert (done.row.role, done.sessions, done.tokens, lives(stage, token)) == (Role.AUDIT_ADMIN, 1, 1, False)
    event = told(stage, "account/lin")[-1]
    assert (event["type"], event["role"], event["role_before"]) == ("role.granted", "audit_admin", "system_admin")
    assert stage.act("secadmin", grant_role, GrantRole("lin", None)).row.role is None


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk"])
def test_nobody_else_grants(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, grant_role, GrantRole("clerk2", Role.SYSTEM_ADMIN))


def test_nobody_grants_himself(stage: Stage) -> None:
    for role in (Role.SYSTEM_ADMIN, None):
        with pytest.raises(NotAllowed, match="自己"):
            stage.act("secadmin", grant_role, GrantRole("secadmin", role))


def test_who_does_business_gives_that_up_first(stage: Stage) -> None:
    with pytest.raises(Conflict, match="请先收回"):
        stage.act("secadmin", grant_role, GrantRole("clerk", Role.AUDIT_ADMIN))
    stage.act("secadmin", grant_posts, GrantPosts("clerk", (), auditor=True))
    with pytest.raises(Conflict, match="请先收回"):
        stage.act("secadmin", grant_role, GrantRole("clerk", Role.AUDIT_ADMIN))
    stage.act("secadmin", grant_posts, GrantPosts("clerk", ()))
    assert stage.act("secadmin", grant_role, GrantRole("clerk", Role.AUDIT_ADMIN)).row.role is Role.AUDIT_ADMIN


def test_the_last_of_a_kind_stays(stage: Stage) -> None:
    for role in (None, Role.SECURITY_ADMIN):
        with pytest.raises(Conflict, match="最后一名在用的审计管理员"):
            stage.act("secadmin", grant_role, GrantRole("auditadmin", role))
    assert row(stage, "auditadmin").role is Role.AUDIT_ADMIN


def test_two_who_dismiss_each_other_at_once_leave_one(stage: Stage) -> None:
    def dismiss(who: str, whom: str) -> bool:
        try:
            stage.act(who, grant_role, GrantRole(whom, None))
        except (Conflict, NotAllowed):
            return False
        return True

    at_once([lambda: dismiss("secadmin", "secadmin2"), lambda: dismiss("secadmin2", "secadmin")])
    with stage.database.begin() as tx:
        assert len(people.lock_role(tx, Role.SECURITY_ADMIN)) == 1
