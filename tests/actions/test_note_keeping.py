"""That a backup was taken or brought back, or the schema moved, is part of the history."""

import json
from functools import partial

from service.actions.note_keeping import NoteKeeping, note_keeping
from service.actions.verify_history import verify_history
from service.domain.keeping import CHAIN
from service.store import events
from tests.actions.stage import Stage
from tests.store.together import at_once


def test_it_is_sealed_with_what_it_tells(stage: Stage) -> None:
    stage.act("system", note_keeping, NoteKeeping("backup.taken", {"sha256": "ab", "events": 7}))
    stage.act("system", note_keeping, NoteKeeping("data.restored", {"sha256": "ab"}))
    with stage.database.read() as tx:
        bodies = [json.loads(event.body) for event in events.read_chain(tx, CHAIN)]
        assert verify_history(tx).breaks == ()
    assert [(b["type"], b["sha256"], b["actor"]) for b in bodies] == [
        ("backup.taken", "ab", "system"),
        ("data.restored", "ab", "system"),
    ]
    assert bodies[0]["events"] == 7


def test_two_at_once_stand_one_behind_the_other(stage: Stage) -> None:
    def note(n: int) -> int:
        return stage.act("system", note_keeping, NoteKeeping("backup.taken", {"events": n})).seq

    assert sorted(at_once([partial(note, n) for n in range(4)])) == [1, 2, 3, 4]
    with stage.database.read() as tx:
        assert verify_history(tx).breaks == ()
