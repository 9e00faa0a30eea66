"""事项取消."""

import pytest

from service.actions.cancel_item import CancelItem, cancel_item
from service.actions.put_item import PutItem, put_item
from service.domain.errors import Conflict, Invalid, NotAllowed, Stale
from service.domain.items import Sorting
from tests.actions.bookshelf import deliveries, described, eight, listening, newest, notices_of, put, told
from tests.actions.stage import Stage

CANCEL = CancelItem("jiuzhu", "省级清单已删除")


def test_a_new_version_is_cancelled_and_keeps_its_marks(shelf_stage: Stage) -> None:
    before = described(shelf_stage)
    done = shelf_stage.act("reform-clerk", cancel_item, CANCEL)
    assert (done.version, done.status, done.status_reason) == (before.version + 1, "cancelled", "省级清单已删除")
    assert done.marks == before.marks
    assert done.marks.sorting is Sorting.DESCRIBED
    assert newest(shelf_stage) == done
    assert told(shelf_stage, "item/jiuzhu")[-1].type == "item.cancelled"
    assert "省级清单已删除" in notices_of(shelf_stage, "minzheng-clerk")[0]


def test_batches_with_the_item_are_told_and_no_others(shelf_stage: Stage) -> None:
    described(shelf_stage)
    about, _other = listening(shelf_stage, "jiuzhu", "more"), listening(shelf_stage, "more")
    shelf_stage.act("reform-clerk", cancel_item, CANCEL)
    assert deliveries(shelf_stage) == [about]
    assert [e.type for e in told(shelf_stage, "signal/item_basis_repealed")] == ["signal.sent"]


@pytest.mark.parametrize("person", ["minzheng-clerk", "nongye-clerk", "clerk", "sysadmin"])
def test_it_is_for_the_reform_office(shelf_stage: Stage, person: str) -> None:
    put(shelf_stage)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, cancel_item, CANCEL)


def test_it_wants_a_reason_and_todays_version(shelf_stage: Stage) -> None:
    put(shelf_stage)
    with pytest.raises(Invalid):
        shelf_stage.act("reform-clerk", cancel_item, CancelItem("jiuzhu", " "))
    with pytest.raises(Stale):
        shelf_stage.act("reform-clerk", cancel_item, CancelItem("jiuzhu", "x", if_match=9))


def test_a_cancelled_item_is_not_changed(shelf_stage: Stage) -> None:
    put(shelf_stage)
    shelf_stage.act("reform-clerk", cancel_item, CANCEL)
    with pytest.raises(Conflict, match="取消"):
        shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu"))


def test_one_of_eight_cancels_it(shelf_stage: Stage) -> None:
    put(shelf_stage)
    assert eight(lambda: shelf_stage.act("reform-clerk", cancel_item, CANCEL)) == ["conflict"] * 7 + ["done"]
