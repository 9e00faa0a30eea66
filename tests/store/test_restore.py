"""Bringing a backup back: only where nothing is, or where it is meant; and never half."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from service.domain.errors import Conflict, Invalid
from service.settings import Settings
from service.store.backup.archive import Archive
from service.store.backup.bring_back import bring_back, database_name
from service.store.schema import SchemaNewer, differences
from service.store.session import Database
from service.wiring import build
from tests.actions.conftest import prepare
from tests.databases import Folder, Shelf
from tests.store.backups import Bag, restored, saved

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from service.store.backup.archive import Archive
from service.store.backup.bring_back import bring_back
with Archive(Path(sys.argv[1])) as archive:
    with bring_back(archive, sys.argv[2], replace=sys.argv[3], now=datetime.now(UTC)) as tx:
        print("all rows are there", flush=True)
        if sys.argv[4] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def bag(shelf: Shelf) -> Iterator[Bag]:
    found = Bag(shelf, shelf.fresh("stage", prepare))
    found.stage.start()
    yield found
    found.drop()


@pytest.fixture
def kept(bag: Bag, tmp_path: Path) -> Path:
    """A backup of the bag with one case."""
    saved(bag.url, tmp_path / "kept.oneseal")
    return tmp_path / "kept.oneseal"


def count_cases(url: str) -> int:
    with closing(Database(url)) as database, database.read() as tx:
        return int(tx.connection.execute(text("SELECT count(*) FROM case_")).scalar_one())


def ready(url: str) -> str:
    """Why the service would not serve it; "" when it would."""
    house = build(Settings(database_url=url))
    try:
        return house.ready()
    finally:
        house.close()


def test_a_database_that_holds_something_is_left_alone(bag: Bag, kept: Path) -> None:
    bag.stage.start()
    for word in ("", "yes", "other.db"):
        with pytest.raises(Conflict, match=f"--replace {database_name(bag.url)}"):
            restored(kept, bag.url, replace=word)
    assert count_cases(bag.url) == 2


def test_with_its_name_it_is_replaced_and_the_old_one_kept(bag: Bag, kept: Path) -> None:
    bag.stage.start()
    bag.database.close()
    with Archive(kept) as archive, bring_back(archive, bag.url, replace=database_name(bag.url), now=NOW):
        pass
    assert (count_cases(bag.url), differences(bag.url)) == (1, [])
    assert _cases_set_aside(bag) == 2


def _cases_set_aside(bag: Bag) -> int:
    if isinstance(bag.shelf, Folder):
        aside = bag.url + ".replaced-20261124-093000"
        found = count_cases(aside)
        bag.shelf.drop(aside)
        return found
    with closing(Database(bag.url)) as database, database.read() as tx:
        query = "SELECT count(*) FROM replaced_20261124_093000.case_"
        return int(tx.connection.execute(text(query)).scalar_one())


def test_it_is_not_replaced_while_another_process_has_it_open(bag: Bag, kept: Path) -> None:
    name = database_name(bag.url)
    holder = (
        "import sys\nfrom service.store.session import Database\n"
        "d = Database(sys.argv[1]); d.ping()\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, bag.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdin
        assert process.stdout.readline() == b"open\n"
        bag.database.close()
        with pytest.raises(Conflict, match="其他进程"):
            restored(kept, bag.url, replace=name)
        process.stdin.close()
        process.wait(30)
    restored(kept, bag.url, replace=name)
    assert count_cases(bag.url) == 1


@pytest.mark.parametrize("over", ["nothing", "something"])
def test_killed_in_the_middle_nothing_half_done_is_served(bag: Bag, kept: Path, over: str) -> None:
    """All rows are there, not yet committed, when the process dies: what was there before is what is there."""
    bag.stage.start()
    bag.database.close()
    url, word = (bag.url, database_name(bag.url)) if over == "something" else (bag.empty(bag.shelf), "")
    died = subprocess.run([sys.executable, "-c", CHILD, kept, url, word, "die"], capture_output=True, check=False)
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, b"all rows are there\n"), died.stderr
    if over == "something":
        assert (ready(url), count_cases(url)) == ("", 2)
    else:
        assert "没有数据库文件" in ready(url) or "数据库结构为 无" in ready(url)
    again = subprocess.run([sys.executable, "-c", CHILD, kept, url, word, "live"], capture_output=True, check=False)
    assert again.returncode == 0, again.stderr
    assert (ready(url), count_cases(url)) == ("", 1)


def test_what_fails_on_the_way_leaves_what_was_there(bag: Bag, kept: Path) -> None:
    bag.database.close()
    with pytest.raises(ZeroDivisionError), Archive(kept) as archive:  # noqa: SIM117
        with bring_back(archive, bag.url, replace=database_name(bag.url), now=NOW):
            raise ZeroDivisionError
    assert count_cases(bag.url) == 1
    empty = bag.empty(bag.shelf)
    with pytest.raises(ZeroDivisionError), Archive(kept) as archive:  # noqa: SIM117
        with bring_back(archive, empty, replace="", now=NOW):
            raise ZeroDivisionError
    assert ready(empty)
    restored(kept, empty)
    assert count_cases(empty) == 1


def test_a_backup_of_a_newer_program_is_refused(bag: Bag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _written_otherwise(bag, tmp_path / "newer.oneseal", monkeypatch, revision="9999")
    with pytest.raises(SchemaNewer, match="9999"):
        restored(tmp_path / "newer.oneseal", bag.empty(bag.shelf))
    _written_otherwise(bag, tmp_path / "format.oneseal", monkeypatch, format=2)
    with pytest.raises(Invalid, match="第2版"):
        Archive(tmp_path / "format.oneseal")


def test_a_backup_whose_history_is_not_what_it_says_is_refused(
    bag: Bag, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written_otherwise(bag, tmp_path / "other.oneseal", monkeypatch, heads="0" * 64)
    empty = bag.empty(bag.shelf)
    with pytest.raises(Invalid, match="已损坏"):
        restored(tmp_path / "other.oneseal", empty)
    assert ready(empty)


def test_a_row_that_refers_to_nothing_is_refused(bag: Bag, tmp_path: Path) -> None:
    """As a database whose keys were switched off can hold it."""
    bag.without_keys("DELETE FROM person WHERE id = 'director'")
    saved(bag.url, tmp_path / "a.oneseal")
    empty = bag.empty(bag.shelf)
    with pytest.raises(Invalid, match="post_holding"):
        restored(tmp_path / "a.oneseal", empty)
    assert ready(empty)


def test_a_wal_that_lies_there_without_its_database_is_not_played_into_the_new_one(
    folder: Folder, tmp_path: Path
) -> None:
    """Whoever loses the file alone keeps its WAL, and SQLite would apply it to whatever has the name."""
    bag = Bag(folder, folder.fresh("stage", prepare))
    saved(bag.url, tmp_path / "kept.oneseal")
    place = tmp_path / "oneseal.db"
    url = f"sqlite:///{place}"
    restored(tmp_path / "kept.oneseal", url)
    script = (
        "import os, signal, sys\nfrom service.store.session import Database\nfrom sqlalchemy import text\n"
        "d = Database(sys.argv[1])\n"
        "with d.begin() as tx: tx.connection.execute(text('DELETE FROM post_holding'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, url], check=False)
    wal = place.with_name("oneseal.db-wal")
    assert wal.stat().st_size
    place.unlink()
    with Archive(tmp_path / "kept.oneseal") as archive, bring_back(archive, url, replace="", now=NOW):
        pass
    with closing(Database(url)) as database, database.read() as tx:
        assert tx.connection.execute(text("SELECT count(*) FROM post_holding")).scalar_one()
    assert (tmp_path / "oneseal.db-wal.replaced-20261124-093000").exists()
    bag.drop()


def test_a_damaged_file_is_replaced_by_its_name_and_kept(folder: Folder, tmp_path: Path) -> None:
    bag = Bag(folder, folder.fresh("stage", prepare))
    saved(bag.url, tmp_path / "kept.oneseal")
    place = tmp_path / "oneseal.db"
    place.write_bytes(os.urandom(8192))
    with pytest.raises(Conflict, match=r"oneseal\.db 不是空的"):
        restored(tmp_path / "kept.oneseal", f"sqlite:///{place}")
    restored(tmp_path / "kept.oneseal", f"sqlite:///{place}", replace="oneseal.db")
    assert ready(f"sqlite:///{place}") == ""
    assert len(list(tmp_path.glob("oneseal.db.replaced-*"))) == 1
    bag.drop()


def _written_otherwise(bag: Bag, path: Path, monkeypatch: pytest.MonkeyPatch, **other: object) -> None:
    """A backup as another program would write it: its manifest says something else, its seal holds."""
    honest = asdict
    with monkeypatch.context() as patched:
        patched.setattr("service.store.backup.archive.asdict", lambda manifest: honest(manifest) | other)
        saved(bag.url, path)
