"""规范流程."""

from typing import Any

import pytest

from service.actions.describe_flow import DescribeFlow, describe_flow
from service.actions.put_item import PutItem, put_item
from service.actions.sort_item import SortItem, sort_item
from service.domain.errors import Conflict, Invalid, NotAllowed
from service.domain.items import FlowStep, Sorting
from service.store import items
from tests.actions.bookshelf import STEPS, described, eight, newest, put, told
from tests.actions.stage import Stage


def sorted_item(stage: Stage, **said: Any) -> None:
    put(stage, **said)
    stage.act("minzheng-clerk", sort_item, SortItem("jiuzhu"))


def test_new_steps_make_a_version_that_may_be_authorised(shelf_stage: Stage) -> None:
    made = described(shelf_stage)
    assert (made.version, made.flow, made.marks.sorting) == (2, STEPS, Sorting.DESCRIBED)
    assert (made.marks.sorted_by, made.marks.described_by) == ("minzheng-clerk", "minzheng-clerk")
    assert [e.type for e in told(shelf_stage, "item/jiuzhu")] == ["item.put", "item.sorted", "item.described"]
    with shelf_stage.database.read() as tx:
        assert items.described_since(tx, "jiuzhu", 1)


def test_steps_that_are_there_are_confirmed_as_they_are(shelf_stage: Stage) -> None:
    sorted_item(shelf_stage, flow=STEPS)
    made = shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu"))
    assert (made.version, made.marks.sorting) == (1, Sorting.DESCRIBED)
    with pytest.raises(Conflict, match="流程已规范"):
        shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu"))


def test_the_order_of_the_notice_is_kept(shelf_stage: Stage) -> None:
    put(shelf_stage, flow=STEPS)
    with pytest.raises(Conflict, match="尚未梳理"):
        shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu"))


def test_a_change_of_the_item_makes_it_to_be_described_again(shelf_stage: Stage) -> None:
    described(shelf_stage)
    shelf_stage.act("minzheng-clerk", put_item, PutItem({"hours": "x"}, "jiuzhu"))
    with pytest.raises(Conflict, match="第3版尚未梳理"):
        shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu"))


@pytest.mark.parametrize(
    "flow", [(), (FlowStep("", "窗口"),), (FlowStep("受理", " "),), (FlowStep("审核", "窗口", 4),),
             (FlowStep("审核", "窗口", -1),), (FlowStep("受理", "窗口", 2), FlowStep("审核", "窗口", 2))],
)  # fmt: skip
def test_it_wants_steps_that_hold_and_fit_into_the_promise(shelf_stage: Stage, flow: tuple[FlowStep, ...]) -> None:
    sorted_item(shelf_stage)
    with pytest.raises(Invalid):
        shelf_stage.act("minzheng-clerk", describe_flow, DescribeFlow("jiuzhu", flow))
    assert newest(shelf_stage).marks.sorting is Sorting.SORTED


@pytest.mark.parametrize("person", ["reform-clerk", "nongye-clerk", "clerk", "sysadmin"])
def test_only_the_department_says_so(shelf_stage: Stage, person: str) -> None:
    sorted_item(shelf_stage)
    with pytest.raises(NotAllowed):
        shelf_stage.act(person, describe_flow, DescribeFlow("jiuzhu", STEPS))


def test_eight_at_once_describe_it_once(shelf_stage: Stage) -> None:
    sorted_item(shelf_stage)
    order = DescribeFlow("jiuzhu", STEPS, if_match=1)
    found = eight(lambda: shelf_stage.act("minzheng-clerk", describe_flow, order))
    assert found == ["done"] + ["stale"] * 7
    assert newest(shelf_stage).version == 2
