"""A database of an earlier program with live cases is carried on: nothing is lost, every case goes to its end, every history holds."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from service.domain.cases import CaseStatus
from service.domain.items import Marks, Sorting
from service.store import cases, items, tasks
from service.store.backup.archive import Part
from service.store.backup.take import take
from service.store.schema import differences, newest_revision, steps_after
from service.store.session import Database
from service.touring import check
from tests.commands.service import environment, run
from tests.databases import Shelf
from tests.story import WATCHER, Story
from tests.upgrade.old_life import to_the_end

pytestmark = pytest.mark.timeout(500)
NOW_IN = {"calendar_day": "work_day"}  # tables whose rows stand under another name since
BEGIN = datetime(2022, 10, 18, 1, tzinfo=UTC)
TRIES = (date(2022, 10, 19), date(2022, 10, 20))


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def content(url: str, folder: Path) -> dict[str, Part]:
    """Every table with the digest of its rows, read without changing anything."""
    with opened(url) as database, database.read() as tx:
        path = folder / f"{len(list(folder.iterdir()))}.oneseal"
        revision = database.schema_revision()
        assert revision
        manifest, _ = take(tx, path, revision=revision, at=BEGIN)
    return {part.table: part for part in manifest.parts}


def live_cases(url: str) -> list[str]:
    with opened(url) as database, database.read() as tx:
        return cases.live_case_ids(tx)


def test_it_says_what_it_would_do_and_changes_nothing(old_url: str, revision: str, tmp_path: Path) -> None:
    before = content(old_url, tmp_path)
    done = run(old_url, "upgrade", "--dry-run", ONESEAL_BACKUPS=str(tmp_path / "backups"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"数据库结构为 {revision}，本程序为 {newest_revision()}" in done.stdout
    assert all(f"  {step.revision}  {step.title}" in done.stdout for step in steps_after(revision))
    assert f"在办案件{len(live_cases(old_url))}个，其中0个不能继续办理" in done.stdout
    assert "试升级成功" in done.stdout
    assert "MiB" in done.stdout
    assert content(old_url, tmp_path) == before
    assert not (tmp_path / "backups").exists()


def test_after_it_every_live_case_goes_on_to_its_end(old_url: str, revision: str, tmp_path: Path) -> None:
    live = live_cases(old_url)
    assert len(live) > 10
    done = run(old_url, "upgrade", "--sample", "100", ONESEAL_BACKUPS=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "没有断裂" in done.stdout
    assert f"重放{len(live)}个案件，0个不一致" in done.stdout
    assert differences(old_url) == []
    (kept,) = tmp_path.glob(f"before-upgrade-of-{revision}-*.oneseal")
    assert kept.stat().st_mode & 0o777 == 0o600
    with Story(old_url) as story:
        _the_first_stands_until_its_item_is_sorted(story, _parents(old_url))
        _all_to_their_end(story, _parents(old_url))
        found = check(story.house)
        assert (found.broken, found.differing) == (0, ())
    assert live_cases(old_url) == []
    assert _open_tasks(old_url, live) == []


def test_a_backup_of_before_is_brought_back_and_upgraded(
    old_url: str, revision: str, tmp_path: Path, shelf: Shelf
) -> None:
    """The way back: the old backup into an empty database of this program."""
    before = content(old_url, tmp_path)
    (kept,) = tmp_path.glob("*.oneseal")
    name = f"back{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    done = run(url, "restore", str(kept), "--replay")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"结构 {revision}" in done.stdout
    assert differences(url) == []
    after = content(url, tmp_path)
    assert {t: after[NOW_IN.get(t, t)].rows for t in before if t not in ("event", "event_payload", "chain")} == {
        t: part.rows for t, part in before.items() if t not in ("event", "event_payload", "chain")
    }
    shelf.drop(url)


def test_it_is_refused_while_another_process_has_the_database_open(old_url: str, tmp_path: Path) -> None:
    before = content(old_url, tmp_path)
    with _somebody(old_url) as pid:
        refused = run(old_url, "upgrade", ONESEAL_BACKUPS=str(tmp_path))
        assert refused.returncode == 2, refused.stdout
        assert "其他进程" in refused.stderr
        if old_url.startswith("postgresql"):
            assert f"oneseal {pid} @" in refused.stderr
        tried = run(old_url, "upgrade", "--dry-run", ONESEAL_BACKUPS=str(tmp_path))
        assert tried.returncode == 0, tried.stdout + tried.stderr
    assert content(old_url, tmp_path) == before
    done = run(old_url, "upgrade", ONESEAL_BACKUPS=str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_refused_without_room_for_the_backup(old_url: str, tmp_path: Path) -> None:
    """The folder is not there, as a drive that is not mounted: without the backup nothing is changed."""
    before = content(old_url, tmp_path)
    refused = run(old_url, "upgrade", "--backup", str(tmp_path / "not-mounted") + "/")
    assert (refused.returncode, "not-mounted" in refused.stderr) == (2, True), refused.stdout + refused.stderr
    assert content(old_url, tmp_path) == before
    assert run(old_url, "upgrade", "--no-backup").returncode == 0


def test_it_is_undone_when_a_case_could_not_go_on(old_url: str, revision: str, tmp_path: Path) -> None:
    """Its state is of a kind this program does not know: tried, told, and nothing has changed."""
    with opened(old_url) as database, database.begin() as tx:
        harm = "UPDATE case_ SET state = :state WHERE id = (SELECT min(id) FROM case_ WHERE status = 'active')"
        tx.connection.execute(text(harm), {"state": b'{"v":99}'})
    before = content(old_url, tmp_path)
    for command, words in ((["upgrade", "--dry-run"], "试升级后有案件不能继续办理"), (["upgrade"], "已全部撤回")):
        refused = run(old_url, *command, ONESEAL_BACKUPS=str(tmp_path))
        assert refused.returncode, refused.stdout
        assert words in refused.stdout + refused.stderr
        assert "其中1个不能继续办理" in refused.stdout
        assert content(old_url, tmp_path) == before
    with opened(old_url) as database:
        assert database.schema_revision() == revision


def test_a_database_of_a_newer_program_is_refused(old_url: str, tmp_path: Path) -> None:
    with opened(old_url) as database, database.begin() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for command in (["upgrade"], ["upgrade", "--dry-run"], ["migrate"], ["backup", str(tmp_path)]):
        refused = run(old_url, *command)
        assert (refused.returncode, "9999" in refused.stderr) == (2, True), refused.stdout + refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_migrate_works_as_before(old_url: str) -> None:
    assert run(old_url, "migrate").returncode == 0
    assert differences(old_url) == []
    again = run(old_url, "upgrade")
    assert (again.returncode, "无须升级" in again.stdout) == (0, True)


def _parents(url: str) -> list[str]:
    """Cases nobody else began: those they began end with them."""
    with opened(url) as database, database.read() as tx:
        found = [cases.get_case(tx, id) for id in cases.live_case_ids(tx)]
    return [case.id for case in found if case and not case.parent_case_id]


def _the_first_stands_until_its_item_is_sorted(story: Story, ids: list[str]) -> None:
    """What came later holds for old cases too: nothing is authorised that was not sorted. People mend it, and the case goes on."""
    story.now, story.case = BEGIN, next(id for id in ids if "director_review" in _elements(story, id))
    story.goes_on_to_the_trial()
    for day in TRIES:
        story.on(day)
    (incident,) = _incidents(story)
    assert "先梳理" in incident["message"]
    with story.house.database.begin() as tx:
        for item in items.all_items(tx):  # the departments' part, by the hand of the store
            by, at = f"{item.department_id}-clerk", story.now
            done = Marks(Sorting.DESCRIBED, sorted_by=by, sorted_at=at, described_by=by, described_at=at)
            items.set_marks(tx, item.id, item.version, done)
    story.ask("sysadmin", "POST", f"/incidents/{incident['id']}/retry", {"reason": "事项已梳理"})
    story.on(story.now.date()).goes_on_to_the_trial()
    assert _incidents(story) == []


def _elements(story: Story, case: str) -> set[str]:
    return {wait["element"] for wait in story.ask(WATCHER, "GET", f"/cases/{case}")["waits"]}


def _incidents(story: Story) -> list[dict[str, Any]]:
    found = story.ask("sysadmin", "GET", "/incidents?status=open")["items"]
    return [each for each in found if each["case"] == story.case]


def _all_to_their_end(story: Story, ids: list[str]) -> None:
    going = [id for id in ids if not _cancelled(story, id)]
    for case in going:
        story.case = case
        story.goes_on_to_the_trial()
    to_the_end(story, *going)


def _cancelled(story: Story, case: str) -> bool:
    """The case that was suspended is begun no more."""
    with story.house.database.read() as tx:
        found = cases.get_case(tx, case)
    assert found
    if found.status is CaseStatus.SUSPENDED:
        story.ask(WATCHER, "POST", f"/cases/{case}/cancel", {"reason": "不再办理"})
    return found.status is CaseStatus.SUSPENDED


def _open_tasks(url: str, ids: list[str]) -> list[str]:
    with opened(url) as database, database.read() as tx:
        return [task.id for id in ids for task in tasks.tasks_of_case(tx, id, open_only=True)]


@contextmanager
def _somebody(url: str) -> Iterator[int]:
    """Another process of ours that looked at the database once and is still there."""
    script = (
        "import sys\nfrom service.store.session import Database\nDatabase(sys.argv[1]).ping()\n"
        "d = Database(sys.argv[1]); d.ping()\nprint('here', flush=True)\nsys.stdin.read()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(url)
    )
    assert process.stdout
    assert process.stdin
    assert process.stdout.readline() == b"here\n"
    yield process.pid
    process.stdin.close()
    process.wait(30)
    process.stdout.close()
