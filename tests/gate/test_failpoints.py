"""The service dies at each named place in turn; afterwards the books balance, and every place was really come by."""

import signal
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service.store import files
from service.store.failpoints import PLACES, point
from service.store.session import Database
from tests.actions.conftest import prepare
from tests.databases import Folder
from tests.gate.books import history
from tests.gate.upkeep import upkeep_holds
from tests.gate.walk import fork
from tests.worker.floor import Floor

pytestmark = [pytest.mark.gate, pytest.mark.timeout(420)]
LONGEST = 120  # seconds of one walk


def die_everywhere(url: str, journals: Path, *, rounds: int = 1) -> int:
    """A walk to each place and no further, ``rounds`` times, then one to the end; answers the deaths."""
    deaths = 0
    for turn in range(rounds):
        for place in PLACES:
            process = fork(url, f"{place}:{turn + 1}", journals / f"{turn}-{place}.journal")
            process.join(LONGEST)
            ended = (-signal.SIGKILL,) if turn == 0 else (-signal.SIGKILL, 0)  # a place may be come by once only
            assert process.exitcode in ended, f"{place}: {process.exitcode}"
            deaths += process.exitcode == -signal.SIGKILL
    last = fork(url, "", journals / "last.journal")
    last.join(LONGEST)
    assert last.exitcode == 0
    return deaths


def books_balance(url: str, journals: Path) -> None:
    """What was acknowledged is there once, nothing was done twice, every chain holds and gives its case's state, no file is torn."""
    floor = Floor(Database(url))
    for days in (50, 100):
        floor.ahead = timedelta(days=days)
        floor.work()
    told = Counter(line for path in journals.glob("*.journal") for line in path.read_text("utf-8").splitlines())
    ids = floor.cases()
    floor.must_hold(*ids)
    done: Counter[str] = Counter()
    for case_id in ids:
        bodies = history(floor, case_id)
        steps = Counter((body["type"], body.get("number", 0)) for body in bodies if "command" in body)
        assert set(steps.values()) <= {1}, f"done twice in {case_id}: {steps}"
        done[f"started {case_id}"] += 1
        done.update(f"completed {case_id}.{b['number']}" for b in bodies if b["type"] == "task.completed")
        _told_once(floor, case_id, bodies)
    kept = [line.split()[1] for line in told if line.startswith("kept ")]
    assert not {
        line: n for line, n in told.items() if line.startswith(("started ", "completed ")) and done[line] != n
    }, "acknowledged and lost"
    assert len(kept) > 1
    with floor.database.read() as tx:
        assert all(b"".join(files.read_blob(tx, sha256)).startswith(b"%PDF") for sha256 in kept)
        torn = "SELECT count(*) FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM attachment UNION SELECT sha256 FROM import_batch)"
        assert tx.connection.execute(text(torn)).scalar_one() == 0
        unsealed = "SELECT count(*) FROM event e LEFT JOIN event_payload p ON p.chain = e.chain AND p.seq = e.seq WHERE p.chain IS NULL"
        assert tx.connection.execute(text(unsealed)).scalar_one() == 0
    upkeep_holds(floor, journals, told)
    floor.database.close()


def _told_once(floor: Floor, case_id: str, bodies: list[dict[str, Any]]) -> None:
    """A handler's notice comes with its step, neither without the other."""
    effects = sum(len(body["effects"]) for body in bodies if body["type"] == "job.finished")
    with floor.database.read() as tx:
        count = "SELECT count(*) FROM notification WHERE case_id = :id AND kind = 'notice'"
        assert tx.connection.execute(text(count), {"id": case_id}).scalar_one() == effects


def test_a_process_may_die_at_any_named_place(folder: Folder, tmp_path: Path) -> None:
    url = folder.fresh("stage", prepare)
    assert die_everywhere(url, tmp_path) == len(PLACES) >= 20
    books_balance(url, tmp_path)
    folder.drop(url)


def test_a_place_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONESEAL_FAILPOINT", "somewhere:1")
    with pytest.raises(ValueError, match="somewhere:1: no such place; there are case_locked"):
        point("tx_ready")


def test_every_place_stands_somewhere_in_the_code() -> None:
    found = " ".join(path.read_text("utf-8") for path in Path("service").rglob("*.py"))
    assert [place for place in PLACES if f'point("{place}")' not in found] == []
