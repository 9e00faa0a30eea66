"""Files by content."""

import hashlib
from collections.abc import Iterator
from itertools import count

from sqlalchemy import func, select

from service.domain.cases import Attachment
from service.store import files
from service.store.session import Database, Transaction
from service.store.tables import blob_chunk
from tests.store.county import NOW, add_cases
from tests.store.together import at_once


def store(tx: Transaction, chunks: list[bytes]) -> str:
    content = b"".join(chunks)
    sha256 = hashlib.sha256(content).hexdigest()
    files.add_blob(tx, sha256=sha256, media_type="text/plain", chunks=chunks, size=len(content), at=NOW)
    return sha256


def attachment(id: str, sha256: str, **more: str | None) -> Attachment:
    whose = {"case_id": None, "task_id": None} | more
    return Attachment(
        id, whose["case_id"], whose["task_id"], sha256=sha256, file_name="图.txt", media_type="text/plain", size=1,
        added_by="p-huotian", added_at=NOW,
    )  # fmt: skip


def test_content_comes_back_exact_whatever_the_sizes_of_its_pieces(database: Database) -> None:
    contents = [
        [b""],
        [b"x"],
        [b"a" * files.PIECE],
        [b"b" * (files.PIECE + 1)],
        [b"c" * 7, b"", b"d" * (3 * files.PIECE), b"e"],
        [bytes([n % 256]) for n in range(1000)],
    ]
    with database.begin() as tx:
        stored = [store(tx, chunks) for chunks in contents]
    with database.read() as tx:
        for sha256, chunks in zip(stored, contents, strict=True):
            assert b"".join(files.read_blob(tx, sha256)) == b"".join(chunks)
            found = files.get_blob(tx, sha256)
            assert found
            assert found.size == len(b"".join(chunks))


def test_no_piece_is_larger_than_the_measure(database: Database) -> None:
    with database.begin() as tx:
        sha256 = store(tx, [b"x" * (2 * files.PIECE + 5)])
        assert [len(piece) for piece in files.read_blob(tx, sha256)] == [files.PIECE, files.PIECE, 5]


def test_it_takes_a_stream_piece_by_piece_and_never_holds_it_whole(database: Database) -> None:
    """While the last chunk is asked for, all whole pieces of the earlier ones are in the database already."""
    seen = []

    def stream(tx: Transaction) -> Iterator[bytes]:
        for n in count(1):
            yield b"x" * files.PIECE
            seen.append(tx.connection.execute(select(func.count()).select_from(blob_chunk)).scalar())
            if n == 4:
                return

    with database.begin() as tx:
        files.add_blob(tx, sha256="s", media_type="", chunks=stream(tx), size=4 * files.PIECE, at=NOW)
    assert seen == [1, 2, 3, 4]


def test_the_same_content_is_stored_once_also_by_several_at_once(database: Database) -> None:
    def work() -> str:
        with database.begin() as tx:
            return store(tx, [b"y" * 10, b"z" * files.PIECE])

    assert len(set(at_once([work] * 6))) == 1
    with database.read() as tx:
        assert tx.connection.execute(select(func.count()).select_from(blob_chunk)).scalar() == 2


def test_unknown_content_is_none(database: Database) -> None:
    with database.read() as tx:
        assert files.get_blob(tx, "no") is None
        assert list(files.read_blob(tx, "no")) == []
        assert files.get_attachment(tx, "no") is None


def test_attachments_belong_to_nobody_until_an_act_refers_to_them(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "c")
        sha256 = store(tx, [b"x"])
        for id in ("a1", "a2", "a3"):
            files.add_attachment(tx, attachment(id, sha256))
        files.bind_attachments(tx, ["a1", "a2"], case_id="c", task_id="c.1")
    with county.read() as tx:
        assert [a.id for a in files.attachments_of(tx, case_id="c")] == ["a1", "a2"]
        assert [a.id for a in files.attachments_of(tx, task_id="c.1")] == ["a1", "a2"]
        free, bound = files.get_attachment(tx, "a3"), files.get_attachment(tx, "a1")
    assert free
    assert bound
    assert (free.case_id, bound.case_id, bound.task_id, bound.file_name) == (None, "c", "c.1", "图.txt")
