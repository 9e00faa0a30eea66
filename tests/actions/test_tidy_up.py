"""Tidying up."""

from datetime import timedelta

from service.actions.tidy_up import tidy_up
from service.store import files, idempotency, imports, sessions, sign_ins
from service.store.idempotency import Remembered
from service.store.sessions import Session
from service.store.sign_ins import Attempt
from tests.actions.handed_in import PERSON, PLACE, imported, man, preview
from tests.actions.stage import Stage


def _fill(stage: Stage, name: str) -> None:
    answer = Remembered("h", 200, {}, "{}")
    with stage.database.begin() as tx:
        idempotency.remember(tx, actor_id="clerk", key=name, answer=answer, at=stage.now)
        sessions.add_session(tx, Session(name, name, "clerk", stage.now, stage.now, stage.now, stage.now))
        sign_ins.add_failure(tx, name, login_hash="l", address="a", at=stage.now)
        sign_ins.add_attempt(tx, Attempt(name, "b", "/", stage.now))


def test_it_drops_what_is_long_over_and_keeps_the_rest(stage: Stage) -> None:
    _fill(stage, "old")
    stage.later(timedelta(days=31))
    _fill(stage, "new")
    with stage.frame("system") as frame:
        done = tidy_up(frame)
        assert (done.answers, done.sessions, done.tries) == (1, 1, 2)
        assert tidy_up(frame).rows == 0
    with stage.database.begin() as tx:
        assert idempotency.remembered(tx, actor_id="clerk", key="old") is None
        assert idempotency.remembered(tx, actor_id="clerk", key="new")
        assert (sessions.session_by_hash(tx, "old"), bool(sessions.session_by_hash(tx, "new"))) == (None, True)
        assert sign_ins.failures(tx, since=stage.now - timedelta(days=99)).count == 1
        assert [bool(sign_ins.take_attempt(tx, name)) for name in ("old", "new")] == [False, True]


def test_workbooks_that_nobody_imported_go_with_their_content_and_imported_ones_stay(stage: Stage) -> None:
    man(stage)
    waiting = preview(stage, "sysadmin", people=[PERSON])
    faulty = preview(stage, "sysadmin", people=[PERSON | {"name": ""}])
    done = imported(stage, "sysadmin", organisations=[PLACE])
    stage.later(timedelta(days=31))
    fresh = preview(stage, "sysadmin", people=[PERSON | {"id": "lisi"}])
    with stage.frame("system") as frame:
        assert (tidy_up(frame).uploads, tidy_up(frame).rows) == (2, 0)
    with stage.database.read() as tx:
        assert [bool(imports.get_batch(tx, batch.id)) for batch in (waiting, faulty, done, fresh)] == [
            False,
            False,
            True,
            True,
        ]
        assert [bool(files.get_blob(tx, batch.sha256)) for batch in (waiting, faulty, done)] == [False, False, True]
