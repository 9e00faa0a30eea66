"""事项恢复."""

import pytest

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.pause_item import PauseItem, pause_item
from service.actions.resume_item import ResumeItem, resume_item
from service.domain.errors import Conflict, Invalid, NotAllowed
from tests.actions.bookshelf import described, eight, notices_of, put
from tests.actions.stage import Stage

RESUME = ResumeItem("jiuzhu", "改造完成")


def test_a_paused_item_is_in_use_again_with_its_marks(shelf_stage: Stage) -> None:
    before = described(shelf_stage)
    shelf_stage.act("minzheng-clerk", pause_item, PauseItem("jiuzhu", "系统改造"))
    done = shelf_stage.act("minzheng-clerk", resume_item, RESUME)
    assert (done.version, done.status, done.status_reason, done.marks) == (4, "in_use", "", before.marks)
    assert "改造完成" in notices_of(shelf_stage, "minzheng-clerk")[0]


def test_what_was_cancelled_only_the_reform_office_brings_back(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("reform-clerk", cancel_item, CancelItem("jiuzhu", "误取消"))
    with pytest.raises(NotAllowed):
        shelf_stage.act("minzheng-clerk", resume_item, RESUME)
    assert shelf_stage.act("reform-clerk", resume_item, RESUME).status == "in_use"


@pytest.mark.parametrize("person", ["nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_department_and_the_reform_office(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    shelf_stage.act("minzheng-clerk", pause_item, PauseItem("jiuzhu", "x"))
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, resume_item, RESUME)


def test_it_wants_a_reason_and_something_to_resume(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with pytest.raises(Conflict, match="在用"):
        shelf_stage.act("minzheng-clerk", resume_item, RESUME)
    shelf_stage.act("minzheng-clerk", pause_item, PauseItem("jiuzhu", "x"))
    with pytest.raises(Invalid):
        shelf_stage.act("minzheng-clerk", resume_item, ResumeItem("jiuzhu", ""))
    assert eight(lambda: shelf_stage.act("minzheng-clerk", resume_item, RESUME)) == ["conflict"] * 7 + ["done"]
