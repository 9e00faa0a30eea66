"""Versions that never change, the marks beside them, and the registers of the library."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from service.domain.items import Citation, FlowStep, Item, Marks, Material, PowerSource, Sorting, Verdict
from service.domain.library import (
    BasisStatus,
    DictionaryEntry,
    LegalBasis,
    PowerDocument,
    PowerKind,
    Station,
    StationStatus,
)
from service.store import items, ledger, library
from service.store.schema import differences, migrate
from service.store.session import Database, normal_url
from tests.databases import Shelf
from tests.store.county import NOW, add_cases

BIRTH = Item(
    "birth", 1, "生育登记", "weijian", "in_use", "", PowerSource.STATUTORY, "", "record", False, "条例", "official",
    citations=(Citation("tiaoli", "第十四条"),), promised_days=1, promised_unit="workday", ways=("1", "3"), fee=False,
    flow=(FlowStep("受理", "综合窗口", 0),), materials=(Material("身份证", originals=1),), planned_from=date(2026, 12, 1),
    made_by="p-weijian", made_at=NOW,
)  # fmt: skip
SORTED = Marks(Sorting.SORTED, "p-weijian", NOW)


def signed(version: int) -> Verdict:
    return Verdict(
        "v", "sign_off", "weijian", "birth", version, "agree", "", "c1", decided_at=NOW, valid_until=date(2027, 11, 24)
    )


def test_every_element_comes_back_as_it_went_in(county: Database) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
    with county.read() as tx:
        assert items.get_item(tx, "birth") == BIRTH
        assert items.item_version(tx, "birth", 1) == BIRTH
        assert items.item_version(tx, "birth", 2) is None


@pytest.mark.parametrize("statement", ["UPDATE item SET name = 'x'", "INSERT INTO item SELECT * FROM item"])
def test_a_stored_version_never_changes_whoever_tries(county: Database, statement: str) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
    with pytest.raises(DatabaseError), county.begin() as tx:
        tx.connection.execute(text(statement))
    with county.read() as tx:
        assert items.item_versions(tx, "birth") == [BIRTH]


def test_the_same_version_twice_is_refused(county: Database) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
    with pytest.raises(DatabaseError), county.begin() as tx:
        items.put_item(tx, replace(BIRTH, name="改写"))


def test_a_version_that_was_signed_cannot_be_deleted_and_another_can(county: Database) -> None:
    with county.begin() as tx:
        add_cases(tx, "c1")
        items.put_item(tx, BIRTH)
        items.put_item(tx, replace(BIRTH, version=2))
        ledger.put_verdict(tx, signed(1))
        assert items.used_versions(tx, "birth") == {1: (1, 0)}
    with pytest.raises(DatabaseError), county.begin() as tx:
        tx.connection.execute(text("DELETE FROM item WHERE version = 1"))
    with county.begin() as tx:
        tx.connection.execute(text("DELETE FROM item WHERE version = 2"))
        assert [i.version for i in items.item_versions(tx, "birth")] == [1]


def test_marks_are_of_one_version_and_filter_lists(county: Database) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
        items.set_marks(tx, "birth", 1, SORTED)
        assert items.list_items(tx, sorting="sorted").items == [replace(BIRTH, marks=SORTED)]
        assert not items.described_since(tx, "birth", 1)
        items.put_item(tx, replace(BIRTH, version=2))
        assert items.list_items(tx, sorting="sorted").items == []
        assert [i.version for i in items.list_items(tx, sorting="draft").items] == [2]
        items.set_marks(tx, "birth", 2, replace(SORTED, sorting=Sorting.DESCRIBED))
        assert [items.described_since(tx, "birth", v) for v in (1, 2, 3)] == [True, True, False]


def test_items_are_found_by_the_basis_of_their_newest_version(county: Database) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
        assert [i.id for i in items.items_citing(tx, "tiaoli")] == ["birth"]
        items.put_item(tx, replace(BIRTH, version=2, citations=()))
        assert items.items_citing(tx, "tiaoli") == []


def test_the_registers_give_back_what_they_were_given(county: Database) -> None:
    basis = LegalBasis(
        "b", "条例", "闽审改办〔2021〕5号", "province_document", ("甲", "乙"), status=BasisStatus.IN_FORCE
    )
    paper = PowerDocument("d", PowerKind.DEVOLVE, "示例〔2026〕1号", "下放目录（示例）", "县政府", item_ids=("birth",))
    station = Station("s", "huotian", "农技站", ("农业站",), StationStatus.ABOLISHED, "示例〔2020〕2号")
    entry = DictionaryEntry("way", "8", "电话", 9)
    with county.begin() as tx:
        library.put_basis(tx, basis)
        library.put_document(tx, paper)
        library.put_station(tx, station)
        library.put_entry(tx, entry)
    with county.read() as tx:
        assert library.get_basis(tx, "b") == basis
        assert library.list_bases(tx, q="2021〕5").items == [basis]
        assert library.get_document(tx, "d") == paper
        assert library.documents_for(tx, "birth", township_id="huotian", on=date(2026, 11, 24)) == [paper]
        assert library.documents_for(tx, "other", township_id="huotian", on=date(2026, 11, 24)) == []
        assert library.list_stations(tx, township_id="huotian").items == [station]
        assert library.list_stations(tx, township_id="heping").items == []
        assert library.list_entries(tx, "way")[-1] == entry


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ({}, True),
        ({"kind": PowerKind.TAKE_BACK}, False),
        ({"township_ids": ("heping",)}, False),
        ({"township_ids": ("heping", "huotian")}, True),
        ({"valid_from": date(2026, 11, 25)}, False),
        ({"valid_to": date(2026, 11, 24)}, True),
        ({"valid_to": date(2026, 11, 23)}, False),
        ({"withdrawn_on": date(2026, 11, 24)}, False),
        ({"withdrawn_on": date(2026, 11, 25)}, True),
    ],
)
def test_a_power_document_holds_for_its_townships_and_days(change: dict[str, Any], holds: bool) -> None:
    paper = PowerDocument("d", PowerKind.ENTRUST, "", "", "")
    assert replace(paper, **change).holds("huotian", date(2026, 11, 24)) is holds


def test_the_national_lists_are_there_from_the_beginning(county: Database) -> None:
    with county.read() as tx:
        known = library.list_entries(tx)
    by = {(e.dictionary, e.code): e.label for e in known}
    assert by["item_type", "01"] == "行政许可"
    assert by["item_type", "20"] == "公共服务"
    assert by["power_source", "5"] == "上级委托"
    assert by["use_level", "5"].startswith("镇")
    assert all(e.active for e in known)


def test_old_rows_go_on_under_the_new_schema(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database of the version before, with an item in it, comes up with the item as it was and nothing said about the rest."""
    name = f"old{next(shelf.names)}"
    shelf.create(name, template=None)
    url = shelf.url_of(name)
    upgrade = command.upgrade
    monkeypatch.setattr(command, "upgrade", lambda config, _revision: upgrade(config, "0001"))
    migrate(url)
    monkeypatch.undo()
    with create_engine(normal_url(url), poolclass=NullPool).begin() as connection:
        connection.execute(
            text("INSERT INTO organisation VALUES ('w', '卫健局', '卫健局', 'department', NULL, '', '', '')")
        )
        connection.execute(
            text("INSERT INTO item VALUES ('a', 1, '登记', 'w', 'in_use', '', '1', '', 'record', false, '条例', "
                 "'official', '[]', '', '', '', '', '', false)")
        )  # fmt: skip
    migrate(url)
    assert differences(url) == []
    database = Database(url)
    with database.read() as tx:
        found = items.get_item(tx, "a")
    database.close()
    shelf.drop(url)
    assert found == Item(
        "a", 1, "登记", "w", "in_use", "", PowerSource.STATUTORY, "", "record", False, "条例", "official"
    )
