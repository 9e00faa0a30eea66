"""Checking every chain."""

from service.actions.verify_history import verify_history
from tests.actions.stage import Stage
from tests.databases import tamper


def test_an_honest_database_has_no_break(stage: Stage) -> None:
    for _ in range(3):
        case = stage.start().case
        stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    stage.work()
    with stage.database.read() as tx:
        checked = verify_history(tx)
    assert checked.breaks == ()
    assert checked.chains >= 4
    assert checked.events >= 3 * 4


def test_one_changed_byte_is_named_with_its_event(stage: Stage) -> None:
    case = stage.start().case
    stage.do("clerk", stage.open_task(case.id).id, {"batch_name": "x"})
    tamper(stage.database, f"case/{case.id}", 2)
    with stage.database.read() as tx:
        (broken,) = verify_history(tx).breaks
    assert (broken.chain, broken.seq, broken.what) == (f"case/{case.id}", 2, "hash")
