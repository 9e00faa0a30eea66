"""Reminders and overdue notices."""

from datetime import timedelta

from service.store import notices
from tests.actions.stage import Stage, actor_of


def _texts(stage: Stage, person: str) -> list[str]:
    with stage.database.read() as tx:
        return [n.text for n in notices.list_notifications(tx, actor=actor_of(stage, person)).items]


def test_it_reminds_at_eighty_percent_and_tells_the_efficiency_office_when_over(stage: Stage) -> None:
    case = stage.start().case
    stage.later(timedelta(days=6, hours=20))  # 2022-10-20 24:00 Shanghai is the end of the fourth working day
    stage.work()
    (first,) = _texts(stage, "clerk")
    assert "预警" in first
    assert case.business_key in first
    stage.later(timedelta(days=1))
    stage.work()
    assert "超时" in _texts(stage, "clerk")[0]


def test_it_is_silent_when_the_task_was_done(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.later(timedelta(days=30))
    stage.work()
    assert not [t for t in _texts(stage, "clerk") if "拟清单" in t]
