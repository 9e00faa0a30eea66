"""Batches of sheets and their lines; the lock that keeps registers still."""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.domain.errors import Unavailable
from service.domain.people import Organisation, OrgKind
from service.domain.sheets.batch import Batch, BatchStatus
from service.domain.sheets.columns import Fault
from service.domain.sheets.plan import Line, State
from service.store import files, imports, organisations
from service.store.session import Database
from tests.domain.filled import book

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BOOK = book({"机构": [["机构编号"], ["a\x00=1"], [350622105]]})
FAULT = Fault("机构", 2, 1, "机构编号", "id", wanted="应为…", found="a")


def batch(id: str, **more: Any) -> Batch:
    fields: dict[str, Any] = {
        "id": id, "file_name": "机构.xlsx", "sha256": "ab" * 32, "added_by": "sysadmin", "added_at": NOW, "status": BatchStatus.READY,
        "kinds": ("organisations",), "counts": {"organisations": {"new": 1}}, "faults": (FAULT,), "notes": ("一句话。",), "digest": "cd" * 32,
    }  # fmt: skip
    return Batch(**fields | more)


def line(row: int, state: State = State.NEW) -> Line:
    return Line(
        "organisations", "机构", row, f"k{row}", state, {"id": "a", "tags": ["x"]}, {"id": (None, "a")}, (FAULT,)
    )


@pytest.fixture
def filled(database: Database) -> Database:
    with database.begin() as tx:
        files.add_blob(tx, sha256="ab" * 32, media_type="x/y", chunks=[b"x"], size=1, at=NOW)
        imports.add_batch(
            tx, batch("one"), BOOK, [line(n, State.FAULTY if n % 2 else State.NEW) for n in range(2, 1_205)]
        )
        imports.add_batch(tx, batch("two", added_by="other"), BOOK, [])
    return database


def test_a_batch_comes_back_with_its_workbook_and_lines(filled: Database) -> None:
    with filled.read() as tx:
        assert imports.get_batch(tx, "one") == batch("one")
        assert imports.get_batch(tx, "none") is None
        assert imports.book_of(tx, "one") == BOOK
        assert [found.row for found in imports.lines_of(tx, "one", list(State))] == list(range(2, 1_205))
        assert next(iter(imports.lines_of(tx, "one", [State.FAULTY]))) == line(3, State.FAULTY)


def test_lines_come_page_by_page(filled: Database) -> None:
    with filled.read() as tx:
        first = imports.list_lines(tx, "one", state=State.NEW, limit=3)
        second = imports.list_lines(tx, "one", state=State.NEW, after=first.next, limit=3)
    assert [found.row for found in (*first.items, *second.items)] == [2, 4, 6, 8, 10, 12]


def test_batches_of_one_person_or_all_newest_first(filled: Database) -> None:
    with filled.read() as tx:
        assert [found.id for found in imports.list_batches(tx).items] == ["two", "one"]
        assert [found.id for found in imports.list_batches(tx, added_by="other").items] == ["two"]


def test_a_closed_batch_says_by_whom_and_what_took_its_place(filled: Database) -> None:
    with filled.begin() as tx:
        imports.close_batch(tx, "one", BatchStatus.RENEWED, by="sysadmin", at=NOW, renewed_as="two")
    with filled.read() as tx:
        found = imports.get_batch(tx, "one")
    assert found == batch("one", status=BatchStatus.RENEWED, closed_by="sysadmin", closed_at=NOW, renewed_as="two")


def test_while_registers_are_locked_nobody_else_changes_them_and_everybody_reads(filled: Database) -> None:
    if filled.dialect != "postgresql":
        pytest.skip("SQLite has one writer")
    with filled.begin() as tx:
        imports.lock_registers(tx)
        with pytest.raises(Unavailable):
            _change_without_waiting(filled)
        with filled.read() as reader:
            assert organisations.list_organisations(reader) == []
    with filled.begin() as tx:
        organisations.add_organisation(tx, Organisation("a", "a", "a", OrgKind.COUNTY))


def _change_without_waiting(database: Database) -> None:
    with database.begin() as tx:
        tx.connection.exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
        organisations.add_organisation(tx, Organisation("a", "a", "a", OrgKind.COUNTY))
