"""Tidying up."""

from datetime import timedelta

from service.actions.tidy_up import tidy_up
from service.store import accounts, idempotency
from service.store.idempotency import Remembered
from tests.actions.stage import Stage


def _fill(stage: Stage, name: str) -> None:
    answer = Remembered("h", 200, {}, "{}")
    with stage.database.begin() as tx:
        idempotency.remember(tx, actor_id="clerk", key=name, answer=answer, at=stage.now)
        accounts.add_session(
            tx, token_hash=name, person_id="clerk", created_at=stage.now, expires_at=stage.now, idle_until=stage.now
        )


def test_it_drops_what_is_long_over_and_keeps_the_rest(stage: Stage) -> None:
    _fill(stage, "old")
    stage.later(timedelta(days=31))
    _fill(stage, "new")
    with stage.frame("system") as frame:
        assert tidy_up(frame) == 2
        assert tidy_up(frame) == 0
    with stage.database.begin() as tx:
        assert idempotency.remembered(tx, actor_id="clerk", key="old") is None
        assert idempotency.remembered(tx, actor_id="clerk", key="new")
        assert (accounts.session_by_hash(tx, "old"), bool(accounts.session_by_hash(tx, "new"))) == (None, True)
