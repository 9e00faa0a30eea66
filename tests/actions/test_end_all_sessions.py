"""After a backup came back everybody signs in anew, and programs need new tokens."""

from datetime import timedelta

import pytest

from service.actions.end_all_sessions import EndAllSessions, Ended, end_all_sessions
from service.store import sessions, tokens
from service.store.sessions import Session
from tests.actions.stage import Stage


def _sign_in(stage: Stage, name: str, span: timedelta) -> None:
    until = stage.now + span
    with stage.database.begin() as tx:
        sessions.add_session(tx, Session(name, name, "clerk", stage.now, until, until, stage.now))
        tokens.add_api_token(
            tx, id=name, token_hash=name, person_id="clerk", name="x", scopes=["read"], created_at=stage.now,
            expires_at=until,
        )  # fmt: skip


def _alive(stage: Stage, name: str) -> tuple[bool, bool]:
    with stage.database.read() as tx:
        session, token = sessions.session_by_hash(tx, name), tokens.api_token_by_hash(tx, name)
    assert session
    assert token
    return session.ended_at is None, token.revoked_at is None


@pytest.mark.parametrize(("browsers", "programs"), [(True, True), (True, False), (False, True), (False, False)])
def test_what_is_to_end_ends_and_the_rest_goes_on(stage: Stage, browsers: bool, programs: bool) -> None:
    _sign_in(stage, "now", timedelta(hours=8))
    ended = stage.act("system", end_all_sessions, EndAllSessions(browsers, programs))
    assert ended == Ended(int(browsers), int(programs))
    assert _alive(stage, "now") == (not browsers, not programs)


def test_what_is_over_already_is_not_counted(stage: Stage) -> None:
    _sign_in(stage, "old", timedelta(hours=1))
    stage.later(timedelta(hours=2))
    _sign_in(stage, "new", timedelta(hours=1))
    assert stage.act("system", end_all_sessions, EndAllSessions()) == Ended(1, 1)
    assert stage.act("system", end_all_sessions, EndAllSessions()) == Ended(0, 0)
