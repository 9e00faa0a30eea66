"""云政办〔2022〕28号 二(三)2: 梳理, then 规范流程, then 授权. What is not prepared goes nowhere, and what falls away is noticed."""

from datetime import timedelta
from typing import Any

import pytest

from service.actions.replay_case import replay_case
from service.actions.verify_history import verify_history
from tests.story import Story, batch_of

pytestmark = pytest.mark.road
CLERK, DEPARTMENT, OFFICE, OFFICE_REVIEWER = (
    "huotian-clerk",
    "weijianju-clerk",
    "shengaiban-clerk",
    "shengaiban-reviewer",
)
BIRTH, AID = "shengyu-dengji", "dibao-shenhe"


def begun(story: Story, *items: str) -> Story:
    story.begins(CLERK, township="huotian")
    return story.does(CLERK, "编制授权事项建议清单", batch_of(*items))


def notices(story: Story, person: str) -> str:
    return "".join(n["text"] for n in story.ask(person, "GET", "/notifications")["items"])


def the_history_holds(story: Story) -> None:
    with story.house.database.read() as tx:
        assert verify_history(tx).breaks == ()
        assert replay_case(tx, story.case, bundles=story.house.bundles).same


def test_an_item_that_changed_leaves_the_batch_and_the_director_reads_why(story: Story) -> None:
    story.ask(DEPARTMENT, "PATCH", f"/items/{BIRTH}", {"hours": "工作日全天（示例）"})
    begun(story, BIRTH, AID)
    seen = story.task("中心主任审核")["input"]
    assert [item["item_id"] for item in seen["items"]] == [AID]
    (gone,) = seen["dropped_items"]
    assert (gone["item_id"], gone["step"]) == (BIRTH, "precheck")
    assert "尚未梳理或流程未规范" in gone["reason"]
    assert gone["reason"] in [fault["text"] for fault in seen["precheck_report"]["faults"]]
    assert "生育登记" in notices(story, CLERK)
    story.goes_on_to_the_trial()
    assert set(story.ledger()) == {AID}
    the_history_holds(story)


@pytest.mark.parametrize("how_far", ["draft", "sorted"])
def test_with_nothing_prepared_the_batch_ends_and_nothing_is_authorised(story: Story, how_far: str) -> None:
    """Sorted is not enough: the flow must be described too."""
    story.ask(DEPARTMENT, "PATCH", f"/items/{BIRTH}", {"hours": "工作日全天（示例）"})
    if how_far == "sorted":
        story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/sort")
    begun(story, BIRTH)
    case = story.ask(OFFICE_REVIEWER, "GET", f"/cases/{story.case}")
    assert (case["status"], story.ledger()) == ("completed", {})
    assert "生育登记" in notices(story, CLERK), "the clerk reads why although the batch is over"
    the_history_holds(story)


def test_once_prepared_it_goes_into_the_next_batch(story: Story) -> None:
    story.ask(DEPARTMENT, "PATCH", f"/items/{BIRTH}", {"hours": "工作日全天（示例）"})
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/sort")
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/describe", {"flow": None})
    begun(story, BIRTH).goes_on_to_the_trial()
    assert story.ledger()[BIRTH]["item_version"] == 2


def test_what_was_sent_back_meanwhile_is_not_put_into_force_until_it_is_mended(story: Story) -> None:
    begun(story, BIRTH).goes_on_until("更新办事指南与表格")
    story.ask(OFFICE_REVIEWER, "POST", f"/items/{BIRTH}/review", {"decision": "send_back", "reason": "流程与实际不符"})
    assert "流程与实际不符" in notices(story, DEPARTMENT)
    story.goes_on_to_the_trial()
    for _ in range(4):  # three tries with pauses between, then an incident
        story.now += timedelta(minutes=10)
        story._machine()
    (incident,) = story.ask("sysadmin", "GET", "/incidents?status=open")["items"]
    assert (incident["element"], incident["handler"]) == ("put_into_force", "put_into_force")
    assert "“生育登记”第1版尚未梳理或流程未规范，不能授权" in incident["message"]
    assert story.ledger() == {}
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/sort")
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/describe", {"flow": None})
    story.ask("sysadmin", "POST", f"/incidents/{incident['id']}/retry", {"reason": "部门已重新梳理"})
    story._machine()
    assert story.ledger()[BIRTH]["status"] == "trial"
    the_history_holds(story)


def told(story: Story) -> dict[str, Any]:
    """What 县行政服务中心 reads when something falls away under a batch."""
    found: dict[str, Any] = story.task("处理依据变化")["input"]
    return found


def test_a_cancelled_item_stops_the_batches_that_hold_it(story: Story) -> None:
    begun(story, BIRTH, AID)
    story.ask(OFFICE, "POST", f"/items/{BIRTH}/cancel", {"reason": "省级清单已删除（示例）"})
    story._machine()
    assert "省级清单已删除" in told(story)["basis_affected"]
    assert story.ledger() == {}
    the_history_holds(story)


def test_a_repealed_basis_stops_the_batches_whose_items_rest_on_it(story: Story) -> None:
    story.ask(OFFICE, "POST", "/legal-bases", {"id": "tiaoli", "name": "人口与计划生育条例（示例）"})
    story.ask(DEPARTMENT, "PATCH", f"/items/{BIRTH}", {"citations": [{"basis_id": "tiaoli", "article": "第十四条"}]})
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/sort")
    story.ask(DEPARTMENT, "POST", f"/items/{BIRTH}/describe", {"flow": None})
    begun(story, BIRTH, AID)
    repeal = {"reason": "已被新条例代替（示例）", "repealed_on": "2022-10-17"}
    assert story.ask(OFFICE, "POST", "/legal-bases/tiaoli/repeal", repeal)["items"] == [BIRTH]
    story._machine()
    assert "已被新条例代替" in told(story)["basis_affected"]


def test_the_list_and_the_case_judge_alike(story: Story) -> None:
    """Class and rule shown in the library are what the batch gets a moment later."""
    shown = {
        id: story.ask(CLERK, "GET", f"/items/{id}/eligibility") for id in (BIRTH, "linmu-caifa", "zhaijidi-pizhun")
    }
    begun(story, *shown)
    seen = story.task("例外确认")["input"]
    found = {row["item_id"]: (row["item_class"], row["outcome"]) for row in seen["exceptions"]}
    assert found == {id: (shown[id]["item_class"], shown[id]["outcome"]) for id in ("linmu-caifa", "zhaijidi-pizhun")}
    places = story.ask(OFFICE_REVIEWER, "GET", f"/cases/{story.case}/variables")["items"]
    items = {row["item_id"]: row for place in places for row in place["variables"].get("items") or []}
    assert items[BIRTH]["item_class"] == shown[BIRTH]["item_class"] == "E1"
    assert shown[BIRTH]["rules"][0]["number"] == 17
