"""Whether this program can go on with every running case."""

import pytest
from sqlalchemy import text

from service.actions.check_states import check_states
from service.actions.parts.bundles import BundleCache
from tests.actions.stage import Stage


def test_it_reads_every_running_case_and_passes_over_the_ended(stage: Stage) -> None:
    first, second, over = (stage.start().case.id for _ in range(3))
    stage.do("clerk", stage.open_task(second).id, {"batch_name": "x"})
    with stage.database.begin() as tx:
        tx.connection.execute(text("UPDATE case_ SET status = 'cancelled' WHERE id = :id"), {"id": over})
        tx.connection.execute(text("UPDATE case_ SET status = 'suspended' WHERE id = :id"), {"id": first})
    with stage.database.read() as tx:
        found = check_states(tx, bundles=stage.bundles)
    assert (set(found.live), found.unreadable) == ({first, second}, ())


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (b'{"v":99,"n":1,"status":"active","rooms":[],"values":[]}', "99"),
        (b"not json", ""),
        (b'{"v":1}', ""),
    ],
)
def test_it_names_a_case_whose_state_it_cannot_read(stage: Stage, state: bytes, words: str) -> None:
    good, bad = (stage.start().case.id for _ in range(2))
    with stage.database.begin() as tx:
        tx.connection.execute(text("UPDATE case_ SET state = :state WHERE id = :id"), {"id": bad, "state": state})
    with stage.database.read() as tx:
        found = check_states(tx, bundles=stage.bundles)
    assert good in found.live
    assert [each.case_id for each in found.unreadable] == [bad]
    assert words in found.unreadable[0].why


def test_it_names_a_case_whose_diagram_this_program_would_not_take(stage: Stage) -> None:
    """As after a rule of the engine became stricter, or a handler went."""
    case = stage.start().case.id
    with stage.database.read() as tx:
        found = check_states(tx, bundles=BundleCache(set()))
    assert [each.case_id for each in found.unreadable] == [case]
