"""The item library and its forms, by version."""

from dataclasses import replace
from datetime import date

import pytest

from service.domain.items import Form, Item, PowerSource
from service.store import items
from service.store.session import Database

BIRTH = Item(
    "birth", 1, "生育登记", "weijian", "in_use", "", PowerSource.STATUTORY, "", "record", False, "条例", "official",
    form_ids=("f2", "f1"), example=True,
)  # fmt: skip
FORM = Form("f1", 1, "登记表", "weijian", "province")


def test_the_newest_version_is_the_item_and_old_ones_stay(county: Database) -> None:
    newest = replace(BIRTH, version=10, name="生育登记（新）", power_source=PowerSource.UNKNOWN)
    with county.begin() as tx:
        for item in (newest, BIRTH, replace(BIRTH, version=9)):
            items.put_item(tx, item)
        assert items.get_item(tx, "birth") == newest
        assert items.get_item(tx, "unknown") is None
        assert [i.version for i in items.list_items(tx).items] == [10]


def test_the_order_of_an_item_s_forms_is_kept(county: Database) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
        assert items.items_by_ids(tx, ["birth", "birth", "x"]) == [BIRTH]


@pytest.mark.parametrize(
    ("typed", "found"), [("登记", ["birth"]), ("%", ["odd"]), ("_", []), ("证%", ["odd"]), ("大", [])]
)
def test_what_was_typed_is_never_a_pattern(county: Database, typed: str, found: list[str]) -> None:
    with county.begin() as tx:
        items.put_item(tx, BIRTH)
        items.put_item(tx, replace(BIRTH, id="odd", name="优待证%"))
        assert [i.id for i in items.list_items(tx, q=typed).items] == found


def test_lists_filter_by_department_and_page(county: Database) -> None:
    with county.begin() as tx:
        for n in range(5):
            items.put_item(tx, replace(BIRTH, id=f"i{n}", department_id="nongye" if n == 2 else "weijian"))
        first = items.list_items(tx, department_id="weijian", limit=3)
        rest = items.list_items(tx, department_id="weijian", limit=3, after=first.next)
    assert [[i.id for i in page.items] for page in (first, rest)] == [["i0", "i1", "i3"], ["i4"]]


def test_a_form_s_newest_version_counts(county: Database) -> None:
    checked = replace(FORM, version=2, status="passed", checked_until=date(2023, 10, 14))
    with county.begin() as tx:
        items.put_form(tx, FORM)
        items.put_form(tx, checked)
        items.put_form(tx, replace(FORM, id="f2", owner_id="nongye"))
        assert items.get_form(tx, "f1") == checked
        assert [f.id for f in items.forms_by_ids(tx, ["f2", "f1", "f9"])] == ["f1", "f2"]
        assert [f.id for f in items.list_forms(tx, owner_id="weijian").items] == ["f1"]
        assert [f.id for f in items.list_forms(tx).items] == ["f1", "f2"]
