"""Refused attempts."""

from service.actions.record_denial import DeniedAttempt, record_denial
from service.actions.verify_history import verify_history
from service.store import events
from tests.actions.stage import Stage


def test_it_goes_to_the_chain_of_the_actors_day(stage: Stage) -> None:
    for _ in range(2):
        stage.act("heping-clerk", record_denial, DeniedAttempt("task.complete", "not-found", "无权", "a.1"))
    with stage.database.read() as tx:
        chain = list(events.read_chain(tx, "actor/heping-clerk/2022-10-14"))
        assert verify_history(tx).breaks == ()
    assert [e.seq for e in chain] == [1, 2]


def test_what_it_was_aimed_at_can_be_erased(stage: Stage) -> None:
    stage.act("heping-clerk", record_denial, DeniedAttempt("task.complete", "not-found", "无权", "张三（虚构）"))
    with stage.database.read() as tx:
        (sealed,) = events.read_chain(tx, "actor/heping-clerk/2022-10-14")
    assert "张三" not in sealed.body
    assert "张三" in (sealed.payload or "")
