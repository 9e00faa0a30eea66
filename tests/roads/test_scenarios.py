"""What the county would try first, in its own words: entrusted items, certificates, meetings entered late."""

from datetime import date
from typing import Any

import pytest

from service.store import events
from tests.story import Story, batch_of

pytestmark = pytest.mark.road
SERVICE_CLERK, OFFICE = "fuwuzhongxin-clerk", "huotian-office"


def _rule(story: Story, ruling: str) -> dict[str, Any]:
    kept = ("item_id", "name", "item_class", "outcome", "basis")
    rows = [
        {k: row[k] for k in kept} | {"ruling": ruling, "note": "按判定处理"}
        for row in story.task("例外确认")["input"]["exceptions"]
    ]
    return {"exceptions": rows, "exceptions_opinion": "逐项核对。"}


def test_felling_permits_entrusted_by_the_county_are_refused_as_decision_and_allowed_for_intake(story: Story) -> None:
    """林木采伐 with 权力来源 5: 行政许可法 24, decisions stay with the entrusting department."""
    story.begins("huotian-clerk", township="huotian").does(
        "huotian-clerk", "编制授权事项建议清单", batch_of("linmu-caifa")
    )
    (row,) = story.task("例外确认")["input"]["exceptions"]
    assert (row["item_class"], row["outcome"]) == ("E3", "accept_only")
    assert "受理" in row["basis"]
    story.does(SERVICE_CLERK, "例外确认", _rule(story, "keep"))
    (item,) = story.task("中心主任审核")["input"]["items"]
    assert item["scope"] == "accept_only"
    story.goes_on_to_the_trial()
    assert {id: row["scope"] for id, row in story.ledger().items()} == {"linmu-caifa": "accept_only"}


def test_the_homestead_certificate_does_not_pass_by_itself(story: Story) -> None:
    """宅基地批准书: the legal review decides; nothing said, or 公章, keeps it out."""
    story.begins("huotian-clerk", township="huotian").does(
        "huotian-clerk", "编制授权事项建议清单", batch_of("zhaijidi-pizhun")
    )
    (row,) = story.task("例外确认")["input"]["exceptions"]
    assert (row["item_class"], row["outcome"]) == ("E8", "legal_review")
    story.does(SERVICE_CLERK, "例外确认", _rule(story, "keep")).goes_on_until("合法性审核")
    (legal,) = story.task("合法性审核")["input"]["legal_items"]
    assert legal["item_id"] == "zhaijidi-pizhun"
    assert story.ledger() == {}
    story.goes_on_to_the_trial()
    case = story.ask("shengaiban-reviewer", "GET", f"/cases/{story.case}")
    assert case["status"] == "completed"
    assert story.ledger() == {}, "the only item kept the 公章, so nothing was authorised"


def test_a_meeting_of_the_20th_entered_on_the_25th_keeps_both_dates_and_its_reason(story: Story) -> None:
    """补录: the order of steps goes by the day on paper, the log by the day of entry."""
    story.begins("huotian-clerk", township="huotian").does(
        "huotian-clerk", "编制授权事项建议清单", batch_of("shengyu-dengji")
    )
    story.goes_on_until("乡镇集体研究").on(date(2022, 10, 25))
    task = story.task("乡镇集体研究")
    data = {
        "meeting_type": "joint_meeting", "meeting_date": "2022-10-20", "meeting_due": 9, "meeting_present": 8,
        "minutes_number": "示例〔2022〕5号", "meeting_decision": "passed", "meeting_opinion": "同意。",
        "meeting_items": [{k: row[k] for k in ("item_id", "name", "item_class", "scope", "ruling", "note")} for row in task["input"]["meeting_items"]],
    }  # fmt: skip
    paper = {"act_date": "2022-10-20", "paper_number": "示例〔2022〕5号"}
    story.ask(OFFICE, "POST", f"/tasks/{task['id']}/claim")
    story.ask(OFFICE, "POST", f"/tasks/{task['id']}/complete", {"data": data, "act": paper}, status=422)
    late = paper | {"late_reason": "会议在乡镇召开，党政办五日后补录"}
    story.ask(OFFICE, "POST", f"/tasks/{task['id']}/complete", {"data": data, "act": late})
    acts = story.ask(OFFICE, "GET", f"/cases/{story.case}/acts")["items"]
    (meeting,) = [a for a in acts if a["name"] == "乡镇集体研究"]
    assert (meeting["act_date"], meeting["entry_date"], meeting["late"]) == ("2022-10-20", "2022-10-25", True)
    assert meeting["late_reason"].startswith("会议")
    assert [a["act_date"] for a in acts] == sorted(a["act_date"] for a in acts)
    with story.house.database.read() as tx:
        entered = [e.sealed.seq for e in events.list_events(tx, case_id=story.case, limit=200).items]
    assert entered == sorted(entered)
