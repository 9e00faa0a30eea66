"""The course of a case, in the order of the paper."""

from datetime import date, timedelta

import pytest

from service.actions.look_at_acts import look_at_acts
from service.domain.cases import Act
from service.domain.errors import NotFound
from tests.actions.stage import Stage


def _with_late_meeting(stage: Stage) -> str:
    """Drafted on the 14th; on the 25th the director enters what was decided on the 12th."""
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "第一批"})
    stage.work()
    stage.later(timedelta(days=11))
    act = Act(act_date=date(2022, 10, 12), late_reason="会议在乡镇召开，事后补录", paper_number="示例〔2022〕5号")
    stage.do("director", stage.open_task(case.id).id, {"decision": "agree", "opinion": "同意"}, act)
    return case.id


def test_it_orders_by_the_day_on_paper_and_marks_what_disagrees(stage: Stage) -> None:
    case_id = _with_late_meeting(stage)
    with stage.frame("director") as frame:
        found = look_at_acts(frame, case_id)
    assert [(a.type, a.act_date, a.entry_date, a.late, a.before_earlier) for a in found] == [
        ("task.completed", date(2022, 10, 12), date(2022, 10, 25), True, True),
        ("case.started", date(2022, 10, 14), date(2022, 10, 14), False, False),
        ("task.completed", date(2022, 10, 14), date(2022, 10, 14), False, False),
    ]
    meeting = found[0]
    assert (meeting.name, meeting.decision, meeting.opinion) == ("主任审核", "agree", "同意")
    assert (meeting.late_reason, meeting.paper_number) == ("会议在乡镇召开，事后补录", "示例〔2022〕5号")
    assert (meeting.post, meeting.organisation) == ("center_director", "huotian-center")


def test_the_log_stays_in_order_of_entry(stage: Stage) -> None:
    case_id = _with_late_meeting(stage)
    with stage.frame("director") as frame:
        found = look_at_acts(frame, case_id)
    assert sorted(found, key=lambda a: a.seq) == sorted(found, key=lambda a: a.entered_at)


def test_it_is_hidden_from_another_township(stage: Stage) -> None:
    case_id = _with_late_meeting(stage)
    with pytest.raises(NotFound), stage.frame("heping-clerk") as frame:
        look_at_acts(frame, case_id)
