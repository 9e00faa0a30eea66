"""``oneseal backup`` and ``restore`` as an administrator uses them: while the county works, after the database was lost, on a full disk."""

import os
import resource
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from service.store import cases, sessions, tokens
from service.store.session import Database
from service.store.sessions import Session
from service.touring import check
from tests.commands.service import COMMAND, Service, environment, run
from tests.databases import Folder, Server, Shelf, tamper
from tests.store.together import until
from tests.story import Story, batch_of

pytestmark = [pytest.mark.road, pytest.mark.timeout(400)]
CLERK, DRAFT = "huotian-clerk", "编制授权事项建议清单"
ITEMS = ("shengyu-dengji", "gaoling-jintie", "dibao-shenhe")


def play(story: Story, stop: threading.Event, failures: list[Exception]) -> None:
    """The batch's people at work until they are told to stop, or until it is on trial."""
    try:
        while (waiting := story.waiting()) and not stop.is_set():
            story.plays(waiting[0])
    except Exception as error:
        failures.append(error)


@contextmanager
def at_work(url: str) -> Iterator[list[Exception]]:
    """Three batches of the main job, each by a service and a worker of its own, in a thread of its own."""
    stop, failures = threading.Event(), list[Exception]()
    with ExitStack() as stack:
        stories = [stack.enter_context(Story(url)) for _ in ITEMS]
        for story, item in zip(stories, ITEMS, strict=True):
            # An application makes its routes ready with its first request, and not in several threads at once.
            story.ask(CLERK, "GET", "/nowhere", status=404)
            story.begins(CLERK, township="huotian").does(CLERK, DRAFT, batch_of(item))
        threads = [threading.Thread(target=play, args=(story, stop, failures)) for story in stories]
        for thread in threads:
            thread.start()
        yield failures
        stop.set()
        for thread in threads:
            thread.join(120)


def events_in(url: str) -> int:
    with closing(Database(url)) as database, database.read() as tx:
        return int(tx.connection.execute(text("SELECT count(*) FROM event")).scalar_one())


def bare(shelf: Shelf) -> str:
    name = f"bare{next(shelf.names)}"
    shelf.create(name, template=None)
    return shelf.url_of(name)


def lost(shelf: Shelf, url: str) -> str:
    """The file is gone; or the server is a new one, where somebody made an empty database of the old name."""
    shelf.drop(url)
    if isinstance(shelf, Server):
        shelf.create(url.removeprefix(f"{shelf.url}{shelf.mark}"), template=None)
    return url


def test_taken_while_all_work_and_brought_back_after_the_loss_the_cases_go_on(
    county_url: str, shelf: Shelf, tmp_path: Path
) -> None:
    with at_work(county_url) as failures:
        until(lambda: events_in(county_url) > 150 or bool(failures), seconds=120)
        before = events_in(county_url)
        done = run(county_url, "backup", str(tmp_path / "kept.oneseal"))
        assert done.returncode == 0, done.stdout + done.stderr
        after = events_in(county_url)
    assert not failures
    url = lost(shelf, county_url)
    back = run(url, "restore", str(tmp_path / "kept.oneseal"), "--replay")
    assert back.returncode == 0, back.stdout + back.stderr
    assert "没有断裂" in back.stdout
    assert "，0个不一致" in back.stdout
    assert before <= events_in(url) - 1 <= after, "one event more: that it was restored"
    verified, replayed = run(url, "verify"), run(url, "replay", "--all")
    assert (verified.returncode, replayed.returncode) == (0, 0), verified.stdout + replayed.stdout
    with Story(url) as story:
        for case in _batches(url):
            story.case = case
            story.goes_on_to_the_trial()
        found = check(story.house)
    assert (found.broken, found.differing) == (0, ())
    assert found.replayed >= 3


def _batches(url: str) -> list[str]:
    with closing(Database(url)) as database, database.read() as tx:
        live = [cases.get_case(tx, id) for id in cases.live_case_ids(tx)]
    return [case.id for case in live if case and not case.parent_case_id]


def test_a_service_that_serves_is_not_disturbed_and_tells_of_it(county_url: str, tmp_path: Path) -> None:
    with Service(county_url) as service:
        service.start()
        done = run(county_url, "backup", f"{tmp_path}/")
        assert done.returncode == 0, done.stdout + done.stderr
        assert service.stop() == 0
    (path,) = tmp_path.iterdir()
    assert path.name.startswith("oneseal-20")
    assert path.stat().st_mode & 0o777 == 0o600
    told = run(county_url, "backup", "--check", str(path), ONESEAL_DATABASE_URL="sqlite:////nowhere/at/all.db")
    assert told.returncode == 0, told.stderr
    assert told.stdout in done.stdout
    with closing(Database(county_url)) as database, database.read() as tx:
        query = "SELECT body FROM event WHERE chain = 'keeping' AND type = 'backup.taken'"
        body = tx.connection.execute(text(query)).scalar_one()
    digest = done.stdout.partition("SHA-256 ")[2].split()[0]
    assert digest in body
    assert path.name in body


def test_a_byte_that_turned_is_found_before_anything_is_brought_back(
    embedded_url: str, folder: Folder, tmp_path: Path
) -> None:
    path = tmp_path / "kept.oneseal"
    assert run(embedded_url, "backup", str(path)).returncode == 0
    turned = bytearray(path.read_bytes())
    turned[len(turned) // 2] ^= 1
    path.write_bytes(turned)
    url = bare(folder)
    for command in (["backup", "--check", str(path)], ["restore", str(path)]):
        refused = run(url, *command)
        assert (refused.returncode, "已损坏" in refused.stderr) == (2, True), refused.stdout + refused.stderr
    assert not Path(url.removeprefix("sqlite:///")).exists()


def test_a_history_that_was_broken_before_is_told_and_kept_all_the_same(
    county_url: str, shelf: Shelf, tmp_path: Path
) -> None:
    with Story(county_url) as story:
        case = story.begins(CLERK, township="huotian").case
    with closing(Database(county_url)) as database:
        tamper(database, f"case/{case}", 1)
    path = tmp_path / "kept.oneseal"
    url = bare(shelf)
    for command in (
        run(county_url, "backup", str(path)),
        run(county_url, "backup", "--check", str(path)),
        run(url, "restore", str(path)),
        run(url, "verify"),
    ):
        assert command.returncode == 1, command.stdout + command.stderr
        assert f"断裂：链 case/{case} 第1条" in command.stdout
    shelf.drop(url)


def test_old_backups_go_when_the_new_one_is_there_and_others_stay(embedded_url: str, tmp_path: Path) -> None:
    for name in (
        "oneseal-20240101-020000.oneseal",
        "oneseal-20250101-020000.oneseal",
        "oneseal-20260101-020000.oneseal",
    ):
        (tmp_path / name).write_text("an old one")
    strangers = ["before-upgrade-of-0001-20240101-020000.oneseal", "oneseal-mine.oneseal", "letter.txt"]
    for name in strangers:
        (tmp_path / name).write_text("not ours to drop")
    done = run(embedded_url, "backup", str(tmp_path), "--keep", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    left = {path.name for path in tmp_path.iterdir()}
    new = {name for name in left if name.startswith("oneseal-2") and name > "oneseal-20260101-020000.oneseal"}
    assert len(new) == 1
    assert left == {*strangers, "oneseal-20260101-020000.oneseal", *new}
    failed = run(embedded_url, "backup", str(tmp_path / "gone") + "/", "--keep", "1")
    assert failed.returncode == 2
    assert {path.name for path in tmp_path.iterdir()} == left, "nothing goes when there is no new one"


def _with_small_files(limit: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def limited(url: str, limit: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, allowed files of at most so many bytes: as on a disk that is full."""
    return subprocess.run(
        [COMMAND, *arguments], env=environment(url), capture_output=True, text=True, timeout=100, check=False,
        preexec_fn=_with_small_files(limit),
    )  # fmt: skip


def test_a_full_disk_leaves_no_file_that_looks_whole(embedded_url: str, folder: Folder, tmp_path: Path) -> None:
    kept = tmp_path / "kept.oneseal"
    assert run(embedded_url, "backup", str(kept)).returncode == 0
    size = kept.stat().st_size
    for limit in (40_000, size - 1):  # with less SQLite itself cannot open
        refused = limited(embedded_url, limit, "backup", str(tmp_path / "full.oneseal"))
        assert refused.returncode == 2, refused.stdout
        assert "没有写成" in refused.stderr
        assert "Traceback" not in refused.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["kept.oneseal"]
    url = bare(folder)
    place = Path(url.removeprefix("sqlite:///"))
    refused = limited(url, 500_000, "restore", str(kept))
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False), refused.stdout + refused.stderr
    assert not list(place.parent.glob(f"{place.name}*"))


def test_a_small_disk_of_its_own(embedded_url: str, tmp_path: Path) -> None:
    """The same on a real one: a file system in memory that has no room left."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        refused = run(embedded_url, "backup", f"{disk}/")
        assert (refused.returncode, "没有写成" in refused.stderr) == (2, True), refused.stdout + refused.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_writer_that_was_killed_leaves_nothing_for_long(embedded_url: str, tmp_path: Path) -> None:
    left = tmp_path / ".oneseal-20240101-020000.oneseal.partial"
    left.write_text("half")
    assert run(embedded_url, "backup", str(tmp_path)).returncode == 0
    assert not left.exists()


def test_what_is_not_there_is_named(embedded_url: str, tmp_path: Path) -> None:
    for url, arguments, words in (
        (f"sqlite:///{tmp_path / 'none.db'}", ["backup", str(tmp_path)], "没有数据库文件"),
        (embedded_url, ["backup", str(tmp_path / "no" / "x.oneseal")], "没有写成"),
        (embedded_url, ["backup", "--check", str(tmp_path / "none.oneseal")], "none.oneseal"),
        (embedded_url, ["restore", str(tmp_path / "none.oneseal")], "none.oneseal"),
    ):
        refused = run(url, *arguments)
        assert (refused.returncode, words in refused.stderr) == (2, True), refused.stdout + refused.stderr
        assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_was_signed_in_signs_in_anew(embedded_url: str, folder: Folder, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    later = now + timedelta(hours=8)
    with closing(Database(embedded_url)) as database, database.begin() as tx:
        sessions.add_session(tx, Session("s", "s", CLERK, now, later, later, now))
        tokens.add_api_token(
            tx, id="t", token_hash="t", person_id=CLERK, name="接口", scopes=["read"], created_at=now, expires_at=later
        )
    assert run(embedded_url, "backup", str(tmp_path / "kept.oneseal")).returncode == 0
    for options, alive in (([], (False, False)), (["--keep-tokens", "--keep-sessions"], (True, True))):
        url = bare(folder)
        done = run(url, "restore", str(tmp_path / "kept.oneseal"), *options)
        assert done.returncode == 0, done.stderr
        assert ("已结束1个登录会话、作废1个接口令牌" in done.stdout) == (alive == (False, False))
        with closing(Database(url)) as database, database.read() as tx:
            session, token = sessions.session_by_hash(tx, "s"), tokens.api_token_by_hash(tx, "t")
        assert session
        assert token
        assert (session.ended_at is None, token.revoked_at is None) == alive
        folder.drop(url)
