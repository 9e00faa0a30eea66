"""Signing out."""

from service.actions.sign_out import SignOut, sign_out
from service.store import events
from tests.actions.stage import Stage


def test_ending_a_session_that_is_over_is_no_error_and_is_recorded(stage: Stage) -> None:
    stage.act("clerk", sign_out, SignOut("never existed"))
    with stage.database.read() as tx:
        (event,) = events.read_chain(tx, "actor/clerk/2022-10-14")
    assert '"type":"session.ended"' in event.body
