"""Signing out everywhere."""

import pytest

from service.actions.end_sessions import EndSessions, end_sessions
from service.domain.errors import NotAllowed
from tests.actions.hall import lives, signed_in, staff, told
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_every_session_of_ones_own_ends_and_nobody_elses(stage: Stage) -> None:
    mine = [signed_in(stage, "clerk")[0] for _ in range(3)]
    others, _ = signed_in(stage, "sysadmin")
    assert stage.act("clerk", end_sessions, EndSessions()) == 3
    assert not any(lives(stage, token) for token in mine)
    assert lives(stage, others)
    assert stage.act("clerk", end_sessions, EndSessions()) == 0


def test_the_security_administrator_signs_somebody_out(stage: Stage) -> None:
    token, _ = signed_in(stage, "clerk")
    assert stage.act("secadmin", end_sessions, EndSessions("clerk")) == 1
    assert not lives(stage, token)
    event = told(stage, "account/clerk")[-1]
    assert (event["type"], event["sessions"]) == ("sessions.ended", 1)


@pytest.mark.parametrize("person", ["sysadmin", "auditadmin", "clerk2"])
def test_nobody_else_does(stage: Stage, person: str) -> None:
    token, _ = signed_in(stage, "clerk")
    with pytest.raises(NotAllowed):
        stage.act(person, end_sessions, EndSessions("clerk"))
    assert lives(stage, token)
