"""A backup is one file that holds everything, from either database into either; no byte of it can turn unseen."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from service.actions.replay_case import replay_case
from service.actions.upload_file import UploadFile, upload_file
from service.actions.verify_history import verify_history
from service.domain.errors import Conflict, Invalid, OneSealError
from service.domain.history import Break
from service.store.backup.archive import Archive, Manifest
from service.store.backup.look import look
from service.store.backup.values import fields_of
from service.store.schema import newest_revision, steps_after, tables_at
from service.store.session import Database
from service.store.tables import clock_setting
from tests.actions.conftest import prepare
from tests.actions.stage import BEGIN, Stage
from tests.databases import Server, Shelf, tamper
from tests.store.backups import Bag, restored, saved

BOTH = ("sqlite", "postgresql")


@pytest.fixture
def bag(shelf: Shelf) -> Iterator[Bag]:
    """A stage with a few cases at different steps, and somewhere to put what comes of it."""
    found = Bag(shelf, shelf.fresh("stage", prepare))
    yield found
    found.drop()


def full(stage: Stage) -> list[str]:
    """Cases at both steps, one over, one with a file and a draft; answers their ids."""
    ids = [stage.start().case.id for _ in range(4)]
    for id in ids[1:]:
        stage.do("clerk", stage.open_task(id).id, {"batch_name": "第一批\u2028“引号”\\ 𠮷"})
        stage.work()
    stage.do("director", stage.open_task(ids[1]).id, {"decision": "agree"})
    order = UploadFile("批文.pdf", "application/pdf", lambda: [bytes(range(256)) * 3000], 1 << 30)
    stage.act("clerk", upload_file, order)
    return ids


def rows(path: Path) -> dict[str, Counter[str]]:
    """Table -> its rows, whatever their order: the databases sort text each in its own way."""
    with Archive(path) as archive:
        return {
            part.table: Counter(json.dumps(row, default=str) for row in archive.rows(part))
            for part in archive.manifest.parts
        }


@pytest.mark.parametrize("target", BOTH)
def test_what_comes_back_is_what_was_there(
    bag: Bag, target: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    ids = full(bag.stage)
    manifest = saved(bag.url, tmp_path / "a.oneseal")
    assert (manifest.revision, manifest.format) == (newest_revision(), 1)
    shelf: Shelf = request.getfixturevalue("folder" if target == "sqlite" else "server")
    url = bag.empty(shelf)
    restored(tmp_path / "a.oneseal", url)
    again = saved(url, tmp_path / "b.oneseal")
    assert rows(tmp_path / "a.oneseal") == rows(tmp_path / "b.oneseal")
    assert (again.heads, again.chains, again.events) == (manifest.heads, manifest.chains, manifest.events)
    with closing(Database(url)) as database:
        stage = Stage(database, now=BEGIN + timedelta(days=1))
        with database.read() as tx:
            assert verify_history(tx).breaks == ()
            assert all(replay_case(tx, id, bundles=stage.bundles).same for id in ids)
        stage.do("director", stage.open_task(ids[2]).id, {"decision": "agree"})
        with database.read() as tx:
            assert verify_history(tx).breaks == ()
            assert replay_case(tx, ids[2], bundles=stage.bundles).same


def test_the_triggers_keys_and_indexes_are_those_of_a_new_database(bag: Bag, tmp_path: Path) -> None:
    full(bag.stage)
    saved(bag.url, tmp_path / "a.oneseal")
    url = bag.empty(bag.shelf)
    restored(tmp_path / "a.oneseal", url)
    assert _made_of(url) == _made_of(bag.url)
    with closing(Database(url)) as database:
        for statement in ("UPDATE event SET body = 'x'", "DELETE FROM event", "UPDATE event_payload SET content = 'x'"):
            with pytest.raises(Exception, match=r"never changed|only erased"), database.begin() as tx:
                tx.connection.execute(text(statement))
        with pytest.raises(Exception, match=r"(?i)foreign key"), database.begin() as tx:
            tx.connection.execute(text("UPDATE case_ SET township_id = 'nowhere'"))


def test_columns_that_number_themselves_go_on_behind_what_is_there(server: Server, tmp_path: Path) -> None:
    bag = Bag(server, server.fresh("stage", prepare))
    with closing(Database(bag.url)) as database, database.begin() as tx:
        tx.connection.execute(insert(clock_setting), [{"id": n, "offset_seconds": 0} for n in (1, 2, 7)])
    saved(bag.url, tmp_path / "a.oneseal")
    url = bag.empty(server)
    restored(tmp_path / "a.oneseal", url)
    with closing(Database(url)) as database, database.begin() as tx:
        made = tx.connection.execute(insert(clock_setting).values(offset_seconds=1).returning(clock_setting.c.id))
        assert made.scalar_one() == 8
    bag.drop()


def test_every_byte_that_turns_is_found(bag: Bag, tmp_path: Path) -> None:
    full(bag.stage)
    saved(bag.url, tmp_path / "a.oneseal")
    whole = (tmp_path / "a.oneseal").read_bytes()
    places = {*range(0, len(whole), 499), 0, 4, 10, len(whole) - 1, len(whole) - 64, len(whole) - 65, len(whole) - 100}
    for place in sorted(places):
        turned = bytearray(whole)
        turned[place] ^= 0x20
        (tmp_path / "turned").write_bytes(turned)
        with pytest.raises(Invalid):
            Archive(tmp_path / "turned")
    for length in (0, 1, 64, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut").write_bytes(whole[:length])
        with pytest.raises(Invalid):
            Archive(tmp_path / "cut")
    (tmp_path / "longer").write_bytes(whole + b"x")
    with pytest.raises(Invalid):
        Archive(tmp_path / "longer")


def test_a_break_of_the_history_is_seen_in_the_backup_without_a_database(bag: Bag, tmp_path: Path) -> None:
    ids = full(bag.stage)
    saved(bag.url, tmp_path / "good.oneseal")
    with Archive(tmp_path / "good.oneseal") as archive:
        assert look(archive).breaks == ()
    tamper(bag.database, f"case/{ids[1]}", 2)
    saved(bag.url, tmp_path / "bad.oneseal")
    with Archive(tmp_path / "bad.oneseal") as archive:
        assert look(archive).breaks == (Break(f"case/{ids[1]}", 2, "hash"),)
    with bag.database.read() as tx:
        assert verify_history(tx).breaks == (Break(f"case/{ids[1]}", 2, "hash"),)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM {payload} WHERE chain LIKE 'case/%' AND seq = 1",
        "UPDATE {event} SET actor_id = 'other' WHERE chain LIKE 'case/%' AND seq = 2",
        "DELETE FROM chain",
        "UPDATE case_ SET event_seq = event_seq + 1",
    ],
)
def test_looking_finds_the_same_breaks_as_the_database_does(bag: Bag, tmp_path: Path, harm: str) -> None:
    full(bag.stage)
    bag.without_triggers(harm.format(event="event", payload="event_payload"))
    saved(bag.url, tmp_path / "a.oneseal")
    with Archive(tmp_path / "a.oneseal") as archive, bag.database.read() as tx:
        there = verify_history(tx).breaks
        assert there
        assert sorted(map(str, look(archive).breaks)) == sorted(map(str, there))


def test_all_rows_of_all_revisions_can_be_kept() -> None:
    for step in steps_after(None):
        for table in tables_at(step.revision).sorted_tables:
            assert fields_of(table)
            assert table.primary_key.columns, f"{table.name} has no key: its rows have no order"


def test_large_files_pass_through_little_memory(shelf: Shelf, tmp_path: Path) -> None:
    """80 MiB in pieces: neither taking nor bringing back needs a fraction of it."""
    url = shelf.fresh("stage", prepare)
    with closing(Database(url)) as database:
        piece = os.urandom(1 << 20)
        order = UploadFile("大.pdf", "application/pdf", lambda: (bytes([n]) + piece for n in range(80)), 1 << 30)
        Stage(database).act("clerk", upload_file, order)
    script = (
        "import resource, sys\nfrom pathlib import Path\nfrom tests.store.backups import restored, saved\n"
        "saved(sys.argv[3], Path(sys.argv[4]))\n"  # a small one first: what any backup takes
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "saved(sys.argv[1], Path(sys.argv[2]))\nrestored(Path(sys.argv[2]), sys.argv[5])\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    small = shelf.fresh("stage", prepare)
    name = f"back{next(shelf.names)}"
    shelf.create(name, template=None)
    target = shelf.url_of(name)
    arguments = [url, str(tmp_path / "large.oneseal"), small, str(tmp_path / "small.oneseal"), target]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "large.oneseal").stat().st_size > 79 << 20
    assert int(done.stdout) < 40, "MiB more than a small backup takes"
    for each in (url, small, target):
        shelf.drop(each)


def test_a_newer_format_and_a_foreign_file_are_refused_by_name(tmp_path: Path) -> None:
    other = tmp_path / "photo.jpg"
    other.write_bytes(os.urandom(5000))
    with pytest.raises(Invalid, match=r"photo\.jpg 不是完整的一章通备份"):
        Archive(other)
    with pytest.raises(Invalid, match="none"):
        Archive(tmp_path / "none.oneseal")
    with pytest.raises(Invalid):
        Archive(tmp_path)


def test_it_overwrites_nothing_and_is_for_us_alone(bag: Bag, tmp_path: Path) -> None:
    path = tmp_path / "a.oneseal"
    saved(bag.url, path)
    before = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Conflict, match="已存在"):
        saved(bag.url, path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.oneseal"]


def test_of_two_that_write_the_same_file_one_is_refused(bag: Bag, tmp_path: Path) -> None:
    answers: list[object] = []

    def write() -> None:
        try:
            answers.append(saved(bag.url, tmp_path / "a.oneseal"))
        except OneSealError as error:
            answers.append(error)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(isinstance(a, Manifest) for a in answers) == [False, False, True], answers
    with Archive(tmp_path / "a.oneseal") as archive:
        assert look(archive).breaks == ()
    assert [p.name for p in tmp_path.iterdir()] == ["a.oneseal"]


def _made_of(url: str) -> list[str]:
    """Every table, index, key and trigger as the database itself tells it."""
    with closing(Database(url)) as database, database.read() as tx:
        if database.dialect == "sqlite":
            found = tx.connection.execute(text("SELECT coalesce(sql, name) FROM sqlite_master")).scalars()
            # A migration that copies a table tells its constraints again, in no fixed order.
            return sorted(", ".join(sorted(part.strip(" ,\n\t)") for part in sql.split("CONSTRAINT"))) for sql in found)
        queries = (
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conrelid::regclass || pg_get_constraintdef(oid) || conname FROM pg_constraint WHERE conrelid > 0"
            " AND connamespace = 'public'::regnamespace",
            "SELECT pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT attrelid::regclass || attname || attcompression::text FROM pg_attribute JOIN pg_class c"
            " ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0",
        )
        return sorted(str(found) for query in queries for found in tx.connection.execute(text(query)).scalars())
