"""Two workers and one set of reminders: each word is said once."""

from datetime import timedelta

from sqlalchemy import text

from service.store import events
from tests.store.together import until
from tests.worker.floor import Floor, running


def test_two_workers_say_each_word_once(floor: Floor) -> None:
    cases = [floor.people().start().case.id for _ in range(6)]
    floor.ahead = timedelta(days=60)  # reminder, overdue and escalation of every task are due
    with running(floor.worker("one"), floor.worker("other")):
        until(lambda: _open_reminders(floor) == 0)
    with floor.database.read() as tx:
        for case in cases:
            types = [event.type for event in events.list_events(tx, case_id=case, limit=50).items]
            assert [types.count(f"task.{about}") for about in ("reminder", "overdue", "escalation")] == [1, 1, 1]
        told = tx.connection.execute(
            text("SELECT kind, count(*) AS times FROM notification WHERE post = 'center_clerk' GROUP BY kind")
        )
        assert {row.kind: row.times for row in told} == {"reminder": 6, "overdue": 6, "escalation": 6}
    floor.must_hold(*cases)


def _open_reminders(floor: Floor) -> int:
    with floor.database.read() as tx:
        statement = text("SELECT count(*) FROM job WHERE kind = 'remind' AND status = 'due'")
        return int(tx.connection.execute(statement).scalar_one())
