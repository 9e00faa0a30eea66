"""Taking an API token back."""

import json
from datetime import timedelta

import pytest

from service.actions.issue_token import IssuedToken, IssueToken, issue_token
from service.actions.parts.sealing import actor_day_chain
from service.actions.parts.tokens import token_hash
from service.actions.revoke_token import RevokeToken, revoke_token
from service.domain.errors import NotAllowed, NotFound
from service.store import events, tokens
from tests.actions.hall import staff, told
from tests.actions.stage import Stage


def _issue(stage: Stage) -> IssuedToken:
    order = IssueToken("接口", ("read",), stage.now + timedelta(days=1), lambda: "secret")
    return stage.act("clerk", issue_token, order)


def test_it_ends_at_once_and_the_history_says_so(stage: Stage) -> None:
    made = _issue(stage)
    stage.act("clerk", revoke_token, RevokeToken(made.id))
    with stage.database.read() as tx:
        kept = tokens.api_token_by_hash(tx, token_hash(made.token))
        last = list(events.read_chain(tx, actor_day_chain("clerk", stage.now)))[-1]
    assert kept
    assert kept.revoked_at == stage.now
    assert json.loads(last.body)["token"] == made.id


def test_it_is_ones_own_and_once(stage: Stage) -> None:
    made = _issue(stage)
    with pytest.raises(NotFound):
        stage.act("clerk2", revoke_token, RevokeToken(made.id))
    stage.act("clerk", revoke_token, RevokeToken(made.id))
    with pytest.raises(NotFound):
        stage.act("clerk", revoke_token, RevokeToken(made.id))


def test_the_security_administrator_takes_anybodys_back(stage: Stage) -> None:
    staff(stage)
    made = _issue(stage)
    for person in ("sysadmin", "auditadmin", "clerk2"):
        with pytest.raises(NotAllowed):
            stage.act(person, revoke_token, RevokeToken(made.id, "clerk"))
    stage.act("secadmin", revoke_token, RevokeToken(made.id, "clerk"))
    assert told(stage, "account/clerk")[-1]["token"] == made.id
    with pytest.raises(NotFound):
        stage.act("secadmin", revoke_token, RevokeToken(made.id, "clerk"))
