"""One session ends."""

import pytest

from service.actions.end_session import EndSession, end_session
from service.domain.errors import NotAllowed, NotFound
from tests.actions.hall import lives, signed_in, staff, told
from tests.actions.stage import Stage


@pytest.fixture(autouse=True)
def _staff(stage: Stage) -> None:
    staff(stage)


def test_one_ends_ones_own_from_the_list(stage: Stage) -> None:
    token, found = signed_in(stage, "clerk")
    other, _ = signed_in(stage, "clerk")
    stage.act("clerk", end_session, EndSession(found.id))
    assert (lives(stage, token), lives(stage, other)) == (False, True)
    with pytest.raises(NotFound):
        stage.act("clerk", end_session, EndSession(found.id))


def test_anothers_is_not_found_and_not_ended(stage: Stage) -> None:
    token, found = signed_in(stage, "clerk")
    with pytest.raises(NotFound):
        stage.act("clerk2", end_session, EndSession(found.id))
    for person in ("clerk2", "sysadmin", "auditadmin"):
        with pytest.raises(NotAllowed):
            stage.act(person, end_session, EndSession(found.id, "clerk"))
    assert lives(stage, token)


def test_the_security_administrator_ends_anybodys_and_the_history_says_whose(stage: Stage) -> None:
    token, found = signed_in(stage, "clerk")
    with pytest.raises(NotFound):
        stage.act("secadmin", end_session, EndSession(found.id, "sysadmin"))
    stage.act("secadmin", end_session, EndSession(found.id, "clerk"))
    assert not lives(stage, token)
    event = told(stage, "account/clerk")[-1]
    assert (event["type"], event["actor"], event["session"]) == ("session.ended", "secadmin", found.id)
