"""Working days of an earlier program are carried on: its known days, its resting case, its limits that must still move."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from service.actions.change_calendar import ChangeCalendar, change_calendar
from service.actions.parts.calendar_change import CalendarGiven
from service.actions.preview_calendar import PreviewCalendar, preview_calendar
from service.domain.calendar import COUNTY, DayKind
from service.domain.calendar_change import DayGiven
from service.domain.cases import CaseStatus
from service.domain.people import SYSTEM
from service.store import calendars, cases, counting
from service.store.schema import migrate
from service.touring import check
from service.wiring import House
from tests.story import WATCHER, Story

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def house(old_url: str) -> Iterator[House]:
    migrate(old_url)
    with Story(old_url) as story:
        story.now = datetime(2022, 10, 18, 1, tzinfo=UTC)
        yield story.house


def test_the_days_it_knew_are_the_countys(house: House) -> None:
    with house.database.read() as tx:
        assert calendars.years_known(tx, COUNTY) == (date(2004, 1, 1), date(2026, 12, 31))
        days = calendars.days_of(tx, COUNTY, date(2022, 10, 1), date(2022, 10, 9))
        calendar = house.frame(tx, channel="api").calendar
    assert [days[date(2022, 10, n)].kind for n in (1, 3, 8)] == [DayKind.REST, DayKind.HOLIDAY, DayKind.SHIFTED]
    assert "chinesecalendar" in days[date(2022, 10, 3)].source
    assert (calendar.is_working(date(2022, 10, 8)), calendar.is_provisional(date(2027, 1, 4))) == (True, True)


def test_its_limits_move_with_the_calendar_and_the_history_holds(house: House) -> None:
    """A rest day for all soon after: every limit that was counted over it moves, tasks and timers alike."""
    given = CalendarGiven(days=[DayGiven(date(2022, 10, 19), DayKind.REST)], source="示例")
    with house.database.begin() as tx:
        before = {(t.case_id, t.number): t.due_at for t in counting.counted_tasks(tx, status=CaseStatus.ACTIVE)}
        frame = house.frame(tx, SYSTEM, channel="cli")
        digest = preview_calendar(frame, PreviewCalendar(given)).digest
        moves = change_calendar(frame, ChangeCalendar(given, digest)).recount.moves
    moved = {(move.case_id, move.number) for move in moves if move.kind == "task"}
    assert moved
    with house.database.read() as tx:
        after = {(t.case_id, t.number): t.due_at for t in counting.counted_tasks(tx, status=CaseStatus.ACTIVE)}
    assert {key for key in before if before[key] != after[key]} == moved
    assert all(after[key] > before[key] for key in moved)
    assert any(move.kind == "timer" for move in moves), "its timers too, of which it kept no number of days"
    found = check(house)
    assert (found.broken, found.differing) == (0, ())


def test_the_case_that_rested_goes_on_with_the_days_of_its_rest(old_url: str) -> None:
    migrate(old_url)
    with Story(old_url) as story:
        story.now = datetime(2022, 10, 24, 1, tzinfo=UTC)
        with story.house.database.read() as tx:
            resting = [
                c
                for id in cases.live_case_ids(tx)
                if (c := cases.get_case(tx, id)) and c.status is CaseStatus.SUSPENDED
            ]
        (case,) = resting
        before = _limit(story, case.id)
        story.ask(WATCHER, "POST", f"/cases/{case.id}/resume", {"reason": "示例"})
        assert _limit(story, case.id) > before
        found = check(story.house)
        assert (found.broken, found.differing) == (0, ())


def _limit(story: Story, case: str) -> str:
    """Of the task the case waits for."""
    waits = story.ask(WATCHER, "GET", f"/cases/{case}")["waits"]
    (found,) = [wait["due_at"] for wait in waits if wait["kind"] == "user"]
    return str(found)
