"""All API tokens of a person are taken back."""

from datetime import timedelta
from functools import partial

import pytest

from service.actions.issue_token import IssueToken, issue_token
from service.actions.revoke_tokens import RevokeTokens, revoke_tokens
from service.domain.errors import NotAllowed, NotFound
from service.store import tokens
from tests.actions.hall import staff, told
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)
    for n in range(2):
        order = IssueToken(f"接口{n}", ("read",), stage.now + timedelta(days=9), partial("secret-{}".format, n))
        stage.act("clerk", issue_token, order)


def _left(stage: Stage) -> int:
    with stage.database.read() as tx:
        return len(tokens.tokens_of(tx, "clerk", now=stage.now))


def test_none_is_left_and_the_history_says_how_many(stage: Stage) -> None:
    assert _left(stage) == 2
    assert stage.act("secadmin", revoke_tokens, RevokeTokens("clerk")) == 2
    assert _left(stage) == 0
    assert told(stage, "account/clerk")[-1]["tokens"] == 2
    assert stage.act("secadmin", revoke_tokens, RevokeTokens("clerk")) == 0


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk", "clerk2"])
def test_nobody_else_does(stage: Stage, person: str) -> None:
    with pytest.raises(NotAllowed):
        stage.act(person, revoke_tokens, RevokeTokens("clerk"))
    assert _left(stage) == 2


def test_an_unknown_person_is_named(stage: Stage) -> None:
    with pytest.raises(NotFound, match="nobody"):
        stage.act("secadmin", revoke_tokens, RevokeTokens("nobody"))
