"""API tokens."""

from datetime import timedelta

import pytest

from service.actions.issue_token import IssueToken, issue_token
from service.actions.parts.tokens import token_hash
from service.domain.errors import Invalid
from service.store import tokens
from tests.actions.stage import Stage


def _order(stage: Stage, *, scopes: tuple[str, ...] = ("read",), days: int = 30) -> IssueToken:
    return IssueToken("接口", scopes, stage.now + timedelta(days=days), lambda: "s3cret")


def test_it_is_shown_once_and_kept_as_a_hash(stage: Stage) -> None:
    issued = stage.act("clerk", issue_token, _order(stage))
    assert issued.token == f"sat_{issued.id}_s3cret"
    with stage.database.read() as tx:
        kept = tokens.api_token_by_hash(tx, token_hash(issued.token))
    assert kept
    assert kept.person_id == "clerk"


@pytest.mark.parametrize(("scopes", "days"), [((), 30), (("admin",), 30), (("read",), 0), (("read",), 400)])
def test_it_refuses_unknown_scopes_and_far_dates(stage: Stage, scopes: tuple[str, ...], days: int) -> None:
    with pytest.raises(Invalid):
        stage.act("clerk", issue_token, _order(stage, scopes=scopes, days=days))
