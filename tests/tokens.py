"""API tokens for the people of tests, made without a password."""

import secrets
from datetime import timedelta

from service.actions.issue_token import IssueToken, issue_token
from service.store import people
from service.wiring import House


def token_of(house: House, person: str) -> str:
    """A token of ``person`` that lives longer than any test's clock is moved."""
    with house.database.begin() as tx:
        actor = people.actor(tx, person)
        assert actor, f"nobody is called {person}"
        frame = house.frame(tx, actor, channel="cli")
        order = IssueToken(
            "test", ("read", "write"), frame.now + timedelta(days=360), lambda: secrets.token_urlsafe(32)
        )
        return issue_token(frame, order).token
