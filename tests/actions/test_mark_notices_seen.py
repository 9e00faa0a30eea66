"""Notices are new until their reader has marked them."""

from datetime import timedelta

from service.actions.mark_notices_seen import MarkNoticesSeen, mark_notices_seen
from service.domain.items import Notification
from service.store import events, notices
from tests.actions.stage import Stage, actor_of


def _tell(stage: Stage, id: str) -> None:
    with stage.database.begin() as tx:
        notices.add_notification(
            tx, Notification(id, "notice", "huotian-center", "center_clerk", None, None, None, "请查收", stage.now)
        )


def _new(stage: Stage, person: str, most: int = 10) -> int:
    with stage.database.read() as tx:
        return notices.count_unseen(tx, actor_of(stage, person), most=most)


def test_what_came_before_is_seen_and_what_comes_later_is_new(stage: Stage) -> None:
    _tell(stage, "1")
    _tell(stage, "2")
    assert (_new(stage, "clerk"), _new(stage, "clerk", most=1), _new(stage, "director")) == (2, 1, 0)
    stage.act("clerk", mark_notices_seen, MarkNoticesSeen(stage.now))
    assert (_new(stage, "clerk"), _new(stage, "clerk2")) == (0, 2)
    stage.later(timedelta(minutes=1))
    _tell(stage, "3")
    assert _new(stage, "clerk") == 1


def test_what_came_while_the_list_was_read_stays_new(stage: Stage) -> None:
    shown = stage.now
    stage.later(timedelta(minutes=1))
    _tell(stage, "1")
    stage.later(timedelta(minutes=1))
    stage.act("clerk", mark_notices_seen, MarkNoticesSeen(shown))
    assert _new(stage, "clerk") == 1


def test_it_never_goes_back_and_never_lies_ahead(stage: Stage) -> None:
    begun = stage.now
    stage.later(timedelta(hours=1))
    assert stage.act("clerk", mark_notices_seen, MarkNoticesSeen(stage.now + timedelta(days=9))) == stage.now
    assert stage.act("clerk", mark_notices_seen, MarkNoticesSeen(begun)) == stage.now


def test_it_is_no_act_and_leaves_no_event(stage: Stage) -> None:
    with stage.database.read() as tx:
        before = len(events.list_events(tx, limit=200).items)
    stage.act("clerk", mark_notices_seen, MarkNoticesSeen(stage.now))
    with stage.database.read() as tx:
        assert len(events.list_events(tx, limit=200).items) == before
