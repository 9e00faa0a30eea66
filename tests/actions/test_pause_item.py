"""事项暂停."""

import pytest

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.pause_item import PauseItem, pause_item
from service.actions.put_item import PutItem, put_item
from service.domain.errors import Conflict, Invalid, NotAllowed
from tests.actions.bookshelf import deliveries, described, eight, listening, put
from tests.actions.stage import Stage

PAUSE = PauseItem("jiuzhu", "系统改造")


@pytest.mark.parametrize("person", ["minzheng-clerk", "reform-clerk", "reviewer"])
def test_a_new_version_rests_and_keeps_its_marks(shelf_stage: Stage, person: str) -> None:
    before = described(shelf_stage)
    done = shelf_stage.act(person, pause_item, PAUSE)
    assert (done.version, done.status, done.status_reason, done.marks) == (3, "paused", "系统改造", before.marks)


def test_no_batch_is_stopped_by_it(shelf_stage: Stage) -> None:
    put(shelf_stage)
    listening(shelf_stage, "jiuzhu")
    shelf_stage.act("minzheng-clerk", pause_item, PAUSE)
    assert deliveries(shelf_stage) == []


def test_a_change_leaves_it_paused(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("minzheng-clerk", pause_item, PAUSE)
    assert shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu")).status == "paused"


@pytest.mark.parametrize("person", ["nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_department_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, pause_item, PAUSE)


def test_it_wants_a_reason_and_is_done_once(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with pytest.raises(Invalid):
        shelf_stage.act("minzheng-clerk", pause_item, PauseItem("jiuzhu", ""))
    assert eight(lambda: shelf_stage.act("minzheng-clerk", pause_item, PAUSE)) == ["conflict"] * 7 + ["done"]


def test_a_cancelled_item_is_not_paused(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("reform-clerk", cancel_item, CancelItem("jiuzhu", "x"))
    with pytest.raises(Conflict):
        shelf_stage.act("reform-clerk", pause_item, PAUSE)
